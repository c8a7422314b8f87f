"""What the desk shows of releases, with a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, F, OuterRef, Prefetch, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.review.choices import Action, ReleaseState, State
from casetracker.review.kinds import kind_named
from casetracker.review.models import Decision, Record, Release, ReleaseMember
from casetracker.review.services.readiness import changed_since_scheduled
from casetracker.review.services.release_publication import refusals_in

MOST_TO_ADD = 200
SHOWN = 8


@dataclass(frozen=True)
class Line:
    """One record of a release: what keeps it back, as far as is known."""

    record: Record
    url: str
    kind: str
    problems: list[str]


@dataclass(frozen=True)
class Summary:
    """A release in a list."""

    release: Release
    records: int
    troubled: int
    is_overdue: bool


def lines_of(release: Release, *, person: User, check: bool) -> list[Line]:
    """Return the records of a release in the order in which they were put in.

    The problems are those that two columns tell; with `check`, all that would be refused if `person` published now.
    """
    members = list(_watched(release.members.select_related("record")))
    found = refusals_in(release, [member.record for member in members], by=person) if check else {}
    return [
        _line(member, found.get(member.record_id, []) if check else _problems(release, member)) for member in members
    ]


def _line(member: ReleaseMember, problems: list[str]) -> Line:
    record = member.record
    return Line(record, reverse("admin:record_review", args=[record.pk]), str(kind_named(record.kind).label), problems)


def _watched(members: QuerySet[ReleaseMember]) -> QuerySet[Any]:
    """Add what the content was when somebody last changed a source of it."""
    edits = Decision.objects.filter(
        record=OuterRef("record"), round=OuterRef("record__round"), action=Action.EDIT, to_state=State.APPROVED
    )
    return members.annotate(edited_digest=Subquery(edits.order_by("-at", "-pk").values("digest")[:1]))


def _problems(release: Release, member: Any) -> list[str]:
    record = member.record
    if release.state not in (ReleaseState.OPEN, ReleaseState.SCHEDULED):
        return []
    if record.state != State.APPROVED:
        return [
            _("It is not approved any more (%(state)s). It must be approved again, or taken out.")
            % {"state": record.get_state_display()}
        ]
    if member.edited_digest and member.edited_digest != record.approved_digest:
        return [_("A source of it was changed since it was approved. Return it, so that it is checked again.")]
    if member.scheduled_digest and member.scheduled_digest != record.approved_digest:
        return [str(changed_since_scheduled())]
    return []


def in_order(releases: QuerySet[Release]) -> QuerySet[Release]:
    """Sort releases: those that were held back, then the scheduled ones by their time, the open ones, the rest."""
    urgency = Case(
        When(held_back_at__isnull=False, then=Value(0)),
        When(state=ReleaseState.SCHEDULED, then=Value(1)),
        When(state=ReleaseState.OPEN, then=Value(2)),
        default=Value(3),
    )
    return releases.order_by(urgency, F("embargo_until").asc(nulls_last=True), "-created_at", "pk")


def summaries(releases: Iterable[Release]) -> list[Summary]:
    """Count the records of releases, and those that keep one back. The releases come from `with_members`."""
    return [
        Summary(
            release,
            records=len(members := list(release.members.all())),
            troubled=sum(bool(_problems(release, member)) for member in members),
            is_overdue=is_overdue(release),
        )
        for release in releases
    ]


def with_members(releases: QuerySet[Release]) -> QuerySet[Release]:
    """Fetch the members with the releases: one more query."""
    members = _watched(ReleaseMember.objects.select_related("record"))
    return releases.select_related("scheduled_by", "held_back_for").prefetch_related(Prefetch("members", members))


def pending_releases() -> list[Summary]:
    """Return the releases that wait, for the dashboard: the most urgent first. Two queries."""
    return summaries(with_members(in_order(Release.objects.pending()))[:SHOWN])


def is_overdue(release: Release) -> bool:
    """Tell whether a release waits although its embargo has passed: nothing looks after it."""
    return release.is_scheduled and not release.is_under_embargo(timezone.now())


def records_to_add(*, everything: bool) -> QuerySet[Record]:
    """Return the approved records that are in no release, the longest waiting first."""
    taken = ReleaseMember.objects.filter(is_pending=True).values("record")
    found = Record.objects.filter(state=State.APPROVED).exclude(pk__in=taken).order_by("approved_at", "pk")
    return found if everything else found[:MOST_TO_ADD]


def release_of(record_id: UUID) -> Release | None:
    """Return the release that a record is in and that may still go out. One query."""
    return Release.objects.filter(members__record=record_id, members__is_pending=True).first()
