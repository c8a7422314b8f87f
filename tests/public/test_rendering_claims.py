"""Bodies of agreements and claims, and numbers and attributions in words."""

import datetime as dt

import pytest
from django.utils.translation import override

from casetracker.public.rendering.records import (
    render_agreement,
    render_claim,
    render_compact_agreement,
    render_compact_claim,
)
from casetracker.public.wording import attribution_words, count_words, quantity_words
from tests.factories.publications import agreement_snapshot, claim_snapshot, stations_counted

PUBLISHED = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)


def agreement(**changes):
    return render_agreement(agreement_snapshot(3, **changes), PUBLISHED, PUBLISHED)


def claim(**changes):
    return render_claim(claim_snapshot(7, **changes), PUBLISHED, PUBLISHED)


def test_an_agreement_has_codes_with_labels_two_governments_and_bounds_beside_dates():
    body = agreement(ended_by="R-4")
    assert (body["reference"], body["record_kind"]) == ("A-3", "agreement")
    assert (body["country"], body["country_iso3"], body["country_name"]) == ("IT", "ITA", "Italy")
    assert (body["counterpart"], body["counterpart_iso3"]) == ("CN", "CHN")
    assert (body["type_label"], body["status_label"]) == ("Joint patrols", "Ended")
    assert (body["signed_earliest"], body["signed_latest"]) == ("2015-09-24", "2015-09-24")
    assert (body["in_force_from_earliest"], body["in_force_from_latest"]) == ("2016-05-01", "2016-05-31")
    assert (body["places"], body["ended_by"], body["counts_from"]) == (["Rome", "Milan"], "R-4", "2015-09-24")
    assert body["links"] == {
        "self": "/api/v1/agreements/A-3/",
        "version": "/api/v1/agreements/A-3/versions/1/",
        "versions": "/api/v1/agreements/A-3/versions/",
        "government": "/api/v1/governments/IT/",
        "page": "/en/agreements/A-3/",
    }


def test_a_claim_says_who_through_whom_and_what_kind_of_statement():
    body = claim(attribution=["NRC", "Safeguard Defenders", "Chinese authorities"], period="2021-04/2022-07")
    assert (body["topic_label"], body["epistemic_status_label"]) == ("Purpose", "Alleged")
    assert body["attribution"] == ["NRC", "Safeguard Defenders", "Chinese authorities"]
    assert body["attribution_label"] == "NRC, quoting Safeguard Defenders, quoting Chinese authorities"
    assert (body["period_earliest"], body["period_latest"]) == ("2021-04-01", "2022-07-31")
    assert (body["country_iso3"], body["country_name"]) == ("CAN", "Canada")
    assert body["links"]["page"] == "/en/claims/C-7/"


def test_a_claim_in_words_has_no_number():
    body = claim(attribution=[])
    for name in ("qualifier", "qualifier_label", "value", "unit", "unit_label", "quantity", "period"):
        assert body[name] is None
    assert (body["attribution"], body["attribution_label"], body["superseded_by"]) == ([], None, None)


def test_a_count_has_its_qualifier_and_unit_in_codes_and_in_words():
    body = claim(**stations_counted(102, "at_least", country="", superseded_by="C-9"))
    assert (body["qualifier"], body["value"], body["unit"]) == ("at_least", 102, "stations")
    assert body["quantity"] == "at least 102 stations"
    assert (body["country"], body["links"]["government"], body["superseded_by"]) == (None, None, "C-9")


def test_a_count_of_nothing_is_a_count():
    assert claim(**stations_counted(0))["quantity"] == "0 stations"


@pytest.mark.parametrize(
    ("short", "long"),
    [
        (render_compact_agreement(agreement_snapshot(3)), agreement()),
        (render_compact_claim(claim_snapshot(7, **stations_counted())), claim(**stations_counted())),
    ],
)
def test_the_short_form_agrees_with_the_long_one(short, long):
    shared = short.keys() & long.keys() - {"links"}
    assert {"reference", "label", "country", "counts_from"} <= shared
    assert {name: short[name] for name in shared} == {name: long[name] for name in shared}
    assert short["verification_level"] == long["verification"]["level"]


@pytest.mark.parametrize(
    ("qualifier", "value", "unit", "expected"),
    [
        ("exactly", 1, "stations", "1 station"),
        ("exactly", 53, "countries", "53 countries"),
        ("exactly", 1, "countries", "1 country"),
        ("more_than", 50, "stations", "more than 50 stations"),
        ("about", 230_000, "people", "about 230,000 people"),
        ("about", 1, "people", "about 1 person"),
        ("at_least", 1, "cases", "at least 1 case"),
    ],
)
def test_counts_are_read_as_people_say_them(qualifier, value, unit, expected):
    assert quantity_words(qualifier, value, unit, "en") == expected
    assert count_words(qualifier, value, "en") == expected.rpartition(" ")[0]


def test_words_follow_the_language_that_is_asked_for_not_the_one_of_the_page():
    with override("nl"):
        assert quantity_words("exactly", 230_000, "people", "en") == "230,000 people"
    assert count_words("exactly", 230_000, "nl") == "230.000"
    assert attribution_words(["NRC"], "nl") == "NRC"
