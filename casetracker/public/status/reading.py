"""The status of governments, read by index: what it costs does not grow with the number of responses.

For each government and each sort of thing that acts say, one search finds the latest. The runs in which
they stand are read as they are: what a status costs beyond these searches is the length of its own run.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Concat

from casetracker.public.labels import status_words
from casetracker.public.models import OPEN_START, StatusFact, StatusSubject
from casetracker.public.models.base import VersionedQuerySet, reached
from casetracker.public.status import facts, rule
from casetracker.public.status.facts import Fact
from casetracker.public.status.orders import before_orders
from casetracker.public.status.rule import NO_RESPONSE, Decision, Latest, Line, Possibly, Run, Status
from casetracker.public.status.stretches import Stretch, stretches_of
from casetracker.public.view import NOW, View

_SOUGHT = (*facts.DECIDING, facts.ENDED, facts.CONTINUES, facts.RESPONDED)


@dataclass(frozen=True)
class _Lines:
    """What decides about one government, each with its run: status, closure and inquiry."""

    latest: Latest
    status: tuple[Decision, Run] | None
    closure: tuple[Decision, Run] | None
    inquiry: tuple[Fact, Run] | None

    def runs(self) -> list[Run]:
        """Return the runs that must be read."""
        return [line[1] for line in (self.status, self.closure, self.inquiry) if line]


def status_of(government: str, view: View = NOW) -> Status:
    """Return the status of one government, as seen from a view. A handful of queries, none for the accused state."""
    if government == settings.ACCUSED_STATE:
        return rule.without("accused_state")
    return _statuses(Q(government=government), view).get(government, NO_RESPONSE)


def statuses(view: View = NOW) -> dict[str, Status]:
    """Return the status of every government that a response known then concerns, by code. A handful of queries.

    The accused state is left out; governments that are missing have `NO_RESPONSE`.
    """
    return _statuses(~Q(government=settings.ACCUSED_STATE), view)


def last_recorded(view: View = NOW) -> dict[str, str]:
    """Return the reference of the last response that concerns each government, by code. One query."""
    latest = _latest(StatusSubject.objects.filter(says=facts.RECORDED), view)
    return {code: its_facts[facts.RECORDED].reference for code, its_facts in latest.items()}


def deciding_facts(which: Q, view: View, says: Iterable[str]) -> VersionedQuerySet:
    """Return the facts of some governments that a view shows and that have a day, in the order of the rule."""
    shown = _shown(view).filter(which, says__in=tuple(says))
    return shown.filter(position__gt=facts.until(OPEN_START)).order_by("government", "position")


def _statuses(which: Q, view: View) -> dict[str, Status]:
    subjects = StatusSubject.objects.filter(which)
    sought = subjects.filter(says__in=_SOUGHT)
    latest = _latest(sought, view)
    before = before_orders(sought, latest, view)
    lines = {
        government: _lines(its_latest, before.get(government, its_latest)) for government, its_latest in latest.items()
    }
    stretches = stretches_of([run for its_lines in lines.values() for run in its_lines.runs()], view)
    possible = _possible(subjects, view)
    found = {}
    for government, looked_on in _looked_on(subjects, view).items():
        status = _status(lines[government], stretches, view) if government in lines else NO_RESPONSE
        possibly = _possibly(possible.get(government), status)
        found[government] = replace(status, last_looked_on=looked_on, possibly=possibly)
    return found


def _latest(subjects: QuerySet[StatusSubject], view: View) -> dict[str, dict[str, Fact]]:
    """Return the latest fact about each government of each sort. One query: one search for each subject."""
    shown = _counting(view).filter(government=OuterRef("government"), says=OuterRef("says"))
    last = None if view.as_of is None else facts.until(view.as_of)
    shown = _up_to(shown, last, view, says=OuterRef(OuterRef("says")))
    # What is told of a fact stands in the index that is searched: its row, one of a million, is not read.
    search = Subquery(shown.order_by("-position").values(told=Concat("position", "level"))[:1])
    latest: dict[str, dict[str, Fact]] = {}
    for government, says, told in subjects.values_list("government", "says", search):
        if told is not None:
            latest.setdefault(government, {})[says] = facts.fact_told(government, says, told)
    return latest


def _first(rows: VersionedQuerySet) -> Subquery:
    """Return the search for the first of the rows."""
    return Subquery(rows.values("pk")[:1])


def _known(view: View) -> VersionedQuerySet:
    """Return what was known in a view. That the live ones are readable is said too: their index asks for it."""
    return StatusFact.objects.readable().known(view.known_at)


def _counting(view: View) -> VersionedQuerySet:
    """Return what was known in a view and counts by some day. What has no known day never counts by date."""
    return _known(view) if view.as_of is None else _known(view).filter(position__gt=facts.until(OPEN_START))


def _shown(view: View) -> VersionedQuerySet:
    """Return what was known and surely counts by the day of a view."""
    return _counting(view) if view.as_of is None else _counting(view).filter(position__lte=facts.until(view.as_of))


def _up_to(rows: VersionedQuerySet, last: str | None, view: View, *, says: object) -> VersionedQuerySet:
    """Return the rows up to a position, for a search that begins there, or where what was known then ended.

    For a search for each subject; `says` is the sort of which all these rows are.
    """
    if view.known_at is not None:
        published = StatusFact.objects.filter(government=OuterRef(OuterRef("government")), says=says)
        return rows.filter(position__lte=reached(published.filter(from_seq__lte=view.known_at), "reach", last))
    return rows if last is None else rows.filter(position__lte=last)


def _lines(latest: Latest, before_order: Latest) -> _Lines:
    """Return what decides. `before_order` has the latest facts before the order that a closure falls back to."""
    status, closure = rule.decide(latest), rule.decide(latest, facts.CLOSED)
    inquiry = rule.last_of(latest, (*facts.RUNNING, *facts.OVER))
    inquiry_codes = facts.RUNNING if inquiry and inquiry.says in facts.RUNNING else facts.OVER
    return _Lines(
        latest,
        (status, _run(status, facts.DECIDING, before_order if status.fell_back else latest)) if status else None,
        (closure, _run(closure, facts.CLOSED, before_order)) if closure else None,
        (inquiry, rule.run_of(inquiry, inquiry_codes, (*facts.RUNNING, *facts.OVER), latest)) if inquiry else None,
    )


def _run(decision: Decision, among: Iterable[str], before: Latest) -> Run:
    return rule.run_of(decision.act, (decision.act.says,), among, before)


def _status(lines: _Lines, stretches: Mapping[Run, Stretch], view: View) -> Status:
    inquiry: Line | None = None
    closure: Line | None = None
    if lines.inquiry:
        act, run = lines.inquiry
        inquiry = rule.inquiry_line(act, stretches[run].start)
    if lines.closure:
        closed, run = lines.closure
        closure = rule.closure_line(closed, stretches[run].start)
    if lines.status is None:
        none = rule.without("responded" if facts.RESPONDED in lines.latest else "no_response")
        return replace(none, inquiry=inquiry, closure=closure)
    decision, run = lines.status
    confirmed_on = min(stretches[run].confirmed_on, view.as_of or dt.date.max)
    return Status(
        value=decision.value,
        basis=decision.basis,
        label=decision.label,
        since=facts.day_of(stretches[run].start),
        last_confirmed=None if confirmed_on == OPEN_START else confirmed_on,
        set_by=decision.act.reference,
        activity_continues=decision.activity_continues,
        inquiry=inquiry,
        closure=closure,
    )


def _looked_on(subjects: QuerySet[StatusSubject], view: View) -> dict[str, dt.date]:
    """Return when a response about each government was published last. One query: one search for each."""
    published = StatusFact.objects.readable().filter(government=OuterRef("government"), says=facts.RECORDED)
    if view.known_at is not None:
        published = published.filter(from_seq__lte=view.known_at)
    search = subjects.filter(says=facts.RECORDED).annotate(found=_first(published.order_by("-from_seq")))
    rows = StatusFact.objects.filter(pk__in=search.values("found")).values_list("government", "published_at")
    return {government: published_at.astimezone(dt.UTC).date() for government, published_at in rows}


def _possible(subjects: QuerySet[StatusSubject], view: View) -> dict[str, Fact]:
    """Return the last act about each government that may have happened by the day of a view, and surely later.

    One query: one search for each, among the acts with a vague date of the year that follows.
    """
    if view.as_of is None:
        return {}
    vague = _known(view).filter(
        government=OuterRef("government"), possible_from__lte=view.as_of, position__gt=facts.until(view.as_of)
    )
    # Whatever a response says is recorded too.
    vague = _up_to(vague, facts.until(facts.last_possible(view.as_of)), view, says=facts.RECORDED)
    search = subjects.filter(says=facts.RECORDED).annotate(found=_first(vague.order_by("-position")))
    rows = StatusFact.objects.filter(pk__in=search.values("found")).values_list(*Fact._fields)
    return {fact.government: fact for fact in map(Fact._make, rows)}


def _possibly(fact: Fact | None, status: Status) -> Possibly | None:
    """Return what a status may already have been, unless that is what it is."""
    if fact is None:
        return None
    value, basis = facts.DECIDING[fact.says]
    if (value, basis) == (status.value, status.basis):
        return None
    return Possibly(value, basis, status_words(value, basis, fact.level), fact.reference)
