"""Reported counts beside the stations listed: they need not match, and the difference is explained."""

import datetime as dt

import pytest

from casetracker.public.coverage import NOTHING, coverage_of, coverage_parts, coverages, explanation
from casetracker.public.view import NOW, View
from tests.factories.publications import publish_claim, publish_station, retract, stations_counted

pytestmark = pytest.mark.django_db

CANADA = {"country": "CA", "first_reported": "2022-09"}


def publish_stations(counted, elsewhere=0, **changes):
    for number in range(1, counted + elsewhere + 1):
        reports = ["Patrol and Persuade"] if number <= counted else []
        publish_station(number, **{**CANADA, "counted_in": reports, **changes})


def on(day):
    return View(as_of=dt.date.fromisoformat(day))


def told(code="CA", view=NOW):
    return explanation(coverage_of(code, view))


def test_canada_has_more_stations_listed_than_were_reported_because_some_are_alleged_elsewhere():
    publish_claim(2, **stations_counted(5))
    publish_claim(1, **stations_counted(3, as_of="2022-09", superseded_by="C-2"))
    publish_stations(5, 3)
    coverage = coverage_of("CA")
    assert (coverage.reported["value"], coverage.reported["reference"]) == (5, "C-2")
    assert [claim["reference"] for claim in coverage.earlier] == ["C-1"]
    assert (coverage.stations, coverage.counted, coverage.elsewhere, coverage.missing) == (8, 5, 3, 0)
    assert explanation(coverage) == "5 reported, 8 listed, 5 of them counted, 3 alleged elsewhere."


def test_it_says_who_reported_when_and_how_surely():
    publish_claim(1, **stations_counted(4, "at_least"))
    parts = coverage_parts(coverage_of("CA"))
    assert parts["reported"] == {
        "reference": "C-1",
        "label": "Canada: claim 1",
        "qualifier": "at_least",
        "value": 4,
        "unit": "stations",
        "quantity": "at least 4 stations",
        "claimed_by": "Safeguard Defenders",
        "as_of": "2022-12-05",
        "as_of_earliest": "2022-12-05",
        "as_of_latest": "2022-12-05",
        "links": {"self": "/api/v1/claims/C-1/"},
    }


@pytest.mark.parametrize(
    ("qualifier", "value", "listed", "expected"),
    [
        ("exactly", 5, 3, "5 reported, 3 listed, 3 of them counted. 2 of those reported are not listed here."),
        ("exactly", 4, 3, "4 reported, 3 listed, 3 of them counted. 1 of those reported is not listed here."),
        (
            "at_least",
            4,
            3,
            "At least 4 reported, 3 listed, 3 of them counted. At least 1 of those reported is not listed here.",
        ),
        (
            "more_than",
            4,
            3,
            "More than 4 reported, 3 listed, 3 of them counted. At least 2 of those reported are not listed here.",
        ),
        (
            "about",
            9,
            3,
            "About 9 reported, 3 listed, 3 of them counted. About 6 of those reported are not listed here.",
        ),
        ("at_least", 2, 3, "At least 2 reported, 3 listed, 3 of them counted."),
        ("more_than", 2, 3, "More than 2 reported, 3 listed, 3 of them counted."),
        (
            "exactly",
            2,
            3,
            "2 reported, 3 listed, 3 of them counted. More of those listed are counted than were reported.",
        ),
        ("exactly", 0, 0, "0 reported, none listed."),
    ],
)
def test_the_difference_is_explained_as_surely_as_the_count_is_given(qualifier, value, listed, expected):
    publish_claim(1, **stations_counted(value, qualifier))
    publish_stations(listed)
    assert told() == expected


def test_a_count_without_stations_says_that_none_is_listed():
    publish_claim(1, **stations_counted(2))
    assert told() == "2 reported, none listed. 2 of those reported are not listed here."
    assert coverage_of("CA").missing == 2


def test_stations_without_a_count_say_so():
    publish_stations(0, 2)
    coverage = coverage_of("CA")
    assert (coverage.reported, coverage.missing) == (None, None)
    assert explanation(coverage) == "No count reported, 2 listed, none of them counted, 2 alleged elsewhere."


def test_nothing_at_all():
    assert coverage_of("CA") == NOTHING
    assert explanation(NOTHING) == "No count reported, none listed."


def test_a_station_that_two_reports_counted_is_counted_once():
    publish_stations(1, counted_in=["110 Overseas", "Patrol and Persuade"])
    assert (coverage_of("CA").stations, coverage_of("CA").counted) == (1, 1)


def test_what_is_retracted_is_not_listed():
    publish_stations(2)
    retract("S-1")
    assert coverage_of("CA").stations == 1


def test_a_retracted_count_gives_way_to_the_one_that_it_had_replaced():
    publish_claim(2, **stations_counted(5))
    publish_claim(1, **stations_counted(3, as_of="2022-09", superseded_by="C-2"))
    retract("C-2")
    coverage = coverage_of("CA")
    assert (coverage.reported["reference"], coverage.earlier) == ("C-1", [])


def test_a_count_that_was_replaced_never_stands_before_what_replaced_it():
    publish_claim(2, **stations_counted(4, as_of="2022-11"))
    publish_claim(1, **stations_counted(9, as_of="2022-12", superseded_by="C-2"))
    assert coverage_of("CA").reported["reference"] == "C-2"


def test_of_two_counts_that_stand_the_later_one_is_shown_and_the_other_is_history():
    publish_claim(1, **stations_counted(4, claimed_by="A newspaper", as_of="2022-11"))
    publish_claim(2, **stations_counted(5))
    publish_claim(3, **stations_counted(3, as_of="2022-09", superseded_by="C-2"))
    coverage = coverage_of("CA")
    assert coverage.reported["reference"] == "C-2"
    assert [claim["reference"] for claim in coverage.earlier] == ["C-1", "C-3"]


def test_of_two_counts_that_replace_each_other_the_later_one_stands():
    publish_claim(1, **stations_counted(3, as_of="2022-09", superseded_by="C-2"))
    publish_claim(2, **stations_counted(5, superseded_by="C-1"))
    assert coverage_of("CA").reported["reference"] == "C-2"


@pytest.mark.parametrize("status", ["denied", "claimed_by_accused", "opinion", "caveat", "legal_assessment"])
def test_a_denial_with_a_number_is_no_count(status):
    publish_claim(1, **stations_counted(0, epistemic_status=status))
    assert coverage_of("CA").reported is None


def test_other_numbers_are_no_counts_of_stations():
    publish_claim(1, **stations_counted(53, topic="country_count", unit="countries"))
    publish_claim(2, **stations_counted(102, "at_least", country=""))
    assert coverage_of("CA") == NOTHING
    assert coverages() == {}


def test_on_a_day_the_count_is_the_latest_until_then_and_so_are_the_stations():
    publish_claim(2, **stations_counted(5))
    publish_claim(1, **stations_counted(3, as_of="2022-09", superseded_by="C-2"))
    publish_stations(3)
    publish_station(4, **{**CANADA, "first_reported": "2022-12-05"})
    assert told(view=on("2022-09-01")) == "No count reported, none listed."
    assert told(view=on("2022-12-04")) == "3 reported, 3 listed, 3 of them counted."
    assert told(view=on("2022-12-05")).startswith("5 reported, 4 listed, 4 of them counted.")


def test_at_a_point_of_the_log_the_count_is_the_one_that_was_public():
    first = publish_claim(1, **stations_counted(3, as_of="2022-09"))
    second = publish_claim(2, **stations_counted(5))
    publish_claim(1, version=2, **stations_counted(3, as_of="2022-09", superseded_by="C-2"))
    assert told(view=View(known_at=first.sequence - 1)) == "No count reported, none listed."
    assert told(view=View(known_at=first.sequence)).startswith("3 reported")
    assert told(view=View(known_at=second.sequence)).startswith("5 reported")
    assert coverage_of("CA", View(known_at=second.sequence)).earlier[0]["reference"] == "C-1"
    retract("C-2")
    assert told(view=View(known_at=second.sequence)).startswith("3 reported")


def test_all_countries_cost_two_queries_and_agree_with_each_alone(django_assert_num_queries):
    publish_claim(1, **stations_counted(2, country="NL"))
    publish_claim(2, **stations_counted(5))
    publish_stations(2, 1)
    publish_station(9, country="IT")
    with django_assert_num_queries(2):
        found = coverages()
    assert set(found) == {"CA", "NL", "IT"}
    for code, coverage in found.items():
        assert coverage_of(code) == coverage
