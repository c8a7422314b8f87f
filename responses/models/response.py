"""Responses: dated acts and statements, and what each says about a government's status."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casetracker.core.dates import EdtfField, bounds_of
from casetracker.core.languages import LanguageField
from casetracker.places.fields import GovernmentField
from casetracker.review.models import Record
from responses.choices import (
    LEVELS_WITHOUT_STATUS,
    ClosureBasis,
    Level,
    NoActionBasis,
    ResponseKind,
    ResponseStatus,
    Scope,
)
from stations.models.station import Station


class Response(models.Model):
    """What somebody did or said, on a day, about the stations in a country."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="response")
    concerns = GovernmentField(
        _("concerns"), blank=True, help_text=_("The government that it concerns; empty for none in particular.")
    )
    responder = GovernmentField(
        _("responder"), help_text=_("The state that answers: for an embassy, the state that sent it.")
    )
    actor = models.CharField(_("actor"), max_length=200, help_text=_("Office, or role and place."))
    person = models.CharField(_("person"), max_length=200, blank=True, help_text=_("If the person is public."))
    party = models.CharField(_("party then"), max_length=100, blank=True)
    cabinet = models.CharField(_("cabinet then"), max_length=100, blank=True)
    anonymous = models.BooleanField(_("anonymous"), default=False)
    level = models.CharField(_("level"), max_length=30, choices=Level.choices)
    kind = models.CharField(_("kind"), max_length=30, choices=ResponseKind.choices)
    date = EdtfField(_("date"))
    date_earliest = models.DateField(null=True, blank=True, editable=False)
    date_latest = models.DateField(null=True, blank=True, editable=False)
    order_in_day = models.PositiveSmallIntegerField(
        _("order in the day"), null=True, blank=True, help_text=_("1, 2, … where several fall on one day.")
    )
    summary = models.TextField(_("summary"))
    quote = models.TextField(_("quote"), blank=True)
    quote_language = LanguageField(_("language of the quote"), blank=True)
    quote_translation = models.TextField(_("translation of the quote"), blank=True)
    stations = models.ManyToManyField(Station, related_name="responses", blank=True, verbose_name=_("stations"))
    scope = models.CharField(_("scope"), max_length=10, choices=Scope.choices, default=Scope.COUNTRY)
    unrelated_offence = models.BooleanField(
        _("unrelated offence"), default=False, help_text=_("About something else; confirms nothing. Always shown.")
    )
    sets_status = models.CharField(_("sets the status"), max_length=20, choices=ResponseStatus.choices, blank=True)
    closure_basis = models.CharField(_("basis of closed"), max_length=20, choices=ClosureBasis.choices, blank=True)
    no_action_basis = models.CharField(
        _("basis of no action"), max_length=20, choices=NoActionBasis.choices, blank=True
    )
    activity_continues = models.BooleanField(_("activity reported to continue"), default=False)
    last_known_true = EdtfField(
        _("last known true on"), blank=True, help_text=_("For what did not happen: the day it still had not.")
    )
    same_act_as = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="also_reported_as",
        verbose_name=_("same act as"),
    )
    notes = models.TextField(_("notes"), blank=True, help_text=_("For colleagues only. Never published."))

    history = HistoricalRecords(m2m_fields=(stations,))

    public_fields = frozenset(
        {
            "concerns",
            "responder",
            "actor",
            "person",
            "party",
            "cabinet",
            "anonymous",
            "level",
            "kind",
            "date",
            "order_in_day",
            "summary",
            "quote",
            "quote_language",
            "quote_translation",
            "stations",
            "scope",
            "unrelated_offence",
            "sets_status",
            "closure_basis",
            "no_action_basis",
            "activity_continues",
            "last_known_true",
            "same_act_as",
        }
    )
    private_fields = frozenset({"record", "date_earliest", "date_latest", "notes"})

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ("-date_latest", "-order_in_day", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(sets_status=ResponseStatus.CLOSED, closure_basis__in=ClosureBasis.values)
                | (~Q(sets_status=ResponseStatus.CLOSED) & Q(closure_basis="")),
                name="responses_closed_with_its_basis",
                violation_error_message=_("“Closed” needs its basis (ordered, claimed, confirmed), and only it."),
            ),
            models.CheckConstraint(
                condition=Q(sets_status=ResponseStatus.NO_ACTION, no_action_basis__in=NoActionBasis.values)
                | (~Q(sets_status=ResponseStatus.NO_ACTION) & Q(no_action_basis="")),
                name="responses_no_action_with_its_basis",
                violation_error_message=_("“No action” needs its basis (declined, none announced, …), and only it."),
            ),
            models.CheckConstraint(
                condition=Q(sets_status__in=["", *ResponseStatus.values]), name="responses_status_known"
            ),
            models.CheckConstraint(
                condition=Q(sets_status="")
                | (
                    Q(scope=Scope.COUNTRY, unrelated_offence=False)
                    & ~Q(concerns="")
                    & ~Q(level__in=LEVELS_WITHOUT_STATUS)
                ),
                name="responses_status_only_for_a_country",
                violation_error_message=_(
                    "This response cannot set a status: it must concern a government, speak for the country, be about "
                    "the stations and not come from an operator or private party."
                ),
            ),
            models.CheckConstraint(
                condition=Q(date_earliest__isnull=True)
                | Q(date_latest__isnull=True)
                | Q(date_earliest__lte=F("date_latest")),
                name="responses_date_bounds_ordered",
            ),
            models.CheckConstraint(
                condition=Q(quote="") | ~Q(quote_language=""),
                name="responses_quote_with_its_language",
                violation_error_message=_("Say in which language the quote is."),
            ),
            models.CheckConstraint(
                condition=Q(anonymous=False) | Q(person=""),
                name="responses_anonymous_without_a_name",
                violation_error_message=_("Who is anonymous has no name here: empty the person, or untick anonymous."),
            ),
            models.CheckConstraint(
                condition=Q(same_act_as__isnull=True) | ~Q(same_act_as=F("record")),
                name="responses_not_the_same_as_itself",
                violation_error_message=_("Choose another response."),
            ),
        )

    def __str__(self) -> str:
        return str(self.record)

    def set_date_bounds(self) -> None:
        """Fill the date columns that lists sort by from the date as it is known."""
        self.date_earliest, self.date_latest = bounds_of(self.date)
