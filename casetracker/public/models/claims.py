"""Published claims."""

from django.db import models
from django.db.models import Q

from casetracker.public.models.base import RecordDocument, known_index, live_index, ordered


class ClaimDocument(RecordDocument):
    """One published version of a claim, with the columns that filters and coverage use."""

    topic = models.CharField(max_length=40)
    country = models.CharField(max_length=2, blank=True, help_text="Empty: the whole world.")
    claimed_by = models.CharField(max_length=200)
    epistemic_status = models.CharField(max_length=40)
    qualifier = models.CharField(max_length=20, blank=True)
    value = models.PositiveBigIntegerField(null=True)
    unit = models.CharField(max_length=40, blank=True)
    as_of_earliest = models.DateField()
    as_of_latest = models.DateField()
    superseded_by = models.CharField(max_length=20, blank=True, help_text="The claim that replaced it.")
    compact = models.TextField(help_text="JSON: the short form that a government's document embeds.")

    day_field = "as_of_earliest"
    public_fields = RecordDocument.public_fields | {
        "topic",
        "country",
        "claimed_by",
        "epistemic_status",
        "qualifier",
        "value",
        "unit",
        "as_of_earliest",
        "as_of_latest",
        "superseded_by",
        "compact",
    }

    class Meta(RecordDocument.Meta):
        constraints = (
            *RecordDocument.Meta.constraints,
            ordered("as_of_earliest", "as_of_latest", "public_claim_as_of_ordered"),
            models.CheckConstraint(
                condition=Q(qualifier="", value__isnull=True, unit="")
                | (~Q(qualifier="") & Q(value__isnull=False) & ~Q(unit="")),
                name="public_claim_value_with_qualifier_and_unit",
            ),
        )
        indexes = (
            *RecordDocument.Meta.indexes,
            live_index("claim_number", "number"),
            live_index("claim_country", "country", "number"),
            # The order of the counts of a country: see casetracker.public.coverage.
            live_index("claim_count", "topic", "country", "counts_from", "number"),
            live_index("claim_claimed_by", "claimed_by", "number"),
            live_index("claim_date", "as_of_earliest", "number"),
            known_index("claim_known", "number"),
            known_index("claim_known_country", "country", "number"),
            known_index("claim_known_date", "as_of_earliest", "number"),
        )
