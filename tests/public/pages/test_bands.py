"""The history of a status as bars and dots."""

import datetime as dt
from dataclasses import dataclass

import pytest

from casetracker.public import labels
from casetracker.public.pages import marks
from casetracker.public.pages.axis import Axis
from casetracker.public.pages.bands import LEAST_WIDTH, SHAPES, WITHOUT_STATUS, Act, Dot, band_of, legend_of

YEAR = Axis(dt.date(2023, 1, 1), dt.date(2023, 12, 31))


@dataclass
class Told:
    value: str = "closed"
    basis: str = "ordered"
    label: str = "Closure ordered"
    activity_continues: bool = False


@dataclass
class Span:
    from_: dt.date
    to: dt.date | None = None
    status: Told = None

    def __post_init__(self):
        self.status = self.status or Told()


def bars(*spans, axis=YEAR):
    return band_of(spans, [], axis).bars


def test_a_span_is_as_long_as_it_lasted():
    (first, second) = bars(Span(dt.date(2023, 1, 1), dt.date(2023, 3, 14)), Span(dt.date(2023, 3, 15)))
    assert (first.x, first.width, first.end) == (0, 20, 20)
    assert (second.x, second.end) == (20, 100)


def test_only_what_falls_on_the_axis_is_drawn():
    before, into, beyond = (
        Span(dt.date(2022, 1, 1), dt.date(2022, 12, 31)),
        Span(dt.date(2022, 1, 1), dt.date(2023, 7, 1)),
        Span(dt.date(2024, 1, 1)),
    )
    (bar,) = bars(before, into, beyond)
    assert (bar.x, bar.from_) == (0, dt.date(2022, 1, 1))


@pytest.mark.parametrize("day", [dt.date(2023, 6, 1), dt.date(2023, 12, 31)])
def test_a_day_can_be_seen_on_a_band_of_years(day):
    (bar,) = bars(Span(day, day))
    assert bar.width == LEAST_WIDTH
    assert bar.end <= 100


def test_every_status_has_a_shape_of_its_own_and_the_tone_of_its_mark():
    assert SHAPES.keys() == labels.STATUSES.keys()
    assert len({*SHAPES.values(), WITHOUT_STATUS}) == len(SHAPES) + 1
    for (value, basis), shape in SHAPES.items():
        (bar,) = bars(Span(dt.date(2023, 1, 1), status=Told(value, basis)))
        assert (bar.shape, bar.tone) == (shape, marks.STATUSES[value, basis].tone)


def test_a_response_without_a_status_is_a_line():
    (bar,) = bars(Span(dt.date(2023, 1, 1), status=Told("", "", "Responded", activity_continues=True)))
    assert (bar.shape, bar.tone, bar.label, bar.activity_continues) == (WITHOUT_STATUS, "none", "Responded", True)


def test_acts_of_a_place_are_one_dot_that_tells_whether_one_decides():
    acts = [
        Act(dt.date(2023, 1, 1), decides=False),
        Act(dt.date(2023, 1, 1), decides=True),
        Act(dt.date(2023, 7, 2), decides=False),
        Act(dt.date(2022, 12, 31), decides=True),
    ]
    assert band_of([], acts, YEAR).dots == [Dot(0, decides=True, number=2), Dot(50, decides=False, number=1)]


def test_ten_thousand_acts_are_no_more_dots_than_places():
    first = dt.date(1995, 1, 1)
    acts = [Act(first + dt.timedelta(days=number), decides=False) for number in range(10_000)]
    assert len(band_of([], acts, Axis(first, acts[-1].day)).dots) <= 201


def test_the_legend_explains_what_occurs_and_no_more():
    band = band_of([Span(dt.date(2023, 1, 1)), Span(dt.date(2023, 5, 1), status=Told("investigating", ""))], [], YEAR)
    legend = legend_of([band, band])
    assert [bar.label for bar in legend.bars] == ["Investigating", "Closure ordered"]
    assert not legend.continues
    going_on = band_of([Span(dt.date(2023, 1, 1), status=Told("", "", "", activity_continues=True))], [], YEAR)
    legend = legend_of([going_on])
    assert [bar.label for bar in legend.bars] == ["Responded, no inquiry or closure recorded"]
    assert legend.continues


def test_what_lasts_is_pale_but_for_the_days_that_are_confirmed():
    spans = [Span(dt.date(2022, 1, 1), dt.date(2022, 12, 31)), Span(dt.date(2023, 1, 1))]
    pale, confirmed = band_of(spans, [], YEAR, dt.date(2023, 3, 14)).bars
    assert (confirmed.x, confirmed.end, confirmed.is_pale) == (0, 20, False)
    assert (pale.x, pale.end, pale.is_pale) == (0, 100, True)
    assert legend_of([band_of(spans, [], YEAR, dt.date(2023, 3, 14))]).fades
    assert [bar.is_pale for bar in band_of(spans, [], YEAR, dt.date(2024, 3, 14)).bars] == [False]
