"""Dates in words: as precise as they are known."""

import datetime as dt

import pytest
from django.utils.translation import override

from casetracker.public.pages.dates import date_element, date_words, is_one_day, moment_element


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("2022", "2022"),
        ("2022-10", "October 2022"),
        ("2022-09-05", "5 September 2022"),
        ("2022?", "2022 (doubtful)"),
        ("2022-10~", "about October 2022"),
        ("2022-10-26?", "26 October 2022 (doubtful)"),
        ("2022/2023", "between 2022 and 2023"),
        ("2022-10~/2023-01-02", "between about October 2022 and 2 January 2023"),
        ("2022-10/..", "October 2022 or later"),
        ("../2022-10-26", "26 October 2022 or earlier"),
    ],
)
def test_dates_are_read_as_people_say_them(text, expected):
    assert date_words(text) == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("nl", "26 oktober 2022"), ("zh-hans", "2022年10月26日"), ("de", "26. Oktober 2022")]
)
def test_dates_follow_the_language_of_the_page(language, expected):
    with override(language):
        assert date_words("2022-10-26") == expected


def test_machines_get_the_exact_form_where_there_is_one():
    assert date_element("2022-10") == '<time datetime="2022-10">October 2022</time>'
    assert date_element("2022-10~") == "about October 2022"
    assert date_element("2022/2023") == "between 2022 and 2023"
    assert date_element("") == ""


def test_moments_are_given_in_utc():
    moment = dt.datetime(2022, 12, 31, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-2)))
    assert moment_element(moment) == ('<time datetime="2023-01-01T01:30:00+00:00">1 January 2023, 01:30 UTC</time>')


@pytest.mark.parametrize(("text", "expected"), [("2022-10-26", True), ("2022-10-26?", False), ("2022-10", False)])
def test_one_day_is_told_from_a_vague_date(text, expected):
    assert is_one_day(text) is expected
