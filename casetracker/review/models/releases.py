"""Releases: approved records that go out together, at once or after an embargo. The public sees nothing of them."""

import datetime as dt
import uuid
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casetracker.core.append_only import ErasableModel, erasure_column
from casetracker.review.choices import ReleaseAction, ReleaseState
from casetracker.review.models.record import Record

if TYPE_CHECKING:
    pass

PENDING = (ReleaseState.OPEN, ReleaseState.SCHEDULED)

_SCHEDULED = Q(embargo_until__isnull=False, scheduled_at__isnull=False, scheduled_by__isnull=False)
_NOT_SCHEDULED = Q(embargo_until__isnull=True, scheduled_at__isnull=True, scheduled_by__isnull=True)
_HELD_BACK = Q(held_back_at__isnull=False, held_back_for__isnull=False) & ~Q(problems="")
_NOT_HELD_BACK = Q(held_back_at__isnull=True, held_back_for__isnull=True, problems="")


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Reads of releases, in the words of the desk."""

    def pending(self) -> "ReleaseQuerySet":
        """Return the releases that may still go out."""
        return self.filter(state__in=PENDING)

    def due(self, at: dt.datetime) -> "ReleaseQuerySet":
        """Return the releases whose embargo has passed at this moment, the one that waits longest first."""
        return self.filter(state=ReleaseState.SCHEDULED, embargo_until__lte=at).order_by("embargo_until", "pk")


class Release(models.Model):
    """A titled batch of approved records that are published together: all or none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("title"), max_length=200, help_text=_("For colleagues. The public never sees it."))
    note = models.TextField(_("note"), blank=True, help_text=_("For colleagues. Never published."))
    state = models.CharField(max_length=10, choices=ReleaseState.choices, default=ReleaseState.OPEN, db_index=True)
    lock_version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    embargo_until = models.DateTimeField(null=True, blank=True)
    scheduled_at = models.DateTimeField(null=True, blank=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    held_back_at = models.DateTimeField(null=True, blank=True)
    held_back_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who had scheduled it."),
    )
    problems = models.TextField(blank=True, help_text=_("Why it did not go out when its embargo had passed."))
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.PositiveBigIntegerField(
        null=True, blank=True, unique=True, help_text=_("Of the batch in the log. A single record has none there.")
    )

    objects = ReleaseQuerySet.as_manager()

    public_fields = frozenset[str]()
    private_fields = frozenset(
        {
            "id",
            "title",
            "note",
            "state",
            "lock_version",
            "created_at",
            "created_by",
            "embargo_until",
            "scheduled_at",
            "scheduled_by",
            "held_back_at",
            "held_back_for",
            "problems",
            "published_at",
            "published_by",
            "number",
        }
    )

    class Meta:
        ordering = ("-created_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=ReleaseState.values), name="review_release_state_known"),
            models.CheckConstraint(
                condition=(Q(state=ReleaseState.SCHEDULED) & _SCHEDULED)
                | (Q(state__in=(ReleaseState.OPEN, ReleaseState.CANCELLED)) & _NOT_SCHEDULED)
                | (Q(state=ReleaseState.PUBLISHED) & (_SCHEDULED | _NOT_SCHEDULED)),
                name="review_release_scheduled_by_someone",
            ),
            models.CheckConstraint(
                condition=(Q(state=ReleaseState.OPEN) & _HELD_BACK) | _NOT_HELD_BACK,
                name="review_release_held_back_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(state=ReleaseState.PUBLISHED, published_at__isnull=False, published_by__isnull=False)
                | (
                    ~Q(state=ReleaseState.PUBLISHED)
                    & Q(published_at__isnull=True, published_by__isnull=True, number__isnull=True)
                ),
                name="review_release_published_by_someone",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether records can be put in and taken out."""
        return self.state == ReleaseState.OPEN

    @property
    def is_scheduled(self) -> bool:
        """Whether it goes out by itself."""
        return self.state == ReleaseState.SCHEDULED

    def is_under_embargo(self, at: dt.datetime) -> bool:
        """Tell whether it may not go out yet at this moment."""
        return self.embargo_until is not None and self.embargo_until > at


class ReleaseMember(models.Model):
    """A record in a release. It stays one whatever happens to the record, so that nothing slips out of an embargo."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="members")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="release_members")
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    scheduled_digest = models.CharField(
        max_length=64, blank=True, help_text=_("Of the content that goes out when the embargo has passed.")
    )
    is_pending = models.BooleanField(default=True, help_text=_("Whether the release may still go out."))

    public_fields = frozenset[str]()
    private_fields = frozenset({"id", "release", "record", "added_at", "added_by", "scheduled_digest", "is_pending"})

    class Meta:
        ordering = ("added_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("release", "record"), name="review_record_once_in_a_release"),
            models.UniqueConstraint(
                fields=("record",),
                condition=Q(is_pending=True),
                name="review_record_in_one_pending_release",
                violation_error_message=_("A record can be in one release at a time."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.record} in {self.release}"


class ReleaseDecision(ErasableModel):
    """One act on a release."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="decisions")
    action = models.CharField(max_length=10, choices=ReleaseAction.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: the background task."),
    )
    record = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    comment = models.TextField(blank=True)
    erased_by = erasure_column()

    erasable = MappingProxyType({"comment": ""})

    public_fields = frozenset[str]()
    private_fields = frozenset({"id", "release", "action", "person", "record", "at", "comment", "erased_by"})

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(action__in=ReleaseAction.values), name="review_release_action_known"),
        )

    def __str__(self) -> str:
        return f"{self.release}: {self.get_action_display()}"
