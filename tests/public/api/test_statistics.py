"""Numbers about all governments, on a day and between two days."""

import pytest
from django.conf import settings

from tests.factories.publications import closed, investigating, no_action, publish_response, publish_station


@pytest.fixture
def world(db):
    publish_station(1)
    publish_station(2, country="BR")
    publish_response(1, **investigating(), date="2022-10-25")
    publish_response(2, **closed("ordered"), date="2022-11-01")
    publish_response(3, concerns="HU", responder="HU", date="2022-10-31", kind="denial")
    publish_response(4, **no_action(), concerns="IT", responder="IT", date="2022-12-05")
    publish_response(5, **investigating(), concerns="IT", responder="IT", date="2022-12-07")
    accused = settings.ACCUSED_STATE
    publish_response(6, **investigating(), concerns=accused, responder=accused, date="2022-12-08")


def counts(body):
    found = {row["value"]: row["count"] for row in body["statuses"]}
    return found | {row["reason"]: row["count"] for row in body["without_status"]}


@pytest.mark.usefixtures("world")
def test_governments_are_counted_by_status_and_by_basis(get):
    body = get("statistics/").json()
    assert counts(body) == {"investigating": 1, "closed": 1, "no_action": 0, "responded": 1, "no_response": 1}
    bases = {row["value"]: {basis["basis"]: basis["count"] for basis in row["bases"]} for row in body["statuses"]}
    assert bases["closed"] == {"ordered": 1, "claimed": 0, "confirmed": 0}
    assert bases["investigating"] == {}
    assert (body["governments"], body["stations"], body["countries"], body["responses"]) == (4, 2, 2, 5)
    assert body["inquiries_running"] == 2
    assert body["compared"] is None


@pytest.mark.usefixtures("world")
def test_the_numbers_are_said_in_sentences(get):
    assert get("statistics/?as_of=2022-12-06").json()["sentences"] == [
        "2 stations are listed in 2 countries.",
        "0 governments are investigating.",
        "A closure is recorded for 1 government: closure ordered 1.",
        "1 government takes no action: no inquiry announced 1.",
        "1 government responded without an inquiry or a closure.",
        "No response is recorded for 1 government.",
        "An inquiry of 1 government is running, whatever else it did.",
    ]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("as_of=2022-10-24", (0, 0, 0)),
        ("as_of=2022-10-31", (1, 0, 1)),
        ("as_of=2022-12-06", (0, 1, 1)),
        ("known_at=3", (1, 0, 0)),
        ("known_at=4&as_of=2022-10-31", (1, 0, 0)),
        ("known_at=2", (0, 0, 0)),
    ],
)
def test_the_numbers_are_those_of_the_view(get, query, expected):
    found = counts(get(f"statistics/?{query}").json())
    assert (found["investigating"], found["closed"], found["responded"]) == expected


@pytest.mark.usefixtures("world")
def test_what_changed_between_two_days(get):
    compared = get("statistics/?as_of=2022-12-07&compared_with=2022-10-31").json()["compared"]
    assert [change["country"] for change in compared["changes"]] == ["IT", "NL"]
    italy, netherlands = compared["changes"]
    assert (italy["before"]["reason"], italy["after"]["value"], italy["after"]["set_by"]) == (
        "no_response",
        "investigating",
        "R-5",
    )
    assert netherlands["after"]["basis"] == "ordered"
    assert compared["sentences"] == [
        "Italy: first “No response recorded”, then “Investigating”, since 7 December 2022.",
        "Netherlands: first “Investigating”, then “Closure ordered”, since 1 November 2022.",
    ]


@pytest.mark.usefixtures("world")
def test_without_a_later_day_the_comparison_is_with_what_is_known_now(get):
    compared = get("statistics/?compared_with=2022-12-06").json()["compared"]
    assert [change["country"] for change in compared["changes"]] == ["IT"]


def test_a_change_may_be_that_activity_continues(get):
    publish_response(1, **closed("confirmed"), date="2022-10-25")
    publish_response(2, kind="activity_continues", date="2022-11-05")
    (sentence,) = get("statistics/?compared_with=2022-10-31").json()["compared"]["sentences"]
    assert sentence == (
        "Netherlands: first “Closure confirmed”, then “Closure confirmed, activity reported to continue”."
    )


@pytest.mark.parametrize(
    ("query", "remedy"),
    [
        ("compared_with=2022", "Write a day as 2022-10-26."),
        ("as_of=2022-10-25&compared_with=2022-10-25", "Give a day before the one of as_of."),
        ("as_of=2022-10-25&compared_with=2022-10-26", "Give a day before the one of as_of."),
    ],
)
def test_a_day_that_cannot_be_compared_with_is_refused(refused, query, remedy):
    assert refused(f"statistics/?{query}")["compared_with"]["message"] == remedy


@pytest.mark.usefixtures("world")
def test_the_numbers_are_made_once_per_view(get, django_assert_max_num_queries):
    get("statistics/?as_of=2022-12-07&compared_with=2022-10-31")
    with django_assert_max_num_queries(1):
        get("statistics/?as_of=2022-12-07&compared_with=2022-10-31")
