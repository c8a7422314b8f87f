"""What imports leave behind: the importers' own keys, saved mappings of columns, and the imports themselves."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casetracker.review.choices import DuplicatesInImport, ImportState
from casetracker.review.models.evidence import Citation
from casetracker.review.models.record import Record
from casetracker.sources.models import Source


class ImportKey(models.Model):
    """What an importer calls a record, a source or a citation in a spreadsheet of their own."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sheet_kind = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, null=True, related_name="import_keys")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, null=True, related_name="import_keys")
    citation = models.ForeignKey(Citation, on_delete=models.CASCADE, null=True, related_name="import_keys")

    public_fields = frozenset[str]()
    private_fields = frozenset({"id", "owner", "sheet_kind", "key", "record", "source", "citation"})

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("owner", "sheet_kind", "key"), name="review_import_key_names_one"),
            models.CheckConstraint(
                condition=Q(record__isnull=False, source__isnull=True, citation__isnull=True)
                | Q(record__isnull=True, source__isnull=False, citation__isnull=True)
                | Q(record__isnull=True, source__isnull=True, citation__isnull=False),
                name="review_import_key_of_one_thing",
            ),
        )

    def __str__(self) -> str:
        return self.key


class ImportMapping(models.Model):
    """Which column of somebody's spreadsheets means what, saved under a name for the next time."""

    name = models.CharField(_("name"), max_length=100)
    sheet_kind = models.CharField(max_length=20)
    columns = models.JSONField(help_text=_("Header to column, or to “notes” or “ignore”."))
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    public_fields = frozenset[str]()
    private_fields = frozenset({"id", "name", "sheet_kind", "columns", "saved_by", "saved_at"})

    class Meta:
        ordering = ("sheet_kind", "name")
        constraints = (models.UniqueConstraint(fields=("sheet_kind", "name"), name="review_one_mapping_of_a_name"),)

    def __str__(self) -> str:
        return self.name


OPEN = (ImportState.WAITING, ImportState.PLANNING, ImportState.PLANNED, ImportState.ASKING, ImportState.IMPORTING)


class Import(models.Model):
    """One spreadsheet on its way into drafts.

    Its bytes are kept until it is done or given up, and no longer: they may name people.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet_kind = models.CharField(_("what its rows are"), max_length=20)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64, help_text=_("SHA-256 of the file."))
    content = models.BinaryField(null=True)
    # What the importer answered.
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    mapping = models.JSONField(default=dict)
    good_rows_only = models.BooleanField(default=False)
    duplicates = models.CharField(max_length=10, choices=DuplicatesInImport.choices, default=DuplicatesInImport.ASK)
    # How far it is.
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True)
    # What it found.
    message = models.TextField(blank=True)
    question = models.JSONField(default=dict, help_text=_("What must be answered before it can be planned."))
    plan = models.BinaryField(null=True)  # what would become of each row, packed
    plan_digest = models.CharField(max_length=64, blank=True)
    counts = models.JSONField(default=dict)
    rest = models.BinaryField(null=True, help_text=_("The rows that were left out, with what is wrong with them."))
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    public_fields = frozenset[str]()
    private_fields = frozenset(
        {
            "id",
            "sheet_kind",
            "person",
            "file_name",
            "digest",
            "content",
            "encoding",
            "sheet",
            "mapping",
            "good_rows_only",
            "duplicates",
            "state",
            "done",
            "total",
            "cancelled_at",
            "message",
            "question",
            "plan",
            "plan_digest",
            "counts",
            "rest",
            "created_at",
            "changed_at",
        }
    )

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-created_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="review_import_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN) | Q(content__isnull=True), name="review_import_keeps_no_file"
            ),
        )

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for somebody or something."""
        return self.state in OPEN
