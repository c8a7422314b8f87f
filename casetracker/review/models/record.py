"""The record: what is common to everything that is reviewed and published."""

import secrets
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from casetracker.review.choices import ParticipationRole, PublicStatus, State

if TYPE_CHECKING:
    from casetracker.accounts.models import User

IN_WORK = (State.DRAFT, State.SUBMITTED, State.VERIFIED, State.APPROVED)
_REACHED = {
    "submitted": (State.SUBMITTED, State.VERIFIED, State.APPROVED),
    "verified": (State.VERIFIED, State.APPROVED),
    "approved": (State.APPROVED,),
}


def new_salt() -> str:
    """Return 32 random bytes as hexadecimal digits."""
    return secrets.token_hex(32)


def _set_exactly_when_reached(step: str) -> models.CheckConstraint:
    unset = {f"{step}_at__isnull": True, f"{step}_by__isnull": True, f"{step}_digest": ""}
    reached = Q(state__in=_REACHED[step])
    all_set = Q(**{f"{step}_at__isnull": False, f"{step}_by__isnull": False}) & ~Q(**{f"{step}_digest": ""})
    return models.CheckConstraint(
        condition=(reached & all_set) | (~reached & Q(**unset)), name=f"review_{step}_set_with_its_state"
    )


_MERGED = Q(merged_into__isnull=False) & (Q(state=State.DISCARDED) | Q(public_status=PublicStatus.RETRACTED))


class RecordQuerySet(models.QuerySet["Record"]):
    """Reads of records, in the words of the desk."""

    def live(self) -> "RecordQuerySet":
        """Return the records that the public can read."""
        return self.filter(public_status=PublicStatus.LIVE)

    def citing(self, source_ids: "Iterable[uuid.UUID]") -> "RecordQuerySet":
        """Return the records with a citation of one of the sources."""
        return self.filter(citations__source__in=list(source_ids)).distinct()

    def with_author(self, person: "User") -> "RecordQuerySet":
        """Return the records of whose present round this person is an author, or that are assigned to them."""
        return self.filter(Q(assigned_to=person) | _participates(person, ParticipationRole.AUTHOR))

    def to_be_merged_into(self, targets: "Iterable[uuid.UUID]") -> "RecordQuerySet":
        """Return the records that one of these takes over as soon as it is published."""
        return self.filter(merged_into__in=list(targets)).exclude(_MERGED)

    def not_gone(self) -> "RecordQuerySet":
        """Leave out what was discarded, and what was merged into another record."""
        return self.exclude(Q(state=State.DISCARDED) | _MERGED)

    def waiting_for(self, person: "User", *, is_reviewer: bool, is_editor: bool) -> "RecordQuerySet":
        """Return the records whose next step this person may take.

        Drafts that were returned wait for their authors, submitted ones for any reviewer who is not
        an author, verified ones for such an editor, approved ones for any editor.
        """
        waiting = Q(state=State.DRAFT) & (Q(assigned_to=person) | _participates(person, ParticipationRole.AUTHOR))
        not_author = ~_participates(person, ParticipationRole.AUTHOR)
        if is_reviewer:
            waiting |= Q(state=State.SUBMITTED) & not_author
        if is_editor:
            waiting |= (Q(state=State.VERIFIED) & not_author) | Q(state=State.APPROVED)
        return self.filter(waiting)


def _participates(person: "User", role: ParticipationRole) -> Q:
    participations = Record._meta.get_field("participations").related_model._default_manager
    return Q(Exists(participations.filter(record=OuterRef("pk"), round=OuterRef("round"), person=person, role=role)))


class Record(models.Model):
    """The working copy of a station, response or other kind, as far as review is concerned.

    What it says stands in the model of its kind, which has this record as its primary key.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    label = models.CharField(max_length=300, blank=True, help_text=_("What lists call it. Set by the services."))
    reference = models.CharField(
        max_length=20, unique=True, null=True, blank=True, help_text=_("Such as S-17, given at first publication.")
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT, db_index=True)
    public_status = models.CharField(
        max_length=10, choices=PublicStatus.choices, default=PublicStatus.NEVER, db_index=True
    )
    published_version = models.PositiveIntegerField(default=0)
    round = models.PositiveIntegerField(default=1)
    lock_version = models.PositiveIntegerField(default=1)
    digest_salt = models.CharField(max_length=64, default=new_salt)
    needs_revision = models.BooleanField(
        default=False, help_text=_("A source that it cites, or a record that it links to, was changed since.")
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="assigned_records"
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicates",
        help_text=_("The record that takes it over, from the proposal on."),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_digest = models.CharField(max_length=64, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verified_digest = models.CharField(max_length=64, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_digest = models.CharField(max_length=64, blank=True)

    objects = RecordQuerySet.as_manager()

    public_fields = frozenset({"kind", "reference", "published_version"})
    private_fields = frozenset(
        {
            "id",
            "label",
            "state",
            "public_status",
            "round",
            "lock_version",
            "digest_salt",
            "needs_revision",
            "assigned_to",
            "merged_into",
            "created_at",
            "changed_at",
            "submitted_at",
            "submitted_by",
            "submitted_digest",
            "verified_at",
            "verified_by",
            "verified_digest",
            "approved_at",
            "approved_by",
            "approved_digest",
        }
    )

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        ordering = ("-changed_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="review_state_known"),
            models.CheckConstraint(
                condition=Q(public_status__in=PublicStatus.values), name="review_public_status_known"
            ),
            models.CheckConstraint(
                condition=Q(public_status=PublicStatus.NEVER, reference__isnull=True, published_version=0)
                | (~Q(public_status=PublicStatus.NEVER) & Q(reference__isnull=False, published_version__gte=1)),
                name="review_reference_from_first_publication",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.IDLE) | ~Q(public_status=PublicStatus.NEVER),
                name="review_idle_only_after_publication",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DISCARDED) | Q(public_status=PublicStatus.NEVER),
                name="review_published_never_discarded",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True)
                | (
                    Q(state=State.IDLE, public_status__in=(PublicStatus.LIVE, PublicStatus.RETRACTED))
                    | Q(state__in=(State.DRAFT, State.DISCARDED), public_status=PublicStatus.NEVER)
                )
                & ~Q(merged_into=models.F("id")),
                name="review_merged_stands_still",
            ),
            *(_set_exactly_when_reached(step) for step in _REACHED),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.label}" if self.reference else self.label

    @property
    def is_merged(self) -> bool:
        """Tell whether another record has taken it over."""
        is_gone = self.state == State.DISCARDED or self.public_status == PublicStatus.RETRACTED
        return self.merged_into_id is not None and is_gone
