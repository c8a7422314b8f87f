"""The history of a government's status as a band: one bar for each span, and a mark for each response below.

Pure geometry. What a bar looks like follows the marks that stand beside words (`pages.marks`): the same tone, and
filled, half filled, open or dashed as they are. An inquiry is round, a closure tall, no action low: no colour
speaks alone.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from casetracker.public.labels import NO_STATUS, STATUSES
from casetracker.public.pages import marks
from casetracker.public.pages.axis import Axis

# Per cent of the width. A bar of a day could not be seen on a band of years.
LEAST_WIDTH = 0.8
# Marks closer to each other than this are drawn as one.
MARK_STEP = 0.5
_DAY = dt.timedelta(days=1)


class Shape(NamedTuple):
    """How a bar looks: where it begins and how tall it is, in pixels; how it is filled, and how round it is."""

    top: float
    height: float
    fill: str
    radius: float = 0

    @property
    def middle(self) -> float:
        """Half way down: where a half filled bar begins to be filled."""
        return self.top + self.half

    @property
    def half(self) -> float:
        """Half of the height."""
        return self.height / 2


SHAPES = {
    ("investigating", ""): Shape(5, 14, "full", radius=5),
    ("closed", "ordered"): Shape(3, 18, "half"),
    ("closed", "claimed"): Shape(3, 18, "dashed"),
    ("closed", "confirmed"): Shape(3, 18, "full"),
    ("no_action", "declined"): Shape(7, 10, "barred"),
    ("no_action", "none_announced"): Shape(7, 10, "open"),
    ("no_action", "nothing_found"): Shape(7, 10, "half"),
    ("no_action", "inquiry_ended"): Shape(7, 10, "full"),
}
# Responded without an inquiry or a closure.
WITHOUT_STATUS = Shape(11, 2, "dotted")


class Told(Protocol):
    """What a band needs to know of a status."""

    @property
    def value(self) -> str:
        """Its code."""

    @property
    def basis(self) -> str:
        """The code of its basis."""

    @property
    def label(self) -> str:
        """Both in words."""

    @property
    def activity_continues(self) -> bool:
        """Whether activity is reported to continue in spite of it."""


class Span(Protocol):
    """A status from one day to another, both included; `to` is None while it lasts."""

    @property
    def from_(self) -> dt.date:
        """Its first day."""

    @property
    def to(self) -> dt.date | None:
        """Its last day."""

    @property
    def status(self) -> Told:
        """What was the case."""


@dataclass(frozen=True)
class Bar:
    """One span on the axis, drawn from `x` on, in per cent. `from_` and `to` may lie beyond the axis.

    `is_pale` where the span lasts, but no act confirms it any more: what is confirmed is drawn over it.
    """

    x: float
    width: float
    shape: Shape
    tone: str
    label: str
    activity_continues: bool
    from_: dt.date
    to: dt.date | None
    is_pale: bool = False

    @property
    def end(self) -> float:
        """Where it ends, in per cent."""
        return round(self.x + self.width, 2)


class Act(NamedTuple):
    """One response: the day on which it is drawn, and whether it sets the status of a country."""

    day: dt.date
    decides: bool


class Dot(NamedTuple):
    """One or more responses at a place. It `decides` if one of them does."""

    x: float
    decides: bool
    number: int


@dataclass(frozen=True)
class Band:
    """What is drawn for one government."""

    bars: list[Bar]
    dots: list[Dot]


@dataclass(frozen=True)
class Legend:
    """The kinds of bars that occur on some bands, and whether activity continues or a bar is pale in one of them."""

    bars: list[Bar]
    continues: bool
    fades: bool


def band_of(spans: Iterable[Span], acts: Iterable[Act], axis: Axis, confirmed_on: dt.date | None = None) -> Band:
    """Return the bars and dots that fall on an axis. The last span is pale but for the days that acts confirm."""
    bars: list[Bar] = []
    for span in spans:
        fades = confirmed_on is not None and span.to is None and span.from_ <= confirmed_on < axis.last
        bars += _bars(span, axis, span.to, is_pale=fades)
        if fades:
            bars += _bars(span, axis, confirmed_on)
    return Band(bars, _dots(acts, axis))


def legend_of(bands: Iterable[Band]) -> Legend:
    """Return what bands need to have explained: each kind of bar once, in the order of the closed list."""
    bars = [bar for band in bands for bar in band.bars]
    used = {bar.shape for bar in bars}
    kinds = [*STATUSES.items(), (("", ""), NO_STATUS["responded"])]
    shown = [_sample(*key, label) for key, label in kinds if SHAPES.get(key, WITHOUT_STATUS) in used]
    return Legend(shown, any(bar.activity_continues for bar in bars), any(bar.is_pale for bar in bars))


def _sample(value: str, basis: str, label: str) -> Bar:
    """Return a bar for the legend. Drawn a little inside, so that its outline is not cut off."""
    shape = SHAPES.get((value, basis), WITHOUT_STATUS)
    return Bar(4, 92, shape, tone_of(value, basis), label, activity_continues=False, from_=dt.date.min, to=None)


def tone_of(value: str, basis: str) -> str:
    """Return the tone of a status, or of having none."""
    return marks.STATUSES[value, basis].tone if value else "none"


def _bars(span: Span, axis: Axis, last: dt.date | None, *, is_pale: bool = False) -> list[Bar]:
    """Return the bar for a span up to its `last` day; none if that is not on the axis."""
    if span.from_ > axis.last or (last is not None and last < axis.first):
        return []
    status, start = span.status, axis.place(span.from_)
    end = 100.0 if last is None else axis.place(last + _DAY)
    width = max(round(end - start, 2), LEAST_WIDTH)
    bar = Bar(
        x=min(start, 100 - width),
        width=width,
        shape=SHAPES.get((status.value, status.basis), WITHOUT_STATUS),
        tone=tone_of(status.value, status.basis),
        label=status.label,
        activity_continues=status.activity_continues,
        from_=span.from_,
        to=span.to,
        is_pale=is_pale,
    )
    return [bar]


def _dots(acts: Iterable[Act], axis: Axis) -> list[Dot]:
    """Return the acts on the axis by place. However many there are, the band stays small."""
    places: dict[float, Dot] = {}
    for act in acts:
        if axis.shows(act.day):
            place = round(round(axis.place(act.day) / MARK_STEP) * MARK_STEP, 2)
            there = places.get(place, Dot(place, decides=False, number=0))
            places[place] = Dot(place, there.decides or act.decides, there.number + 1)
    return [places[place] for place in sorted(places)]
