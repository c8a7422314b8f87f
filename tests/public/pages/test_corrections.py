"""The ledger of corrections and retractions."""

import pytest

from casetracker.public.pages.views import corrections
from tests.factories.publications import append, publish_response, publish_station, retract, station_snapshot

pytestmark = pytest.mark.django_db


def correct(number, version=2, note="The town was wrong.", **changes):
    append(station_snapshot(number, version=version, **changes), action="correct", version=version, note=note)


def test_a_correction_says_what_was_wrong_and_leads_to_both_versions(visit):
    publish_station(1, label="Rotterdam")
    correct(1, label="Utrecht", note="The town was wrong: <b>Utrecht</b>.")
    page = visit("/en/corrections/")
    assert "Corrected S-1 Utrecht The town was wrong: <b>Utrecht</b>." in page.text
    assert {"/en/stations/S-1/versions/1/", "/en/stations/S-1/versions/2/"} <= set(page.links)


def test_a_retraction_says_why_and_nothing_of_what_was_said(visit):
    publish_response(1, summary="Kowalska was there.")
    retract("R-1", note="We took one office for another.")
    page = visit("/en/corrections/")
    assert "Retracted R-1" in page.text
    assert "We took one office for another." in page.text
    assert "Kowalska" not in page.text
    assert "Retracted: It was wrong 1" in page.text


def test_a_correction_of_what_was_retracted_since_is_not_told(visit):
    publish_station(1)
    correct(1, note="Kowalska does not live there.")
    retract("S-1")
    assert "Kowalska" not in visit("/en/corrections/").text


def test_publications_and_revisions_are_no_corrections(visit):
    publish_station(1)
    append(station_snapshot(1, version=2), action="revise", version=2)
    page = visit("/en/corrections/")
    assert "None so far." in page.text
    assert not [link for link in page.links if link.startswith("/en/stations/S-")]


def test_it_goes_on_page_by_page(visit, monkeypatch):
    monkeypatch.setattr(corrections, "ROWS", 2)
    publish_station(1)
    for version in range(2, 7):
        correct(1, version, note=f"Note {version}.")
    path, seen = "/en/corrections/", []
    while path:
        page = visit(path)
        seen += [version for version in range(2, 7) if f"Note {version}." in page.text]
        path = next((link["href"] for link in page.all("a", rel="next")), "")
    assert sorted(seen) == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("before", ["x", "0", "-1", "9" * 30, "%00", "²"])
def test_a_place_that_is_none_is_the_first(visit, before):
    assert "None so far." in visit(f"/en/corrections/?before={before}").text
