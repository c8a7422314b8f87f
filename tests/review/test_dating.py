"""Since when something has surely been so."""

import datetime as dt

import pytest

from casetracker.core.dates import EdtfField
from casetracker.review.dating import counts_from, first_sure_day
from casetracker.review.kinds import all_kinds


def content(*published, stance="supports", kind="", **fields):
    cited = [{"stance": stance, "source": {"published": day}} for day in published]
    return {"kind": kind, "fields": fields, "citations": cited}


@pytest.mark.parametrize(
    ("date", "published", "first_day"),
    [
        # A day is a day, however late it was reported.
        ("2022-11-01", ["2022-12-05"], "2022-11-01"),
        ("2022-11-01", [], "2022-11-01"),
        # A vague date proves nothing early: it had surely happened on its last day.
        ("2022-11", [], "2022-11-30"),
        ("2022", [], "2022-12-31"),
        ("2022-11~", [], "2022-11-30"),
        ("2022-10-26/2022-11-02", [], "2022-11-02"),
        # A source that tells of it had appeared after it.
        ("2022", ["2022-11-07"], "2022-11-07"),
        ("2022", ["2023-02-01", "2022-11-07", "2022-12-05"], "2022-11-07"),
        ("2022", ["2022-11"], "2022-11-30"),
        ("2022", [""], "2022-12-31"),
        ("2022-10/..", ["2022-11-07"], "2022-11-07"),
        ("../2022-11", ["2022-10-07"], "2022-10-07"),
        # A source from before it can have happened tells of something else.
        ("2022-11-01", ["2022-09-12"], "2022-11-01"),
        ("2022-11", ["2022-09-12", "2022-11-07"], "2022-11-07"),
        ("2022-11/..", ["2022-09-12"], None),
        # Without a date, the sources alone tell.
        ("", ["2022-12-05", "2022-11"], "2022-11-30"),
        # Nothing gives a day.
        ("", [], None),
        ("2022-10/..", [], None),
        ("2022-10/..", ["2022-10/.."], None),
    ],
)
def test_examples(date, published, first_day):
    assert first_sure_day(content(*published), date) == (dt.date.fromisoformat(first_day) if first_day else None)


@pytest.mark.parametrize("stance", ["disputes", "denies", "mentions"])
def test_only_sources_that_support_it_date_it(stance):
    assert first_sure_day(content("2022-11-07", stance=stance), "2022") == dt.date(2022, 12, 31)


@pytest.mark.parametrize(
    ("kind", "fields", "first_day"),
    [
        ("station", {"first_reported": "2022-09", "opened": "2018"}, "2022-09-30"),
        ("station", {"first_reported": "", "opened": "2018"}, "2022-12-05"),
        ("claim", {"as_of": "2022-09", "period": "2021-04/2022-07"}, "2022-09-30"),
        ("response", {"date": "2022-11-01", "last_known_true": "2022-11-05"}, "2022-11-01"),
        ("agreement", {"signed": "2015-09-24", "in_force_from": "2016-05"}, "2015-09-24"),
        ("agreement", {"signed": "", "in_force_from": "2016-05"}, "2016-05-31"),
        ("agreement", {"signed": "", "in_force_from": "", "in_force_to": "2016"}, "2022-12-05"),
    ],
)
def test_each_kind_has_its_date(kind, fields, first_day):
    assert counts_from(content("2022-12-05", kind=kind, **fields)) == dt.date.fromisoformat(first_day)


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_each_kind_says_by_which_dates_it_counts(kind):
    assert kind.dates
    for name in kind.dates:
        assert isinstance(kind.model._meta.get_field(name), EdtfField)
        assert name in kind.fields
