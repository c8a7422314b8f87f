"""Copies of sources: the original, what was made from it, and who had it in hand."""

import uuid
from types import MappingProxyType
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casetracker.core.append_only import AppendOnlyModel, ErasableModel, ErasableQuerySet, erasure_column
from casetracker.core.files import FileType, Purpose
from casetracker.sources.capture_choices import CaptureMethod, CustodyAct
from casetracker.sources.models.source import Source


class CaptureQuerySet(ErasableQuerySet):
    """Reads of captures."""

    def of_sources(self, sources: object) -> "CaptureQuerySet":
        """Return the captures of these sources, the latest first."""
        found: CaptureQuerySet = self.filter(source__in=sources).order_by("-received_at", "-id")
        return found

    def of_present_addresses(self) -> "CaptureQuerySet":
        """Leave out what was fetched from an address that its source has no more: it may be another document."""
        found: CaptureQuerySet = self.filter(Q(method=CaptureMethod.UPLOADED) | Q(url=F("source__url")))
        return found

    def without_texts(self) -> "CaptureQuerySet":
        """Leave out what is long, for lists."""
        found: CaptureQuerySet = self.defer("text", "text_sketch", "http_headers", "metadata")
        return found


class Capture(ErasableModel):
    """An archived copy of a source: the bytes as they came in, which never change, and what is known of them.

    The bytes lie in the storage of captures under their own SHA-256. Of a page that was fetched they are a WARC
    file, with all that was asked and answered on the way.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="captures", verbose_name=_("source"))
    method = models.CharField(_("how it came in"), max_length=10, choices=CaptureMethod.choices)
    digest = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("size"), help_text=_("In bytes."))
    file_type = models.CharField(_("type of file"), max_length=20)
    file_name = models.CharField(_("file name"), max_length=255, blank=True, help_text=_("As it was uploaded."))
    note = models.TextField(_("note"), blank=True, help_text=_("For colleagues: where the file comes from."))
    url = models.CharField(_("fetched from"), max_length=2000, blank=True)
    final_url = models.CharField(_("found at"), max_length=2000, blank=True, help_text=_("After redirects."))
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    http_headers = models.JSONField(_("HTTP headers"), default=list, blank=True)
    # Of a fetched page: what it is and says, apart from the WARC file around it.
    media_type = models.CharField(_("media type"), max_length=100)
    body_digest = models.CharField(_("SHA-256 of the page"), max_length=64, blank=True)
    title = models.CharField(_("title"), max_length=500, blank=True)
    text = models.TextField(_("readable text"), blank=True)
    # What the text is compared by with those of other sources: see `casetracker.sources.likeness`.
    text_sketch = models.BinaryField(default=b"", blank=True, editable=False)
    metadata = models.JSONField(_("hidden data"), default=dict, blank=True)
    tool = models.CharField(_("tool"), max_length=200)
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("received by")
    )
    erased_by = erasure_column()

    objects: ClassVar[Any] = CaptureQuerySet.as_manager()

    # Where it was fetched from cannot be empty, and the hash of the bytes stays: it says that there was something.
    erasable = MappingProxyType(
        {
            "file_name": "",
            "note": "",
            "url": "erased:",
            "final_url": "",
            "http_headers": [],
            "title": "",
            "text": "",
            "text_sketch": b"",
            "metadata": {},
        }
    )

    public_fields = frozenset({"digest", "received_at"})
    private_fields = frozenset(
        {
            "id",
            "source",
            "method",
            "size",
            "file_type",
            "file_name",
            "note",
            "url",
            "final_url",
            "http_status",
            "http_headers",
            "media_type",
            "body_digest",
            "title",
            "text",
            "text_sketch",
            "metadata",
            "tool",
            "received_by",
            "erased_by",
        }
    )

    class Meta:
        verbose_name = _("archived copy")
        verbose_name_plural = _("archived copies")
        ordering = ("-received_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=(Q(method=CaptureMethod.FETCHED, http_status__isnull=False) & ~Q(url=""))
                | Q(method=CaptureMethod.UPLOADED, http_status__isnull=True, url="", final_url=""),
                name="sources_capture_fetched_from_somewhere",
            ),
        )

    def __str__(self) -> str:
        return f"{self.source}, {self.received_at:%Y-%m-%d %H:%M} UTC"

    @property
    def type(self) -> FileType:
        """Return the type of the original."""
        return FileType(self.file_type)

    @property
    def extension(self) -> str:
        """Return how the name of the original should end, such as .pdf."""
        return self.type.extension

    @property
    def is_fetched(self) -> bool:
        """Tell whether the original is a WARC file that the fetcher made."""
        return self.method == CaptureMethod.FETCHED


class CaptureCopy(AppendOnlyModel):
    """A working copy: made from an original, marked as such, and no evidence itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="copies")
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices)
    name = models.CharField(max_length=100, unique=True, help_text="In the storage of captures; says nothing.")
    media_type = models.CharField(max_length=100)
    extension = models.CharField(max_length=10)
    digest = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    public_fields = frozenset[str]()
    private_fields = frozenset(
        {"id", "capture", "purpose", "name", "media_type", "extension", "digest", "size", "made_at"}
    )

    class Meta:
        ordering = ("capture", "purpose")
        constraints = (
            models.UniqueConstraint(fields=("capture", "purpose"), name="sources_one_copy_for_each_purpose"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="sources_copy_purpose_known"),
        )

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.capture_id}"


class CustodyEntry(ErasableModel):
    """One link of a capture's chain of custody: who did what with the original, and when."""

    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="custody")
    act = models.CharField(max_length=20, choices=CustodyAct.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Nobody: a command of whoever runs the site.",
    )
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    erased_by = erasure_column()

    erasable = MappingProxyType({"note": ""})

    public_fields = frozenset[str]()
    private_fields = frozenset({"id", "capture", "act", "person", "note", "at", "erased_by"})

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(act__in=CustodyAct.values), name="sources_custody_act_known"),
        )

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.capture_id}"
