"""The publication log: what was published when, in an order that nobody can change unseen."""

from types import MappingProxyType

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casetracker.core.append_only import AppendOnlyModel, ErasableModel, erasure_column


class LogAction(models.TextChoices):
    """What an entry of the log does to a record."""

    PUBLISH = "publish", _("published")
    REVISE = "revise", _("revised")
    CORRECT = "correct", _("corrected")
    RETRACT = "retract", _("retracted")
    MERGE = "merge", _("merged")
    ERASE = "erase", _("erased")


# What ends a record: such an entry has no version.
ENDS = (LogAction.RETRACT, LogAction.MERGE)


class PublicationHead(models.Model):
    """The last entry of the log, in one row that every publication locks first.

    The lock makes sequence numbers gapless and references unique without a race.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    entry_hash = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    next_numbers = models.JSONField(default=dict, help_text=_("Prefix of a reference to its next number."))
    next_release = models.PositiveBigIntegerField(default=1)

    read_by_public = True
    public_fields = frozenset({"sequence", "entry_hash", "published_at"})
    private_fields = frozenset({"id", "next_numbers", "next_release"})

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="publication_one_head"),)

    def __str__(self) -> str:
        return f"head {self.sequence}"


class LogEntry(AppendOnlyModel):
    """One publication, revision, correction, retraction, merge or erasure. All of it is public.

    The version of an erasure is the one that was erased.
    """

    sequence = models.PositiveBigIntegerField(primary_key=True, help_text=_("Gapless, from 1."))
    release = models.PositiveBigIntegerField(
        null=True, blank=True, help_text=_("Number of the batch, where several records went out together.")
    )
    record_kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=20)
    version = models.PositiveIntegerField(null=True, blank=True, help_text=_("Empty for a retraction or merge."))
    action = models.CharField(max_length=10, choices=LogAction.choices)
    commitment = models.CharField(max_length=64, help_text=_("SHA-256 of salt and snapshot."))
    note_hash = models.CharField(max_length=64, blank=True, help_text=_("SHA-256 of salt and public note."))
    previous_hash = models.CharField(max_length=64, blank=True)
    entry_hash = models.CharField(max_length=64, unique=True)
    published_at = models.DateTimeField(db_index=True)

    read_by_public = True
    public_fields = frozenset(
        {
            "sequence",
            "release",
            "record_kind",
            "reference",
            "version",
            "action",
            "commitment",
            "note_hash",
            "previous_hash",
            "entry_hash",
            "published_at",
        }
    )
    private_fields = frozenset[str]()

    class Meta:
        ordering = ("sequence",)
        verbose_name_plural = "log entries"
        constraints = (
            models.UniqueConstraint(
                fields=("reference", "version"),
                condition=~Q(action=LogAction.ERASE),
                name="publication_one_entry_per_version",
            ),
            models.UniqueConstraint(
                fields=("reference", "version"),
                condition=Q(action=LogAction.ERASE),
                name="publication_version_erased_once",
            ),
            models.UniqueConstraint(fields=("previous_hash",), name="publication_no_fork"),
            models.CheckConstraint(
                condition=Q(action__in=ENDS, version__isnull=True)
                | (~Q(action__in=ENDS) & Q(version__isnull=False, version__gte=1)),
                name="publication_version_unless_retracted",
            ),
            models.CheckConstraint(condition=Q(action__in=LogAction.values), name="publication_action_known"),
            models.CheckConstraint(
                condition=Q(sequence=1, previous_hash="") | (Q(sequence__gt=1) & ~Q(previous_hash="")),
                name="publication_only_first_without_previous",
            ),
        )

    def __str__(self) -> str:
        return f"{self.sequence}: {self.reference} {self.action}"


class Snapshot(ErasableModel):
    """What an entry commits to, apart from it, so that a content can be erased and the chain still hold.

    Content and salt are NULL once an entry has erased the version. Note and its salt are empty if they were erased.
    """

    entry = models.OneToOneField(LogEntry, on_delete=models.PROTECT, primary_key=True, related_name="snapshot")
    # NULL is no second way to say that there is nothing, but that there was something.
    content = models.TextField(null=True, help_text=_("Canonical JSON (RFC 8785)."))  # noqa: DJ001
    salt = models.CharField(max_length=64, null=True)  # noqa: DJ001
    note = models.TextField(blank=True)
    note_salt = models.CharField(max_length=64, blank=True)
    erased_by = erasure_column()

    erasable = MappingProxyType({"content": None, "salt": None, "note": "", "note_salt": ""})

    # The content stays here when its record is withdrawn. The public side has no use for it.
    read_by_public = frozenset({"entry_id", "note"})
    public_fields = frozenset({"entry", "content", "note"})
    private_fields = frozenset({"salt", "note_salt", "erased_by"})

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(content__isnull=False, salt__isnull=False)
                | Q(content__isnull=True, salt__isnull=True, erased_by__isnull=False),
                name="publication_content_with_its_salt",
            ),
        )

    def __str__(self) -> str:
        return f"snapshot {self.entry_id}"


class Checkpoint(AppendOnlyModel):
    """A signature over the last entry that the log had at some moment. All of it is public."""

    sequence = models.PositiveBigIntegerField()
    entry_hash = models.CharField(max_length=64, help_text=_("Of the entry. With it, of all before it."))
    signed_at = models.DateTimeField()
    public_key = models.CharField(max_length=44, help_text=_("Ed25519, as base64."))
    signature = models.CharField(max_length=88, help_text=_("Ed25519, as base64."))

    read_by_public = True
    public_fields = frozenset({"sequence", "entry_hash", "signed_at", "public_key", "signature"})
    private_fields = frozenset({"id"})

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("sequence", "public_key"), name="publication_one_checkpoint_for_each_key"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="publication_checkpoint_of_an_entry"),
        )

    def __str__(self) -> str:
        return f"checkpoint {self.sequence}"
