"""Who did what: rows that are written once."""

from types import MappingProxyType
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casetracker.core.append_only import AppendOnlyModel, ErasableModel, ErasableQuerySet, erasure_column
from casetracker.review.choices import Action, ParticipationRole, SheetFormat, State
from casetracker.review.models.record import Record


class Decision(ErasableModel):
    """One act of one person on a record."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="decisions")
    round = models.PositiveIntegerField()
    action = models.CharField(max_length=10, choices=Action.choices)
    from_state = models.CharField(max_length=10, choices=State.choices, blank=True)
    to_state = models.CharField(max_length=10, choices=State.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField(auto_now_add=True)
    digest = models.CharField(max_length=64, help_text=_("Of the content that was decided on."))
    version = models.PositiveIntegerField(null=True, blank=True, help_text=_("That this act published."))
    comment = models.TextField(blank=True)
    erased_by = erasure_column()

    erasable = MappingProxyType({"comment": ""})

    public_fields = frozenset[str]()
    private_fields = frozenset(
        {
            "id",
            "record",
            "round",
            "action",
            "from_state",
            "to_state",
            "person",
            "at",
            "digest",
            "version",
            "comment",
            "erased_by",
        }
    )

    class Meta:
        ordering = ("at", "id")
        constraints = (models.CheckConstraint(condition=Q(action__in=Action.values), name="review_action_known"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.get_action_display()}"


class Participation(AppendOnlyModel):
    """On which side a person stands in a round. The unique constraint is the four-eyes rule."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="participations")
    round = models.PositiveIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=10, choices=ParticipationRole.choices)
    at = models.DateTimeField(auto_now_add=True)

    public_fields = frozenset[str]()
    private_fields = frozenset({"id", "record", "round", "person", "role", "at"})

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(fields=("record", "round", "person"), name="review_four_eyes"),
            models.CheckConstraint(condition=Q(role__in=ParticipationRole.values), name="review_role_known"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()} in round {self.round}"


class PublishedContentQuerySet(ErasableQuerySet):
    """Reads of what was published."""

    def last_of(self, record: Record) -> "PublishedContent | None":
        """Return what the last published version said; None if there is none, or if it was erased. One query."""
        found: PublishedContent | None = self.filter(record=record, version=record.published_version).first()
        return found if found and found.content else None


class PublishedContent(ErasableModel):
    """The working content as it was published, with its internal links: what abandoning restores."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="published_contents")
    version = models.PositiveIntegerField()
    content = models.TextField(help_text=_("Canonical JSON (RFC 8785). Empty once it is erased."), blank=True)
    erased_by = erasure_column()

    objects: ClassVar[Any] = PublishedContentQuerySet.as_manager()

    erasable = MappingProxyType({"content": ""})

    public_fields = frozenset[str]()
    private_fields = frozenset({"id", "record", "version", "content", "erased_by"})

    class Meta:
        ordering = ("version",)
        constraints = (models.UniqueConstraint(fields=("record", "version"), name="review_one_content_per_version"),)

    def __str__(self) -> str:
        return f"content of version {self.version}"


class FileExport(AppendOnlyModel):
    """A record's case file that somebody took out: a note of custody. The file itself is not kept."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="file_exports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(help_text=_("When the file was made; it says so too."))
    digest = models.CharField(max_length=64, help_text=_("SHA-256 of the file."))
    with_private_terms = models.BooleanField()

    public_fields = frozenset[str]()
    private_fields = frozenset({"id", "record", "person", "at", "digest", "with_private_terms"})

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"case file {self.digest[:12]}"


class ListExport(AppendOnlyModel):
    """A list of the desk that somebody took out as a spreadsheet: a note of custody. The file itself is not kept."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    sheet_kind = models.CharField(max_length=20, help_text=_("What its rows are."))
    file_format = models.CharField(max_length=10, choices=SheetFormat.choices)
    rows = models.PositiveIntegerField()
    with_private = models.BooleanField(help_text=_("With private terms and internal notes."))
    digest = models.CharField(max_length=64, help_text=_("SHA-256 of the file."))

    public_fields = frozenset[str]()
    private_fields = frozenset({"id", "person", "at", "sheet_kind", "file_format", "rows", "with_private", "digest"})

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(file_format__in=SheetFormat.values), name="review_list_export_format_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.sheet_kind} list {self.digest[:12]}"
