"""Dates as people write them: how each is read, what is asked, what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.core.dates import REMEDY, parse_edtf
from casetracker.core.typed_dates import MOST_CHARACTERS, AmbiguousDate, read_date
from casetracker.core.typed_dates.words import months
from tests.core.test_dates import BOUNDS

READ = {
    # figures
    "26-10-2022": "2022-10-26",
    "26.10.2022": "2022-10-26",
    "26/10/2022": "2022-10-26",
    "10/26/2022": "2022-10-26",
    "26 10 2022": "2022-10-26",
    "03/03/2022": "2022-03-03",
    "2022/10/26": "2022-10-26",
    "2022.10.26": "2022-10-26",
    "2022-1-5": "2022-01-05",
    "10/2022": "2022-10",
    "2022/10": "2022-10",
    "２０２２/１０": "2022-10",
    # months by name
    "Oct 2022": "2022-10",
    "oct. 2022": "2022-10",
    "Sept 2022": "2022-09",
    "2022 October": "2022-10",
    "in October of 2022": "2022-10",
    "Oct '22": "2022-10",
    "Oct ’98": "1998-10",
    "26 Oct 2022": "2022-10-26",
    "26Oct2022": "2022-10-26",
    "October 26, 2022": "2022-10-26",
    "Wednesday, 26th of October 2022": "2022-10-26",
    "woensdag 26 oktober 2022": "2022-10-26",
    "mei 2022": "2022-05",
    "1 mrt 2022": "2022-03-01",
    "26. Oktober 2022": "2022-10-26",
    "1er mars 2022": "2022-03-01",
    "26 de octubre de 2022": "2022-10-26",
    "3 d’octubre de 2022": "2022-10-03",
    "26 октября 2022": "2022-10-26",
    "26 Ağustos 2022": "2022-08-26",
    # Chinese
    "2022年": "2022",
    "2022年10月": "2022-10",
    "2022 年 10 月 26 日": "2022-10-26",
    "2022年10月26号": "2022-10-26",
    "二〇二二年十月二十六日": "2022-10-26",
    "二零二二年三月三十一日": "2022-03-31",
    "2022年10月左右": "2022-10~",
    "约2022年10月": "2022-10~",
    "可能2022年": "2022?",
    "2022年以前": "../2021",
    "2022年10月以来": "2022-10/..",
    "2022年以后": "2023/..",
    "截至2022年10月": "../2022-10",
    "2022年10月至2023年1月": "2022-10/2023-01",
    "2022年10月至11月": "2022-10/2022-11",
    "2022年秋季": "2022-09/2022-11",
    # doubt and approximation
    "about Oct 2022": "2022-10~",
    "circa 2022": "2022~",
    "c. 2022": "2022~",
    "ca. 26-10-2022": "2022-10-26~",
    "omstreeks oktober 2022": "2022-10~",
    "~Oct 2022": "2022-10~",
    "Oct 2022?": "2022-10?",
    "2022 ?": "2022?",
    "2022 (?)": "2022?",
    "possibly Oct 2022": "2022-10?",
    # open intervals
    "since Oct 2022": "2022-10/..",
    "from October 2022 onwards": "2022-10/..",
    "sinds okt 2022": "2022-10/..",
    "Oct 2022/..": "2022-10/..",
    "until 26-10-2022": "../2022-10-26",
    "by Oct 2022": "../2022-10",
    "t/m okt 2022": "../2022-10",
    "../Oct 2022": "../2022-10",
    "before 2022": "../2021",
    "before January 2022": "../2021-12",
    "vóór 1 maart 2024": "../2024-02-29",
    "after December 2022": "2023-01/..",
    "after 31 Dec 2022": "2023-01-01/..",
    "after about 2022": "2023~/..",
    # closed ones
    "between Oct 2022 and January 2023": "2022-10/2023-01",
    "tussen okt 2022 en jan 2023": "2022-10/2023-01",
    "from May 2020 to June 2021": "2020-05/2021-06",
    "van mei 2020 tot en met juni 2021": "2020-05/2021-06",
    "Oct 2022 – Jan 2023": "2022-10/2023-01",
    "2022-10 - 2023-01": "2022-10/2023-01",
    "2019-2022": "2019/2022",
    "2019–2022": "2019/2022",
    "26–28 October 2022": "2022-10-26/2022-10-28",
    "Sept/Oct 2022": "2022-09/2022-10",
    "between September and November 2022": "2022-09/2022-11",
    "about 2019 to 2022": "2019~/2022",
    "the 2010s": "2010/2019",
    "Q3 2022": "2022-07/2022-09",
    "winter 2022/23": "2022-12/2023-02",
    "winter 2022-2023": "2022-12/2023-02",
}

SEASONS = {
    "spring 2022": ("2022-03/2022-05", "2022-09/2022-11"),
    "autumn 2022": ("2022-09/2022-11", "2022-03/2022-05"),
    "fall of 2022": ("2022-09/2022-11", "2022-03/2022-05"),
    "herfst 2022": ("2022-09/2022-11", "2022-03/2022-05"),
    "summer 2022": ("2022-06/2022-08", "2022-12/2023-02", "2021-12/2022-02"),
    "about autumn 2022": ("2022-09~/2022-11~", "2022-03~/2022-05~"),
    "since autumn 2022": ("2022-09/..", "2022-03/.."),
}

ASKED = {
    "03/04/2022": ("2022-04-03", "2022-03-04"),
    "3.4.2022": ("2022-04-03", "2022-03-04"),
    "03-04-2022": ("2022-04-03", "2022-03-04"),
    "about 03/04/2022": ("2022-04-03~", "2022-03-04~"),
    "since 03/04/2022": ("2022-04-03/..", "2022-03-04/.."),
    "between 03/04/2022 and 05/04/2022": ("2022-04-03/2022-04-05", "2022-03-04/2022-05-04"),
    "26-10-22": ("2022-10-26", "2026-10-22"),
    "winter 2022": ("2022-12/2023-02", "2021-12/2022-02", "2022-06/2022-08"),
    "listopad 2022": ("2022-10", "2022-11"),  # October in Croatian, November in Polish
}

REFUSED = [
    "yesterday",
    "last autumn",
    "5 December",
    "Oct 22",
    "early 2022",
    "2022-10-26T10:00:00Z",
    "20221026",
    "about 2022?",
    "about ~2022",
    "before 0001",
    "after 9999",
    "autumn 2022/23",
    "Oct Nov 2022",
    "26 27 Oct 2022",
    "before and after 2022",
    "since until 2022",
    "2022 Oct ; drop",
    "\x00",
    "Oct 2022" + " " * MOST_CHARACTERS + "x",
]


@pytest.mark.parametrize(("typed", "edtf"), READ.items())
def test_a_date_is_read_as_people_write_it(typed, edtf):
    assert read_date(typed).text == edtf
    assert read_date(typed.upper()).text == edtf


@pytest.mark.parametrize(("typed", "readings"), SEASONS.items())
def test_a_season_is_that_of_the_north_and_says_what_it_is_in_the_south(typed, readings):
    date = read_date(typed)
    assert (date.text, *date.others) == readings


@pytest.mark.parametrize(("typed", "choices"), ASKED.items())
def test_what_can_be_read_in_two_ways_is_asked(typed, choices):
    with pytest.raises(AmbiguousDate) as asked:
        read_date(typed)
    assert asked.value.choices == choices
    assert all(choice in str(asked.value) for choice in choices)


@pytest.mark.parametrize("typed", REFUSED)
def test_anything_else_is_refused_with_the_remedy(typed):
    with pytest.raises(ValueError, match="Write a date as 2022") as refusal:
        read_date(typed)
    assert not isinstance(refusal.value, AmbiguousDate)


@pytest.mark.parametrize(
    ("typed", "day"), [("31-02-2022", "2022-02-31"), ("32 Oct 2022", "2022-10-32"), ("13/13/2022", "2022-13-13")]
)
def test_a_day_that_does_not_exist_is_named(typed, day):
    with pytest.raises(ValueError, match=f"“{day}” is no day, month or year") as refusal:
        read_date(typed)
    assert str(REMEDY) in str(refusal.value)


@pytest.mark.parametrize("typed", ["January 2023 to Oct 2022", "2023/2022"])
def test_an_interval_that_ends_before_it_begins_is_refused(typed):
    with pytest.raises(ValueError, match="ends before it begins"):
        read_date(typed)


@pytest.mark.parametrize("edtf", BOUNDS)
def test_edtf_passes_as_it_is(edtf):
    assert (read_date(f" {edtf} ").text, read_date(edtf).others) == (edtf, ())


def test_names_of_months_mean_one_month_in_the_desks_own_languages():
    own = ("january", "maart", "mei", "okt", "三月")
    assert [months()[name] for name in own if name in months()] == [(1,), (3,), (5,), (10,), (3,)]


days = st.dates()
marks = st.sampled_from(["", "about ", "since ", "before ", "after ", "until ", "sinds ", "possibly "])
names = st.sampled_from([name for name, numbers in months().items() if len(numbers) == 1])


@given(days, marks)
def test_every_day_is_read_whatever_stands_before_it(day, mark):
    typed = f"{mark}{day.day} {day:%B} {day.year:04}"
    try:
        date = read_date(typed)
    except ValueError:
        assert mark in ("before ", "after "), "only what lies before the first day or after the last is none"
        assert day.year in (1, 9999)
        return
    assert parse_edtf(date.text).text == date.text


@given(names, st.integers(1000, 9999))
def test_every_name_of_a_month_is_read(name, year):
    assert read_date(f"{name} {year}").text == f"{year}-{months()[name][0]:02}"


words = ["winter", "autumn", "about", "since", "before", "to", "and", "between", "Oct", "listopad", "Q3", "'22", "0s"]
signs = ["?", "~", "-", "/", ".", "..", "年", "月", "日", "至", "十", "以前", "左右", "９"]
pieces = st.sampled_from([*words, *signs, "2022", "10", "3", "26"])


@given(st.lists(pieces, max_size=9).map("".join) | st.lists(pieces, max_size=9).map(" ".join) | st.text(max_size=20))
def test_whatever_is_returned_is_edtf_of_an_allowed_form(typed):
    try:
        date = read_date(typed)
    except AmbiguousDate as asked:
        readings = asked.choices
        assert len(readings) > 1
    except ValueError:
        return
    else:
        readings = (date.text, *date.others)
    assert [parse_edtf(reading).text for reading in readings] == list(readings)
    assert all(len(reading) <= 25 for reading in readings)
