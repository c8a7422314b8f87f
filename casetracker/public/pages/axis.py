"""Where a day stands on a chart, and which days the axis of the chart names.

Places are per cent of the width, so that a chart fills a phone and a wide screen alike and its words keep their size.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from babel.dates import format_skeleton

from casetracker.public.pages.dates import page_locale

# More names than these run into each other on a phone.
MOST_TICKS = 6
# Months from one tick to the next: the first that gives no more than that.
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 24000)
_YEAR = 12
# How much of an axis lies after the last day.
_LEAST_MARGIN = dt.timedelta(days=14)
_MARGIN_PART = 12


@dataclass(frozen=True)
class Tick:
    """The first day of a month, named on the axis. `year` is empty where the tick before says it."""

    place: float
    month: str
    year: str

    @property
    def anchor(self) -> str:
        """How its name stands to the place, in the words of SVG: a name at the end would be cut off."""
        if self.place > 90:
            return "end"
        return "start" if self.place < 4 else "middle"


@dataclass(frozen=True)
class Axis:
    """The days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    @classmethod
    def over(cls, days: Iterable[dt.date], *, until: dt.date) -> Self:
        """Return the axis from the month of the first of `days` to a little after the last, if `until` is not before.

        What lasted beyond is seen to go on; years in which nothing happened would press the rest together.
        """
        known = sorted(days) or [until]
        first, last = known[0].replace(day=1), known[-1]
        margin = max(_LEAST_MARGIN, (last - first) / _MARGIN_PART)
        return cls(first, last + min(margin, max(until - last, dt.timedelta())))

    def clipped(self, first: dt.date, last: dt.date) -> "Axis":
        """Return the part of it between two days. They must overlap."""
        return Axis(max(self.first, first), min(self.last, last))

    def shows(self, day: dt.date) -> bool:
        """Tell whether a day is on it."""
        return self.first <= day <= self.last

    def place(self, day: dt.date) -> float:
        """Return where a day begins, in per cent; a day beyond an end stands at that end."""
        length = (self.last - self.first).days + 1
        offset = min(max((day - self.first).days, 0), length)
        return round(100 * offset / length, 2)

    def ticks(self) -> list[Tick]:
        """Return the first days of months that the axis names, in even steps."""
        months = range(_month_number(self.first), _month_number(self.last) + 1)
        step = next((step for step in _STEPS if _multiples(months, step) <= MOST_TICKS), _STEPS[-1])
        ticks: list[Tick] = []
        for number in months:
            day = dt.date(number // _YEAR, number % _YEAR + 1, 1)
            if number % step == 0 and self.shows(day):
                ticks.append(self._tick(day, step, is_first=not ticks))
        return ticks

    def _tick(self, day: dt.date, step: int, *, is_first: bool) -> Tick:
        year = str(day.year)
        if step >= _YEAR:
            return Tick(self.place(day), "", year)
        month = format_skeleton("MMM", day, locale=page_locale())
        return Tick(self.place(day), month, year if is_first or day.month == 1 else "")


def _month_number(day: dt.date) -> int:
    return day.year * _YEAR + day.month - 1


def _multiples(months: range, step: int) -> int:
    """Return how many of some numbers can be divided by `step`."""
    return (months.stop - 1) // step - (months.start - 1) // step
