"""The status of a government on every day: stretches of days, one after the other."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from django.conf import settings
from django.db.models import Q

from casetracker.public.status import facts, rule
from casetracker.public.status.facts import Fact
from casetracker.public.status.reading import deciding_facts
from casetracker.public.status.rule import NO_RESPONSE, Status
from casetracker.public.view import NOW, View

_TOLD = (*facts.DECIDING, facts.CONTINUES, facts.RESPONDED)
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Segment:
    """Some days in a row with one status: from the first to the last, which is None while it lasts.

    Of the status, only value, basis, label, reason, `activity_continues` and `set_by` are filled; the last
    names the response that began the segment.
    """

    from_: dt.date
    to: dt.date | None
    status: Status


def status_history(government: str, view: View = NOW) -> list[Segment]:
    """Return the segments of one government, from the first day on which it had responded or a status was set.

    Two segments in a row differ in value, basis or whether activity is reported to continue. Acts without a
    known day are in none. One query. The accused state has no history.
    """
    return histories(view, Q(government=government)).get(government, [])


def histories(view: View = NOW, which: Q | None = None) -> dict[str, list[Segment]]:
    """Return the segments of every government that has some, by code. One query, which reads all their acts."""
    told = deciding_facts(which or Q(), view, _TOLD).exclude(government=settings.ACCUSED_STATE)
    rows = map(Fact._make, told.values_list(*Fact._fields).iterator(chunk_size=1000))
    by_government = groupby(rows, key=lambda fact: fact.government)
    found = ((government, list(_segments(its_facts))) for government, its_facts in by_government)
    return {government: segments for government, segments in found if segments}


def _segments(its_facts: Iterable[Fact]) -> Iterator[Segment]:
    changes = [change for change in _changes(its_facts) if change[1] != NO_RESPONSE]
    for (day, status), (following, _status) in pairwise(changes):
        yield Segment(day, following - _DAY, status)
    if changes:
        day, status = changes[-1]
        yield Segment(day, None, status)


def _changes(its_facts: Iterable[Fact]) -> Iterator[tuple[dt.date, Status]]:
    """Yield each day at whose end another status stands, and that status. Several acts of a day make one change."""
    latest: dict[str, Fact] = {}
    shown: object = None
    for day, acts in groupby(its_facts, key=lambda fact: facts.day_of(fact.position)):
        for act in acts:
            latest[act.says] = act
        status = _status(latest)
        now_shown = (status.value, status.basis, status.activity_continues, status.reason)
        if day and now_shown != shown:
            shown = now_shown
            yield day, status


def _status(latest: dict[str, Fact]) -> Status:
    decision = rule.decide(latest)
    if decision is None:
        return rule.without("responded") if facts.RESPONDED in latest else NO_RESPONSE
    return Status(
        value=decision.value,
        basis=decision.basis,
        label=decision.label,
        set_by=decision.act.reference,
        activity_continues=decision.activity_continues,
    )
