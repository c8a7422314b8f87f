"""What all governments did over time, on one axis: for each the history of its status and its responses."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext

from casetracker.places.countries import name_of
from casetracker.public.governments import Summary
from casetracker.public.pages.axis import Axis
from casetracker.public.pages.bands import Act, Band, band_of
from casetracker.public.pages.queries import Query
from casetracker.public.pages.spans import band_words
from casetracker.public.status import Segment, Status, facts
from casetracker.public.status.reading import deciding_facts
from casetracker.public.view import View

# Years offered to be looked at by themselves: the latest of them.
MOST_YEARS = 12


@dataclass(frozen=True)
class Row:
    """One government on the timeline: its status at the end, and its band."""

    code: str
    name: str
    status: Status
    first: dt.date
    band: Band

    @property
    def words(self) -> str:
        """The band in words."""
        return band_words(self.band)


def acts_of(which: Q, view: View) -> dict[str, list[Act]]:
    """Return the responses about some governments, by code and in order of time: each on the day it counts from.

    Several of a day are one act, which decides if one of them does. One query.
    """
    told = deciding_facts(which, view, (facts.RECORDED, *facts.DECIDING)).values_list("government", "position", "says")
    days: dict[str, dict[dt.date, bool]] = defaultdict(dict)
    for government, position, says in told:
        day = facts.day_of(position)
        if day:
            days[government][day] = days[government].get(day, False) or says in facts.DECIDING
    return {
        government: [Act(day, decides) for day, decides in sorted(its_days.items())]
        for government, its_days in days.items()
    }


def rows_of(
    summaries: list[Summary], acts: Mapping[str, list[Act]], spans: Mapping[str, list[Segment]], axis: Axis
) -> list[Row]:
    """Return the governments of which something falls on the axis."""
    rows = [_row(summary, acts.get(summary.code, []), spans.get(summary.code, []), axis) for summary in summaries]
    return [row for row in rows if row is not None]


def _row(summary: Summary, acts: list[Act], spans: list[Segment], axis: Axis) -> Row | None:
    band = band_of(spans, acts, axis, summary.status.last_confirmed)
    if not band.bars and not band.dots:
        return None
    first = min([act.day for act in acts] + [span.from_ for span in spans])
    return Row(summary.code, name_of(summary.code), summary.status, first, band)


@dataclass(frozen=True)
class Period:
    """A part of the time, and the query of the page that shows it alone."""

    label: str
    query: str
    is_chosen: bool


def periods_of(days: Iterable[dt.date], query: Query, name: str) -> list[Period]:
    """Return all of the time, and the latest years in which something happened; none if it was one year."""
    years = sorted({day.year for day in days})[-MOST_YEARS:]
    if len(years) == 1:
        return []
    chosen = query.given.get(name, "")
    whole = Period(gettext("All years"), query.without(name).urlencode(), is_chosen=not chosen)
    parts = [Period(str(year), query.with_value(name, str(year)).urlencode(), chosen == str(year)) for year in years]
    return [whole, *parts]
