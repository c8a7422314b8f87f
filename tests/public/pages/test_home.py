"""The first page."""

import re

import pytest

from tests.factories.publications import (
    append,
    citation_part,
    closed,
    investigating,
    no_action,
    publish_agreement,
    publish_claim,
    publish_response,
    publish_station,
    retract,
    source_part,
    station_snapshot,
    stations_counted,
)

REPORT = source_part("D-9", title="Patrol and Persuade", publisher="Safeguard Defenders", published="2022-12-05")


def china_denies(number=1, **changes):
    return publish_response(
        number,
        kind="denial",
        responder="CN",
        **{
            "concerns": "",
            "actor": "Foreign Ministry spokesperson",
            "person": "Lin Jian",
            "summary": "There are no such stations.",
            "date": "2024-12-19",
            **changes,
        },
    )


def test_it_says_first_what_was_reported_then_the_denial_then_that_a_listing_proves_nothing(visit):
    text = visit("/en/").text
    reported = text.index("Safeguard Defenders reported at least 102 Chinese police stations abroad, in 53 countries.")
    dates = text.index("12 September and 5 December 2022")
    denied = text.index("China denies it.")
    caveat = text.index("Being listed is not proof.")
    assert reported < dates < denied < caveat < text.index("In this record")


def test_what_was_reported_is_what_the_latest_published_counts_say(visit):
    world = {"country": "", "claimed_by": "Another Organisation", "attribution": []}
    publish_claim(1, **stations_counted(50, qualifier="more_than", as_of="2023-09-01", **world, superseded_by="C-2"))
    publish_claim(2, **stations_counted(120, qualifier="at_least", as_of="2023-12-05", **world))
    publish_claim(
        3,
        **stations_counted(60, qualifier="exactly", as_of="2023-12-05", **world)
        | {"topic": "country_count", "unit": "countries"},
    )
    publish_claim(4, **stations_counted(9, country="NL", as_of="2024-01-01"))
    page = visit("/en/")
    assert "Another Organisation reported at least 120 Chinese police stations abroad, in 60 countries." in page.text
    assert (
        "This count is as of 5 December 2023. The one before it, as of 1 September 2023, was more than 50" in page.text
    )
    assert "Safeguard Defenders" not in page.text.partition("China denies it")[0]
    assert {"/en/claims/C-1/", "/en/claims/C-2/", "/en/claims/C-3/"} <= set(page.links)
    retract("C-3")
    assert "Another Organisation reported at least 120 Chinese police stations abroad." in visit("/en/").text
    retract("C-2")
    assert "Another Organisation reported more than 50 Chinese police stations abroad." in visit("/en/").text


def test_the_count_is_linked_to_its_sources_as_far_as_records_cite_them(visit):
    assert "Patrol and Persuade, Safeguard Defenders, 5 December 2022" in visit("/en/").text
    assert not [link for link in visit("/en/").links if "/sources/D-" in link]
    publish_station(citations=[citation_part(REPORT)])
    assert "/en/sources/D-9/" in visit("/en/").links


def test_the_denial_is_that_of_a_published_response(visit):
    assert "volunteers run service centres" in visit("/en/").text
    china_denies()
    page = visit("/en/")
    assert "Lin Jian, Foreign Ministry spokesperson 19 December 2024 R-1 There are no such stations." in page.text
    assert "volunteers run service centres" not in page.text
    assert "/en/responses/R-1/" in page.links
    retract("R-1")
    assert "volunteers run service centres" in visit("/en/").text


def test_a_denial_of_everything_goes_before_a_later_one_about_one_country(visit):
    china_denies(1)
    china_denies(2, concerns="CL", date="2025-01-01", summary="Not in Chile.")
    publish_response(3, kind="denial", responder="HU", concerns="HU", date="2025-02-01", summary="Not in Hungary.")
    text = visit("/en/").text
    assert "There are no such stations." in text
    assert "Not in Chile." not in text
    assert "Not in Hungary." not in text


def test_it_counts_what_is_published(visit):
    publish_station(1)
    publish_station(2)
    publish_station(3, country="IT")
    publish_response(1)
    publish_claim(1)
    publish_agreement(1)
    publish_agreement(2)
    text = visit("/en/").text
    assert "claim or denial 1 agreements listed 2" in text
    assert "stations listed 3" in text
    assert "countries with a station listed 2" in text
    assert "dated response 1" in text
    retract("S-3")
    text = visit("/en/").text
    assert "stations listed 2" in text
    assert "country with a station listed 1" in text


def test_it_tells_how_many_governments_did_what_and_links_to_them(visit):
    publish_response(1, **investigating())
    publish_response(2, concerns="IE", **closed("ordered"))
    publish_response(3, concerns="GB", **closed("claimed"))
    publish_response(4, concerns="NZ", **no_action("inquiry_ended"))
    publish_response(5, concerns="HU", responder="HU", kind="denial")
    publish_station(1, country="BR")
    publish_response(6, concerns="CN", responder="CN", **investigating())
    page = visit("/en/")
    assert "Investigating 1 government Closed 2 governments Closure ordered 1 Closure claimed 1" in page.text
    assert "No action 1 government Inquiry ended 1" in page.text
    assert "Responded, no inquiry or closure recorded 1 government No response recorded 1 government" in page.text
    for value in ("investigating", "closed", "no_action", "none"):
        assert f"/en/governments/?status={value}" in page.links


def test_it_names_no_status_that_no_government_has(visit):
    publish_response(1, **investigating())
    text = visit("/en/").text
    assert "Investigating 1 government" in text
    for words in ("Closed", "No action", "Responded, no inquiry", "No response recorded"):
        assert words not in text


def test_it_shows_the_latest_publications_and_says_so_while_there_are_none(visit):
    assert "Latest publications Nothing is published yet." in visit("/en/").text
    for number in range(1, 9):
        publish_station(number, label=f"Place {number}")
    page = visit("/en/")
    assert re.findall(r"Published (Place \d)", page.text) == [f"Place {number}" for number in range(8, 2, -1)]
    assert "/en/stations/S-8/" in page.links


def test_what_was_retracted_since_makes_room_for_older_publications(visit):
    for number in range(1, 10):
        publish_station(number, label=f"Place {number}")
    for number in (7, 8, 9):
        retract(f"S-{number}")
    assert re.findall(r"Published (Place \d)", visit("/en/").text) == [f"Place {number}" for number in range(6, 0, -1)]


def test_corrections_and_retractions_come_with_their_reasons(visit):
    assert "Corrections and retractions None so far." in visit("/en/").text
    publish_station(1, label="The right place")
    publish_station(2, label="CANARY")
    corrected = station_snapshot(1, version=2, label="The right place")
    append(corrected, action="correct", version=2, note="The town was misspelt.")
    retract("S-2", reason="harm", note="It named a private home.")
    page = visit("/en/")
    assert "Retracted S-2 (It could harm someone) It named a private home." in page.text
    assert "Corrected The right place version 2 The town was misspelt." in page.text
    assert "CANARY" not in page.response.text


@pytest.mark.parametrize("path", ["/en/", "/en/stations/", "/en/governments/", "/en/responses/", "/en/sources/"])
def test_an_empty_record_has_pages_too(visit, path):
    assert visit(path).all("h1")
