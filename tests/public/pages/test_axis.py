"""Where days stand on a chart, and what its axis names."""

import datetime as dt

import pytest

from casetracker.public.pages.axis import MOST_TICKS, Axis

LEAP_YEAR = Axis(dt.date(2024, 1, 1), dt.date(2024, 12, 31))


@pytest.mark.parametrize(
    ("day", "place"),
    [
        (dt.date(2024, 1, 1), 0),
        (dt.date(2024, 7, 2), 50),
        (dt.date(2024, 12, 31), 99.73),
        (dt.date(2023, 5, 1), 0),
        (dt.date(2025, 1, 1), 100),
        (dt.date(2030, 1, 1), 100),
    ],
)
def test_a_day_begins_at_its_place_and_never_beyond_the_ends(day, place):
    assert LEAP_YEAR.place(day) == place


@pytest.mark.parametrize(
    ("until", "last"),
    [
        (dt.date(2022, 11, 9), dt.date(2022, 11, 9)),
        (dt.date(2026, 1, 1), dt.date(2022, 11, 15)),
        (dt.date(2022, 10, 1), dt.date(2022, 11, 1)),
    ],
)
def test_an_axis_goes_from_the_month_of_the_first_day_to_a_little_after_the_last(until, last):
    days = [dt.date(2022, 11, 1), dt.date(2022, 9, 12)]
    assert Axis.over(days, until=until) == Axis(dt.date(2022, 9, 1), last)


def test_the_margin_of_a_long_axis_is_in_proportion():
    axis = Axis.over([dt.date(2013, 1, 1), dt.date(2025, 1, 1)], until=dt.date(2030, 1, 1))
    assert axis.last == dt.date(2026, 1, 1)


def test_there_is_no_day_after_the_last_one():
    assert Axis.over([dt.date.max], until=dt.date.max).last == dt.date.max
    assert Axis.over([dt.date.min], until=dt.date.min) == Axis(dt.date.min, dt.date.min)


def test_an_axis_without_days_is_of_one_month():
    assert Axis.over([], until=dt.date(2023, 3, 4)) == Axis(dt.date(2023, 3, 1), dt.date(2023, 3, 4))


def test_a_part_of_an_axis_goes_no_further_than_the_axis():
    part = LEAP_YEAR.clipped(dt.date(2023, 1, 1), dt.date(2024, 3, 31))
    assert part == Axis(dt.date(2024, 1, 1), dt.date(2024, 3, 31))
    assert part.shows(dt.date(2024, 3, 31))
    assert not part.shows(dt.date(2024, 4, 1))


def names(axis):
    return [f"{tick.month} {tick.year}".strip() for tick in axis.ticks()]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (dt.date(2022, 9, 20), ["Sept 2022"]),
        (dt.date(2023, 1, 20), ["Sept 2022", "Oct", "Nov", "Dec", "Jan 2023"]),
        (dt.date(2023, 8, 31), ["Sept 2022", "Nov", "Jan 2023", "Mar", "May", "Jul"]),
        (dt.date(2025, 6, 1), ["Jan 2023", "Jul", "Jan 2024", "Jul", "Jan 2025"]),
        (dt.date(2026, 11, 24), ["2023", "2024", "2025", "2026"]),
        (dt.date(2100, 1, 1), ["2040", "2060", "2080", "2100"]),
    ],
)
def test_it_names_months_while_they_fit_then_years(last, expected):
    found = names(Axis(dt.date(2022, 9, 1), last))
    assert len(found) <= MOST_TICKS
    assert found == expected


@pytest.mark.parametrize("last", [dt.date.min, dt.date(1, 12, 31), dt.date(2022, 9, 1), dt.date.max])
def test_no_span_is_too_short_or_too_long(last):
    axis = Axis(dt.date.min, last)
    assert len(axis.ticks()) <= MOST_TICKS
    assert axis.place(last) <= 100


def test_names_at_the_ends_are_not_cut_off():
    axis = Axis(dt.date(2022, 1, 1), dt.date(2026, 1, 10))
    assert [tick.anchor for tick in axis.ticks()] == ["start", "middle", "middle", "middle", "end"]
