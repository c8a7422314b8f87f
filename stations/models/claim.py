"""Claims: what somebody asserted about the matter, in words or as a count."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casetracker.core.dates import EdtfField
from casetracker.core.text_list import TextListField
from casetracker.places.fields import GovernmentField
from casetracker.review.models import Record
from stations.choices import ClaimTopic, CountQualifier, CountUnit, EpistemicStatus

MOST = 2_000_000_000  # Fits the column on every database, and any count of people.


class Claim(models.Model):
    """What somebody said, as theirs: who, when, through whom, and how far it is established."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="claim")
    topic = models.CharField(_("topic"), max_length=30, choices=ClaimTopic.choices)
    text = models.TextField(
        _("text"), help_text=_("What is claimed, in our own words. Theirs stand as the quote of a citation.")
    )
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=CountQualifier.choices, blank=True)
    value = models.PositiveIntegerField(_("number"), null=True, blank=True, validators=(MaxValueValidator(MOST),))
    unit = models.CharField(_("of what"), max_length=10, choices=CountUnit.choices, blank=True)
    country = GovernmentField(_("country"), blank=True, help_text=_("Empty for the whole world."))
    as_of = EdtfField(_("as of"), help_text=_("The day for which it is claimed; else the day on which it was said."))
    period = EdtfField(_("period"), blank=True, help_text=_("What a count covers, such as 2021-04/2022-07."))
    claimed_by = models.CharField(
        _("claimed by"), max_length=200, help_text=_("As the public may read it: for somebody unnamed, role and place.")
    )
    attribution = TextListField(
        _("attribution"),
        help_text=_(
            "Through whom it reached us, nearest first, with semicolons between them: "
            "NRC; Safeguard Defenders; Chinese authorities."
        ),
    )
    epistemic_status = models.CharField(_("how established"), max_length=20, choices=EpistemicStatus.choices)
    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("superseded by"),
        help_text=_("A later claim on the same topic and country. This one stays readable as history."),
    )
    notes = models.TextField(_("notes"), blank=True, help_text=_("For colleagues only. Never published."))

    history = HistoricalRecords()

    public_fields = frozenset(
        {
            "topic",
            "text",
            "qualifier",
            "value",
            "unit",
            "country",
            "as_of",
            "period",
            "claimed_by",
            "attribution",
            "epistemic_status",
            "superseded_by",
        }
    )
    private_fields = frozenset({"record", "notes"})

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ("country", "topic", "as_of", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(value__isnull=True, qualifier="", unit="")
                | Q(
                    value__isnull=False,
                    value__range=(0, MOST),
                    qualifier__in=CountQualifier.values,
                    unit__in=CountUnit.values,
                ),
                name="stations_claim_counts_with_number_qualifier_and_unit",
                violation_error_message=_(
                    "A count needs its number, its qualifier (exactly, at least, …) and what is counted; "
                    "a claim without a count has none of them."
                ),
            ),
            models.CheckConstraint(
                condition=Q(topic=ClaimTopic.STATION_COUNT, unit=CountUnit.STATIONS)
                | Q(topic=ClaimTopic.COUNTRY_COUNT, unit=CountUnit.COUNTRIES)
                | ~Q(topic__in=(ClaimTopic.STATION_COUNT, ClaimTopic.COUNTRY_COUNT)),
                name="stations_claim_topic_counts_in_its_unit",
                violation_error_message=_(
                    "A count of stations or of countries needs its number, and counts stations or countries."
                ),
            ),
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True) | ~Q(superseded_by=F("record")),
                name="stations_claim_not_superseded_by_itself",
                violation_error_message=_("A claim cannot supersede itself: choose a later one."),
            ),
        )

    def __str__(self) -> str:
        return str(self.record)

    def clean(self) -> None:
        """Raise `ValidationError` unless what supersedes it, and what it supersedes, is about the same."""
        super().clean()
        if self.superseded_by is not None:
            self._check_successor(self.superseded_by)
        if not self._state.adding and self.supersedes.exclude(topic=self.topic, country=self.country).exists():
            raise ValidationError(
                _("It supersedes a claim on another topic or country: take the link out of that claim first.")
            )

    def _check_successor(self, successor: "Claim") -> None:
        if (successor.topic, successor.country) != (self.topic, self.country):
            message = _("Choose a claim on the same topic and country.")
            raise ValidationError({"superseded_by": message}, code="other_topic")
        later, seen = successor.superseded_by, {successor}  # Two who write at once may have made a circle.
        while later is not None and later not in seen:
            if later == self:
                message = _("That claim is itself superseded by this one, at once or through others.")
                raise ValidationError({"superseded_by": message}, code="circle")
            seen.add(later)
            later = later.superseded_by
