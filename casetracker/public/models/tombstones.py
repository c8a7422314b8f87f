"""What stays of a record that was retracted or merged into another, and of a version that was erased."""

from django.db import models

from casetracker.public.models.base import Table


class Tombstone(Table):
    """One retraction or merge. It stands for every version published before it, also if the record comes back."""

    sequence = models.PositiveBigIntegerField(primary_key=True, help_text="The log entry that retracted it.")
    reference = models.CharField(max_length=20)
    record_kind = models.CharField(max_length=20)
    reason = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    successor = models.CharField(max_length=20, blank=True, help_text="The record that took it over, if one did.")
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
            "successor",
            "first_published_at",
            "retracted_at",
        }
    )
    private_fields = frozenset[str]()

    class Meta:
        indexes = (
            models.Index(fields=("reference", "-sequence"), name="public_tombstone_reference"),
            models.Index(fields=("successor", "sequence"), name="public_tombstone_successor"),
        )

    def __str__(self) -> str:
        return f"{self.reference} retracted"


class Erasure(Table):
    """One withdrawn version whose content was destroyed. It stands beside the tombstone that withdrew the version."""

    sequence = models.PositiveBigIntegerField(primary_key=True, help_text="The log entry that erased it.")
    reference = models.CharField(max_length=20)
    record_kind = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    withdrawn_seq = models.PositiveBigIntegerField(help_text="The log entry that had withdrawn the version.")
    ground = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    erased_at = models.DateTimeField()

    identity = ("sequence",)
    public_fields = frozenset(
        {"sequence", "reference", "record_kind", "version", "withdrawn_seq", "ground", "note", "erased_at"}
    )
    private_fields = frozenset[str]()

    class Meta:
        ordering = ("sequence",)
        constraints = (models.UniqueConstraint(fields=("reference", "version"), name="public_version_erased_once"),)
        indexes = (models.Index(fields=("withdrawn_seq", "sequence"), name="public_erasure_withdrawn"),)

    def __str__(self) -> str:
        return f"{self.reference} version {self.version} erased"


def successor_of(reference: str) -> str:
    """Return the record at the end of the chain that took over `reference`; empty if none did.

    One query for each link of the chain. A merged record never comes back, so that no chain leads back to itself.
    """
    found = ""
    while reference:
        last = Tombstone.objects.filter(reference=found or reference).order_by("-sequence")
        found, reference = reference, last.values_list("successor", flat=True).first() or ""
    return found
