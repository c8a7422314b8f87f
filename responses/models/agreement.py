"""Agreements: what a country's police arranged with that of the accused state."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casetracker.core.dates import EdtfField, bounds_of
from casetracker.core.languages import LanguageField
from casetracker.core.text_list import TextListField
from casetracker.places.fields import GovernmentField
from casetracker.review.models import Record
from responses.choices import AgreementStatus, AgreementType
from responses.models.response import Response

DEFAULT_COUNTERPART = "CN"


class Agreement(models.Model):
    """A police agreement, a joint patrol, or a look-alike body that rests on one. It is no station."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="agreement")
    country = GovernmentField(_("country"), help_text=_("The host: where officers or offices are let in."))
    counterpart = GovernmentField(_("with"), default=DEFAULT_COUNTERPART)
    parties = TextListField(
        _("parties"), help_text=_("Ministries, police forces or bodies, with semicolons between them.")
    )
    type = models.CharField(_("type"), max_length=30, choices=AgreementType.choices)
    title = models.CharField(_("title"), max_length=300, blank=True)
    title_language = LanguageField(_("language of the title"), blank=True)
    signed = EdtfField(_("signed"), blank=True)
    in_force_from = EdtfField(_("in force from"), blank=True)
    in_force_to = EdtfField(_("in force to"), blank=True)
    places = TextListField(_("places"), help_text=_("Where it is carried out, with semicolons between them."))
    status = models.CharField(
        _("status"), max_length=20, choices=AgreementStatus.choices, default=AgreementStatus.UNKNOWN
    )
    status_as_of = EdtfField(_("status as of"), blank=True)
    summary = models.TextField(_("summary"))
    ended_by = models.ForeignKey(
        Response,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ended_agreements",
        verbose_name=_("ended by"),
        help_text=_("The response that ended or suspended it."),
    )
    notes = models.TextField(_("notes"), blank=True, help_text=_("For colleagues only. Never published."))

    history = HistoricalRecords()

    public_fields = frozenset(
        {
            "country",
            "counterpart",
            "parties",
            "type",
            "title",
            "title_language",
            "signed",
            "in_force_from",
            "in_force_to",
            "places",
            "status",
            "status_as_of",
            "summary",
            "ended_by",
        }
    )
    private_fields = frozenset({"record", "notes"})

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ("country", "signed", "in_force_from", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(country=F("counterpart")),
                name="responses_agreement_between_two",
                violation_error_message=_("An agreement is between two: choose another counterpart."),
            ),
            models.CheckConstraint(
                condition=(Q(title="") & Q(title_language="")) | (~Q(title="") & ~Q(title_language="")),
                name="responses_agreement_title_with_its_language",
                violation_error_message=_("Say in which language the title is; without a title, leave it empty."),
            ),
            models.CheckConstraint(
                condition=Q(status=AgreementStatus.UNKNOWN) | ~Q(status_as_of=""),
                name="responses_agreement_status_as_of_a_day",
                violation_error_message=_("Say as of which day the status is known."),
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(status__in=(AgreementStatus.ENDED, AgreementStatus.SUSPENDED)),
                name="responses_agreement_ended_by_a_response_only_if_ended",
                violation_error_message=_(
                    "A response ended it: so its status is “ended” or “suspended”. Change the status, "
                    "or take out the response."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.record)

    def clean(self) -> None:
        """Raise `ValidationError` if it surely ended before it began."""
        super().clean()
        try:
            first, last = bounds_of(self.in_force_from)[0], bounds_of(self.in_force_to)[1]
        except ValueError:
            return  # The field with the date says what is wrong with it.
        if first and last and first > last:
            message = _("It ends before it begins. Swap the two dates, or correct one.")
            raise ValidationError({"in_force_to": message}, code="in_force")
