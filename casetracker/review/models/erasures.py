"""Requests to destroy the content of a version. One editor asks, another carries it out."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casetracker.review.choices import ErasureGround
from casetracker.review.models.legal import LegalRequest
from casetracker.review.models.record import Record

if TYPE_CHECKING:
    from casetracker.accounts.models import User

_OPEN = Q(withdrawn_at__isnull=True, carried_out_at__isnull=True)


class ErasureRequestQuerySet(models.QuerySet["ErasureRequest"]):
    """Reads of requests."""

    def open(self) -> "ErasureRequestQuerySet":
        """Return what was neither carried out nor withdrawn."""
        return self.filter(_OPEN)

    def waiting_for(self, person: "User") -> "ErasureRequestQuerySet":
        """Return what this editor could carry out: open requests of others, the oldest first."""
        return self.open().exclude(asked_by=person).select_related("record", "asked_by")


class ErasureRequest(models.Model):
    """That the content of one withdrawn version is to be destroyed, by what law, and how far."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="erasure_requests")
    version = models.PositiveIntegerField(_("version"))
    ground = models.CharField(_("ground"), max_length=20, choices=ErasureGround.choices)
    note = models.TextField(_("public note"))
    words = models.TextField(
        _("words to look for"), blank=True, help_text=_("Gone as soon as the erasure is carried out.")
    )
    with_note = models.BooleanField(_("with the note of the retraction"), default=False)
    with_sources = models.BooleanField(_("with its sources and their archived copies"), default=False)
    legal_request = models.ForeignKey(
        LegalRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="erasures"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    carried_out_at = models.DateTimeField(null=True, blank=True)
    carried_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entry = models.PositiveBigIntegerField(null=True, blank=True, help_text=_("The entry of the log that says so."))

    objects = ErasureRequestQuerySet.as_manager()

    public_fields = frozenset[str]()  # Version, ground and note, once it is carried out.
    private_fields = frozenset(
        {
            "id",
            "record",
            "version",
            "ground",
            "note",
            "words",
            "with_note",
            "with_sources",
            "legal_request",
            "asked_at",
            "asked_by",
            "withdrawn_at",
            "withdrawn_by",
            "carried_out_at",
            "carried_out_by",
            "entry",
        }
    )

    class Meta:
        verbose_name = _("request for erasure")
        verbose_name_plural = _("requests for erasure")
        ordering = ("asked_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(ground__in=ErasureGround.values), name="review_erasure_ground_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, carried_out_at__isnull=True),
                name="review_erasure_withdrawn_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(carried_out_at__isnull=True, carried_out_by__isnull=True, entry__isnull=True)
                | Q(carried_out_at__isnull=False, carried_out_by__isnull=False, entry__isnull=False, words=""),
                name="review_erasure_carried_out_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(carried_out_by__isnull=True) | ~Q(carried_out_by=F("asked_by")),
                name="review_erasure_by_two",
            ),
            models.UniqueConstraint(
                fields=("record", "version"),
                condition=Q(withdrawn_at__isnull=True),
                name="review_one_standing_erasure_of_a_version",
            ),
        )

    def __str__(self) -> str:
        return f"{self.record.reference} version {self.version}"
