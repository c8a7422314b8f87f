"""The queues of the dashboard: what waits for one person."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Window
from django.urls import reverse
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.accounts.roles import Role, roles_of
from casetracker.review.choices import Action, PublicStatus, State
from casetracker.review.kinds import kind_named
from casetracker.review.models import Decision, Record

SHOWN = 40
_MOVES = (Action.LOG, Action.REVISE, Action.SUBMIT, Action.RETURN, Action.WITHDRAW)


@dataclass(frozen=True)
class Entry:
    """One record in a queue."""

    record: Record
    url: str
    remark: str


@dataclass(frozen=True)
class Box:
    """A queue with its first records."""

    name: str
    title: str
    entries: list[Entry] = field(default_factory=list)
    total: int = 0

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.entries)


def boxes_for(person: User) -> list[Box]:
    """Return the queues that concern a person's roles. One query for each."""
    return [_box(name, title, records) for name, title, records in _queues(person)]


def _queues(person: User) -> Iterator[tuple[str, str, QuerySet[Record]]]:
    roles, records = roles_of(person), Record.objects.all()
    is_editor, is_reviewer = Role.EDITOR in roles, bool(roles & {Role.EDITOR, Role.RESEARCHER})
    if is_reviewer:
        waiting = records.waiting_for(person, is_reviewer=True, is_editor=is_editor)
        yield "drafts", _("My drafts"), waiting.filter(state=State.DRAFT)
        yield "check", _("Waiting for my check"), waiting.filter(state=State.SUBMITTED)
    if is_editor:
        yield "approve", _("Waiting for my approval"), waiting.filter(state=State.VERIFIED)
        yield "publish", _("Approved, waiting for publication"), waiting.filter(state=State.APPROVED)
    if is_reviewer:
        yield "revise", _("A source was changed"), records.filter(needs_revision=True, state=State.IDLE)
    yield "recent", _("Recently published"), records.filter(state=State.IDLE, public_status=PublicStatus.LIVE)


def _box(name: str, title: str, records: QuerySet[Record]) -> Box:
    # Edits and comments on the way do not count: a returned draft stays one until it is submitted again.
    last = Decision.objects.filter(record=OuterRef("pk"), action__in=_MOVES).order_by("-at", "-pk")
    found: list[Any] = list(
        records.annotate(
            total=Window(Count("pk")),
            last_action=Subquery(last.values("action")[:1]),
            last_comment=Subquery(last.values("comment")[:1]),
        )[:SHOWN]
    )
    return Box(name, title, [_entry(record) for record in found], found[0].total if found else 0)


def _entry(record: Any) -> Entry:
    meta = kind_named(record.kind).model._meta
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])
    return Entry(record, url, record.last_comment if record.last_action == Action.RETURN else "")
