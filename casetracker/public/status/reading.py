"""The status of governments, read by index: what it costs does not grow with the number of responses.

For each government and each sort of thing that acts say, one search finds the latest. The runs in which
they stand are read as they are: what a status costs beyond these searches is the length of its own run.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery

from casetracker.public.labels import status_words
from casetracker.public.models import OPEN_START, StatusFact, StatusSubject
from casetracker.public.models.base import VersionedQuerySet
from casetracker.public.status import facts, rule
from casetracker.public.status.rule import NO_RESPONSE, Decision, Fact, Latest, Line, Possibly, Run, Status
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


@dataclass(frozen=True)
class _Stretch:
    """Where a run begins, and the last day on which its acts show what they say."""

    start: str
    confirmed_on: dt.date


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
    latest = _latest(StatusSubject.objects.all(), view, sought=(facts.RECORDED,))
    return {code: its_facts[facts.RECORDED].reference for code, its_facts in latest.items()}


def deciding_facts(which: Q, view: View, says: Iterable[str]) -> VersionedQuerySet:
    """Return the facts of some governments that a view shows and that have a day, in the order of the rule."""
    shown = _within(StatusFact.objects.known(view.known_at), view).filter(which, says__in=tuple(says))
    return shown.filter(position__gt=facts.until(OPEN_START)).order_by("government", "position")


def _statuses(which: Q, view: View) -> dict[str, Status]:
    subjects = StatusSubject.objects.filter(which)
    latest = _latest(subjects, view)
    lines = {government: _lines(government, its_latest, view) for government, its_latest in latest.items()}
    stretches = _stretches([run for its_lines in lines.values() for run in its_lines.runs()], view)
    possible = _possible(which, view)
    found = {}
    for government, looked_on in _looked_on(subjects, view).items():
        status = _status(lines[government], stretches, view) if government in lines else NO_RESPONSE
        possibly = _possibly(possible.get(government), status)
        found[government] = replace(status, last_looked_on=looked_on, possibly=possibly)
    return found


def _latest(
    subjects: QuerySet[StatusSubject], view: View, *, before: str = "", sought: tuple[str, ...] = _SOUGHT
) -> dict[str, dict[str, Fact]]:
    """Return the latest fact of each sort about each government. One query: one search for each subject."""
    same = {"government": OuterRef("government"), "says": OuterRef("says")}
    shown = _within(StatusFact.objects.known(view.known_at), view).filter(**same)
    if before:
        shown = shown.filter(position__lt=before)
    if view.known_at is not None:
        outer = {name: OuterRef(OuterRef(name)) for name in same}
        published = StatusFact.objects.filter(**outer, from_seq__lte=view.known_at).order_by("-from_seq")
        shown = shown.filter(position__lte=Subquery(published.values("reach")[:1]))
    search = subjects.filter(says__in=sought).annotate(found=Subquery(shown.order_by("-position").values("pk")[:1]))
    latest: dict[str, dict[str, Fact]] = {}
    for row in StatusFact.objects.filter(pk__in=search.values("found")).values_list(*Fact._fields):
        fact = Fact._make(row)
        latest.setdefault(fact.government, {})[fact.says] = fact
    return latest


def _within(rows: VersionedQuerySet, view: View) -> VersionedQuerySet:
    """Keep what surely counts by the day of a view. What has no known day never counts by date."""
    if view.as_of is None:
        return rows
    return rows.filter(position__gt=facts.until(OPEN_START), position__lte=facts.until(view.as_of))


def _lines(government: str, latest: Latest, view: View) -> _Lines:
    status, closure = rule.decide(latest), rule.decide(latest, facts.CLOSED)
    inquiry = rule.last_of(latest, (*facts.RUNNING, *facts.OVER))
    before = latest
    if closure and closure.fell_back:
        subjects = StatusSubject.objects.filter(government=government)
        before = _latest(subjects, view, before=closure.act.position).get(government, {})
    inquiry_codes = facts.RUNNING if inquiry and inquiry.says in facts.RUNNING else facts.OVER
    return _Lines(
        latest,
        (status, _run(status, facts.DECIDING, before if status.fell_back else latest)) if status else None,
        (closure, _run(closure, facts.CLOSED, before)) if closure else None,
        (inquiry, rule.run_of(inquiry, inquiry_codes, (*facts.RUNNING, *facts.OVER), latest)) if inquiry else None,
    )


def _run(decision: Decision, among: Iterable[str], before: Latest) -> Run:
    return rule.run_of(decision.act, (decision.act.says,), among, before)


def _stretches(runs: list[Run], view: View) -> dict[Run, _Stretch]:
    """Return where runs begin, and how far they are confirmed. One query, which reads their acts."""
    if not runs:
        return {}
    spans = (
        Q(government=run.government, says__in=run.says, position__gt=run.after, position__lte=run.until)
        for run in dict.fromkeys(runs)
    )
    shown = _within(StatusFact.objects.known(view.known_at), view).filter(reduce(or_, spans))
    acts: dict[tuple[str, str], list[tuple[str, dt.date]]] = {}
    for government, says, position, confirmed_on in shown.values_list("government", "says", "position", "confirmed_on"):
        acts.setdefault((government, says), []).append((position, confirmed_on))
    return {run: _stretch(run, acts) for run in runs}


def _stretch(run: Run, acts: Mapping[tuple[str, str], list[tuple[str, dt.date]]]) -> _Stretch:
    its_acts = [
        act for says in run.says for act in acts.get((run.government, says), ()) if run.after < act[0] <= run.until
    ]
    return _Stretch(min(its_acts)[0], max(confirmed_on for _position, confirmed_on in its_acts))


def _status(lines: _Lines, stretches: Mapping[Run, _Stretch], view: View) -> Status:
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
    search = subjects.filter(says=facts.RECORDED).annotate(
        found=Subquery(published.order_by("-from_seq").values("pk")[:1])
    )
    rows = StatusFact.objects.filter(pk__in=search.values("found")).values_list("government", "published_at")
    return {government: published_at.astimezone(dt.UTC).date() for government, published_at in rows}


def _possible(which: Q, view: View) -> dict[str, Fact]:
    """Return the last act about each government that may have happened by the day of a view, and surely later.

    One query, which reads the acts with a vague date of the year that follows.
    """
    if view.as_of is None:
        return {}
    last = facts.until(facts.last_possible(view.as_of))
    vague = StatusFact.objects.known(view.known_at).filter(
        which, possible_from__lte=view.as_of, position__gt=facts.until(view.as_of), position__lte=last
    )
    rows = map(Fact._make, vague.order_by("government", "position").values_list(*Fact._fields))
    return {fact.government: fact for fact in rows}


def _possibly(fact: Fact | None, status: Status) -> Possibly | None:
    """Return what a status may already have been, unless that is what it is."""
    if fact is None:
        return None
    value, basis = facts.DECIDING[fact.says]
    if (value, basis) == (status.value, status.basis):
        return None
    return Possibly(value, basis, status_words(value, basis, fact.level), fact.reference)
