"""What stays of a record that was retracted."""

from django.db import models

from casetracker.public.models.base import Table


class Tombstone(Table):
    """One retraction. It stands for every version published before it, also if the record comes back."""

    sequence = models.PositiveBigIntegerField(primary_key=True, help_text="The log entry that retracted it.")
    reference = models.CharField(max_length=20)
    record_kind = models.CharField(max_length=20)
    reason = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    first_published_at = models.DateTimeField()
    retracted_at = models.DateTimeField()

    identity = ("sequence",)
    public_fields = frozenset(
        {
            "sequence",
            "reference",
            "record_kind",
            "reason",
            "note",
            "first_published_at",
            "retracted_at",
        }
    )
    private_fields = frozenset[str]()

    class Meta:
        indexes = (models.Index(fields=("reference", "-sequence"), name="public_tombstone_reference"),)

    def __str__(self) -> str:
        return f"{self.reference} retracted"
