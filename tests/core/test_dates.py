"""Dates as sources give them: which forms are taken, and which days each allows."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from casetracker.core.dates import REMEDY, EdtfField, bounds_of, latest_day, parse_edtf, validate_edtf

BOUNDS = {
    "2022": ("2022-01-01", "2022-12-31"),
    "2022-10": ("2022-10-01", "2022-10-31"),
    "2022-02": ("2022-02-01", "2022-02-28"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "2022-10-26": ("2022-10-26", "2022-10-26"),
    "2022?": ("2022-01-01", "2022-12-31"),
    "2022~": ("2022-01-01", "2022-12-31"),
    "2022-10?": ("2022-10-01", "2022-10-31"),
    "2022-10~": ("2022-10-01", "2022-10-31"),
    "2022-10-26?": ("2022-10-26", "2022-10-26"),
    "2022-10-26~": ("2022-10-26", "2022-10-26"),
    "2022-10/2023-01": ("2022-10-01", "2023-01-31"),
    "2022?/2023-01-05~": ("2022-01-01", "2023-01-05"),
    "2022-10/2022": ("2022-10-01", "2022-12-31"),
    "2022-10-26/2022-10-26": ("2022-10-26", "2022-10-26"),
    "2022-10/..": ("2022-10-01", None),
    "2022~/..": ("2022-01-01", None),
    "../2022-10": (None, "2022-10-31"),
    "../2022-10-26?": (None, "2022-10-26"),
    "0001": ("0001-01-01", "0001-12-31"),
    "9999-12-31": ("9999-12-31", "9999-12-31"),
}

NO_DAY = [
    "2022-13",
    "2022-00",
    "2022-02-30",
    "2023-02-29",
    "2022-10-00",
    "2022-10-32",
    "0000",
    "2022-13/..",
    "../2022-04-31",
]
OTHER_FORMS = [
    "",
    "yesterday",
    "22",
    "20222",
    "-2022",
    "+2022",
    "Y20220",
    "2022-1",
    "2022-1-1",
    "2022-10-26T10:00:00Z",
    "20221026",
    "26-10-2022",
    "2022/10/26",
    "2022-21",
    "202X",
    "2022-XX",
    "2022-10-XX",
    "201",
    "2022%",
    "2022?~",
    "?2022",
    "2022-?10",
    "2022-10?-26",
    "2022-10 /2023",
    "2022 - 10",
    "2022/",
    "/2022",
    "2022//2023",
    "2022/2023/2024",
    "../..",
    "..",
    "/",
    "../?",
    "[2022,2023]",
    "{2022,2023}",
    "2022..2023",
    "[..2022]",
    "２０２２",
    "٢٠٢٢-١٠",
    "2022-10\n2022-11",
    "2022\x00",
]


def _day(text):
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "bounds"), BOUNDS.items())
def test_each_form_has_its_first_and_last_day(text, bounds):
    date = parse_edtf(text)
    assert date.text == text, "doubt and approximation are kept"
    assert (date.earliest, date.latest) == tuple(map(_day, bounds))


def test_blanks_around_are_dropped():
    assert parse_edtf("  2022-10~ \n").text == "2022-10~"


@pytest.mark.parametrize("text", [*NO_DAY, *OTHER_FORMS])
def test_every_other_text_is_refused_with_the_remedy(text):
    with pytest.raises(ValueError, match="Write a date as 2022") as refusal:
        parse_edtf(text)
    assert str(REMEDY) in str(refusal.value)


@pytest.mark.parametrize("text", NO_DAY)
def test_a_day_that_does_not_exist_is_named(text):
    wrong = text.strip("./")
    with pytest.raises(ValueError, match=f"“{wrong}” is no day, month or year"):
        parse_edtf(text)


@pytest.mark.parametrize("text", ["2023/2022", "2022-10/2022-09", "2022-10-27/2022-10-26", "2023?/2022-12~"])
def test_an_interval_that_ends_before_it_begins_is_refused(text):
    with pytest.raises(ValueError, match=r"ends before it begins\. Swap its two dates\."):
        parse_edtf(text)


singles = st.dates().flatmap(lambda day: st.sampled_from([f"{day:%Y}".zfill(4), day.isoformat()[:7], day.isoformat()]))
marked = st.tuples(singles, st.sampled_from(["", "?", "~"])).map("".join)


@settings(max_examples=50)
@given(marked)
def test_a_date_lies_within_its_bounds(text):
    date = parse_edtf(text)
    bare = text.rstrip("?~")
    assert date.text == text
    assert date.earliest <= date.latest
    assert date.earliest.isoformat().startswith(bare)
    assert date.latest.isoformat().startswith(bare)


@settings(max_examples=40)  # The grammar is slow.
@given(marked, marked)
def test_an_interval_spans_both_its_dates(start, end):
    try:
        date = parse_edtf(f"{start}/{end}")
    except ValueError:
        assert parse_edtf(start).earliest > parse_edtf(end).latest
    else:
        assert (date.earliest, date.latest) == (parse_edtf(start).earliest, parse_edtf(end).latest)


@given(st.text("0123456789-/.?~XY[]{} %", max_size=24) | st.text(max_size=12))
def test_any_text_is_either_taken_as_it_is_or_refused(text):
    try:
        date = parse_edtf(text)
    except ValueError:
        return
    assert date.text == text.strip()
    assert parse_edtf(date.text) == date


class TestField:
    @pytest.mark.parametrize(("given", "stored"), [(" 2022~ ", "2022~"), ("", ""), (None, "")])
    def test_the_text_is_stored_without_blanks(self, given, stored):
        assert EdtfField(blank=True).clean(given, None) == stored

    def test_an_empty_date_is_refused_where_one_is_needed(self):
        with pytest.raises(ValidationError):
            EdtfField().clean("", None)

    def test_a_bad_date_is_refused_with_the_remedy(self):
        with pytest.raises(ValidationError, match="no day, month or year") as refusal:
            EdtfField().clean("2022-13", None)
        assert str(REMEDY) in refusal.value.messages[0]

    def test_the_longest_form_fits(self):
        assert EdtfField().clean("2022-10-26?/2022-10-27?", None)


def test_an_empty_text_has_no_days():
    assert bounds_of("") == (None, None)
    assert latest_day("") is None


def test_the_last_day_of_an_open_interval_is_not_known():
    assert bounds_of("2022/..") == (dt.date(2022, 1, 1), None)
    assert latest_day("2022/..") is None
    assert latest_day("2022-10") == dt.date(2022, 10, 31)


def test_the_validator_passes_good_dates():
    validate_edtf("2022/..")
