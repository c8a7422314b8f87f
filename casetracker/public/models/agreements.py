"""Published agreements."""

from django.db import models

from casetracker.public.models.base import RecordDocument, known_index, live_index, ordered


class AgreementDocument(RecordDocument):
    """One published version of an agreement, with the columns that filters use."""

    country = models.CharField(max_length=2, help_text="The host government.")
    counterpart = models.CharField(max_length=2)
    type = models.CharField(max_length=40)
    status = models.CharField(max_length=40)
    signed_earliest = models.DateField(null=True)
    signed_latest = models.DateField(null=True)
    ended_by = models.CharField(max_length=20, blank=True, help_text="The response that ended it.")
    compact = models.TextField(help_text="JSON: the short form that a government's document embeds.")

    day_field = "counts_from"
    public_fields = RecordDocument.public_fields | {
        "country",
        "counterpart",
        "type",
        "status",
        "signed_earliest",
        "signed_latest",
        "ended_by",
        "compact",
    }

    class Meta(RecordDocument.Meta):
        constraints = (
            *RecordDocument.Meta.constraints,
            ordered("signed_earliest", "signed_latest", "public_agreement_signed_ordered"),
        )
        indexes = (
            *RecordDocument.Meta.indexes,
            live_index("agreement_number", "number"),
            live_index("agreement_country", "country", "number"),
            live_index("agreement_counterpart", "counterpart", "number"),
            live_index("agreement_date", "counts_from", "number"),
            known_index("agreement_known", "number"),
            known_index("agreement_known_country", "country", "number"),
            known_index("agreement_known_date", "counts_from", "number"),
        )
