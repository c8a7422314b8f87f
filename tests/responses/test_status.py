"""From which day a response counts."""

import datetime as dt

import pytest

from responses.status import counts_from


def content(date, *published, stance="supports"):
    cited = [{"stance": stance, "source": {"published": day}} for day in published]
    return {"fields": {"date": date}, "citations": cited}


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
        # Nothing gives a day.
        ("2022-10/..", [], None),
        ("2022-10/..", ["2022-10/.."], None),
    ],
)
def test_examples(date, published, first_day):
    assert counts_from(content(date, *published)) == (dt.date.fromisoformat(first_day) if first_day else None)


@pytest.mark.parametrize("stance", ["disputes", "denies", "mentions"])
def test_only_sources_that_support_it_date_it(stance):
    assert counts_from(content("2022", "2022-11-07", stance=stance)) == dt.date(2022, 12, 31)
