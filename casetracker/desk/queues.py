"""The queues of the desk: what waits for one person, in which order, and since when."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.accounts.roles import Role, roles_of
from casetracker.desk.ages import age_in_words
from casetracker.desk.due import Due, due_for_another_look, months_until_another_look
from casetracker.review.choices import Action, ParticipationRole, PublicStatus, State
from casetracker.review.kinds import kind_named
from casetracker.review.models import Decision, Participation, Record, ReleaseMember

SHOWN = 8
_MOVES = (Action.LOG, Action.REVISE, Action.SUBMIT, Action.RETURN, Action.WITHDRAW)


@dataclass(frozen=True)
class Entry:
    """One record in a queue. `age` says how long it has been there, `remark` what a colleague wrote."""

    record: Record
    url: str
    kind: str = ""
    age: str = ""
    author: str = ""
    remark: str = ""
    why: str = ""


@dataclass(frozen=True)
class Box:
    """A queue with its first records."""

    name: str
    title: str
    explanation: str
    entries: list[Entry] = field(default_factory=list)
    total: int = 0

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.entries)


class Queue:
    """Records that wait for the same step, in the order in which one goes through them."""

    def __init__(self, name: str, title: str, ages: str, records: QuerySet[Record], explanation: str = "") -> None:
        """Take records with a column `since`; `ages` says what their age means, with a place for it."""
        self.name, self.title, self.explanation = name, title, explanation
        self._ages, self._records = ages, records

    def box(self) -> Box:
        """Return the first records and how many there are. One query."""
        found: list[Any] = list(self._detailed().annotate(total=Window(Count("pk")))[:SHOWN])
        return self._box([self.entry(record) for record in found], found[0].total if found else 0)

    def keys(self) -> list[UUID]:
        """Return the keys of all records in order. One query."""
        return list(self._records.values_list("pk", flat=True))

    def entries(self, keys: list[UUID]) -> list[Entry]:
        """Return some of its records in their order. One query."""
        place = {key: number for number, key in enumerate(keys)}
        found = [self.entry(record) for record in self._detailed().filter(pk__in=keys)]
        return sorted(found, key=lambda entry: place[entry.record.pk])

    def entry(self, record: Any) -> Entry:
        """Return what is shown of one record."""
        return Entry(
            record,
            self._address(record),
            kind=str(kind_named(record.kind).label),
            age=self._ages % {"age": age_in_words(record.since)} if record.since else "",
            author=record.author or "",
            remark=record.last_comment if record.last_action == Action.RETURN else "",
        )

    def _detailed(self) -> QuerySet[Record]:
        moves = _last_moves()
        writers = Participation.objects.filter(
            record=OuterRef("pk"), round=OuterRef("round"), role=ParticipationRole.AUTHOR
        ).order_by("at", "pk")
        names = writers.annotate(called=Coalesce(NullIf("person__name", Value("")), "person__username"))
        return self._records.annotate(
            last_action=Subquery(moves.values("action")[:1]),
            last_comment=Subquery(moves.values("comment")[:1]),
            author=Subquery(names.values("called")[:1]),
        )

    def _address(self, record: Record) -> str:
        return f"{reverse('admin:record_review', args=[record.pk])}?queue={self.name}"

    def _box(self, entries: list[Entry], total: int) -> Box:
        return Box(self.name, self.title, self.explanation, entries, total)


class Drafts(Queue):
    """Drafts of one's own: their authors want the form."""

    def _address(self, record: Record) -> str:
        meta = kind_named(record.kind).model._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])


class ApprovedQueue(Queue):
    """What waits to be published: each with the release that it is in."""

    def entry(self, record: Any) -> Entry:
        """Return what is shown of one record, with its release."""
        entry = super().entry(record)
        title = record.release_title
        return replace(entry, why=_("In the release “%(release)s”.") % {"release": title}) if title else entry

    def _detailed(self) -> QuerySet[Record]:
        members = ReleaseMember.objects.filter(record=OuterRef("pk"), is_pending=True)
        return super()._detailed().annotate(release_title=Subquery(members.values("release__title")[:1]))


class DueQueue(Queue):
    """What should be looked at again, by what is public about it; longest unconfirmed first."""

    def __init__(self, name: str, title: str) -> None:
        """Find out what is due, with a fixed number of queries."""
        months = months_until_another_look()
        explanation = _("Nobody has confirmed it for %(months)d months.") % {"months": months}
        super().__init__(name, title, "", Record.objects.annotate(since=F("changed_at")), explanation)
        self._due: dict[UUID, Due] = {due.record: due for due in due_for_another_look()}

    def box(self) -> Box:
        """Return the first records and how many there are. One query."""
        return self._box(self.entries(self.keys()[:SHOWN]), len(self._due))

    def keys(self) -> list[UUID]:
        """Return the keys of all records in order."""
        return list(self._due)

    def entry(self, record: Any) -> Entry:
        """Return what is shown of one record, with the reason why it is due."""
        due = self._due[record.pk]
        known = due.last_known
        age = _("last known true on %(day)s") % {"day": known.isoformat()} if known else _("never known to a day")
        return Entry(record, self._address(record), kind=str(kind_named(record.kind).label), age=age, why=due.why)


def boxes_for(person: User) -> list[Box]:
    """Return the first records of the queues that concern a person's roles. One query for most."""
    return [queue.box() for queue in _queues(person)]


def queue_named(name: str, person: User) -> Queue | None:
    """Return a queue of this person, if there is one of that name."""
    return next((queue for queue in _queues(person, only=name) if queue.name == name), None)


def _queues(person: User, only: str = "") -> Iterator[Queue]:
    roles = roles_of(person)
    is_editor, is_reviewer = Role.EDITOR in roles, bool(roles & {Role.EDITOR, Role.RESEARCHER})
    if is_reviewer:
        yield from _to_do(person, is_editor=is_editor)
        # What is due costs more than a filter: it is found out only for those who ask.
        if only in ("", "due"):
            yield DueQueue("due", _("Due for another look"))
    live = Record.objects.live().filter(state=State.IDLE)
    published = Decision.objects.filter(record=OuterRef("pk"), action=Action.PUBLISH).order_by("-at", "-pk")
    recent = live.annotate(since=Subquery(published.values("at")[:1])).order_by(F("since").desc(nulls_last=True), "pk")
    yield Queue("recent", _("Recently published"), _("published %(age)s ago"), recent)


def _to_do(person: User, *, is_editor: bool) -> Iterator[Queue]:
    waiting = Record.objects.waiting_for(person, is_reviewer=True, is_editor=is_editor)
    moves = _last_moves()
    drafts = waiting.filter(state=State.DRAFT).annotate(
        moved_by=Coalesce(Subquery(moves.values("action")[:1]), Value("")), moved_at=Subquery(moves.values("at")[:1])
    )
    wait = _("waiting %(age)s")
    back = drafts.filter(moved_by=Action.RETURN).annotate(since=F("moved_at")).order_by("since", "pk")
    yield Drafts("returned", _("Returned to me"), _("returned %(age)s ago"), back)
    own = drafts.exclude(moved_by=Action.RETURN).annotate(since=F("changed_at")).order_by("-since", "pk")
    yield Drafts("drafts", _("My drafts"), _("changed %(age)s ago"), own)
    yield Queue("check", _("Waiting for my check"), wait, _since(waiting, State.SUBMITTED, "submitted_at"))
    if is_editor:
        yield Queue("approve", _("Waiting for my approval"), wait, _since(waiting, State.VERIFIED, "verified_at"))
        yield ApprovedQueue(
            "publish", _("Approved, waiting for release"), wait, _since(waiting, State.APPROVED, "approved_at")
        )
    stale = Record.objects.filter(needs_revision=True, state=State.IDLE, public_status=PublicStatus.LIVE)
    stale = stale.annotate(since=F("changed_at")).order_by("since", "pk")
    yield Queue("revise", _("A source was changed"), _("changed %(age)s ago"), stale)


def _since(waiting: QuerySet[Record], state: State, column: str) -> QuerySet[Record]:
    return waiting.filter(state=state).annotate(since=F(column)).order_by("since", "pk")


def _last_moves() -> QuerySet[Decision]:
    """Return the decisions that moved a record, last first: edits and comments on the way do not count.

    So a returned draft stays one until it is submitted again.
    """
    return Decision.objects.filter(record=OuterRef("pk"), action__in=_MOVES).order_by("-at", "-pk")
