"""Where the runs of acts begin that a status stands on, and how far they are confirmed: read as they are."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models.expressions import RawSQL

from casetracker.public.models import OPEN_START, StatusFact
from casetracker.public.status import facts
from casetracker.public.status.rule import Run
from casetracker.public.view import View

# One search for each span, in a statement that is ready: as conditions of Django, a hundred spans take
# several times as long to put into words as to answer. CROSS JOIN has SQLite begin with the spans.
_WITHIN = """
    WITH span (government, says, beyond, up_to) AS (VALUES {spans})
    SELECT fact.id FROM span CROSS JOIN public_statusfact AS fact
    WHERE fact.retracted_seq IS NULL AND fact.government = span.government AND fact.says = span.says
    AND fact.position > span.beyond AND fact.position <= span.up_to
"""
# Each has four parameters, and no database takes fewer than a thousand.
_MOST_SPANS = 200

# By government and sort.
_Acts = Mapping[tuple[str, str], list[tuple[str, dt.date]]]


@dataclass(frozen=True)
class Stretch:
    """Where a run begins, and the last day on which its acts show what they say."""

    start: str
    confirmed_on: dt.date


def stretches_of(runs: Iterable[Run], view: View) -> dict[Run, Stretch]:
    """Return the stretch of each run. One query for some dozens, which reads their acts."""
    wanted = dict.fromkeys(runs)
    acts = _acts(wanted, view)
    return {run: _stretch(run, acts) for run in wanted}


def _stretch(run: Run, acts: _Acts) -> Stretch:
    its_acts = [act for says in run.says for act in acts[run.government, says] if run.after < act[0] <= run.until]
    return Stretch(min(its_acts)[0], max(confirmed_on for _position, confirmed_on in its_acts))


def _acts(runs: Iterable[Run], view: View) -> _Acts:
    """Return position and last confirmed day of the acts in some runs."""
    floor = "" if view.as_of is None else facts.until(OPEN_START)
    spans = [
        (government, says, max(after, floor), until) for (government, says), (after, until) in _extents(runs).items()
    ]
    acts: dict[tuple[str, str], list[tuple[str, dt.date]]] = defaultdict(list)
    for start in range(0, len(spans), _MOST_SPANS):
        rows = StatusFact.objects.known(view.known_at).filter(pk__in=_within(spans[start : start + _MOST_SPANS]))
        for government, says, position, confirmed_on in rows.values_list(
            "government", "says", "position", "confirmed_on"
        ):
            acts[government, says].append((position, confirmed_on))
    return acts


def _extents(runs: Iterable[Run]) -> dict[tuple[str, str], tuple[str, str]]:
    """Return after which position and up to which to read, by government and sort.

    Where two runs have the same, one holds the other.
    """
    extents: dict[tuple[str, str], tuple[str, str]] = {}
    for run in runs:
        for says in run.says:
            after, until = extents.get((run.government, says), (run.after, run.until))
            extents[run.government, says] = min(after, run.after), max(until, run.until)
    return extents


def _within(spans: list[tuple[str, str, str, str]]) -> RawSQL:
    """Return the query for the keys of the facts within spans: government, sort, after which position, up to which."""
    statement = _WITHIN.format(spans=", ".join(["(%s, %s, %s, %s)"] * len(spans)))
    return RawSQL(statement, [value for span in spans for value in span])  # noqa: S611 - all values are parameters
