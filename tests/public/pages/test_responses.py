"""The page of a response, and those of its versions."""

import pytest

from tests.factories.publications import (
    append,
    closed,
    publish_response,
    publish_station,
    response_snapshot,
    retract,
)


def test_every_field_is_shown_in_words(visit):
    publish_station(1)
    publish_response(
        1,
        **closed(
            "ordered",
            actor="Minister of Foreign Affairs",
            person="Wopke Hoekstra",
            party="CDA",
            cabinet="Rutte IV",
            summary="Both offices must close.",
            quote="Die kantoren moeten dicht.",
            quote_language="nl",
            quote_translation="Those offices must close.",
            stations=["S-1"],
            disclosures=[{"kind": "person", "text": "A named official"}],
        ),
    )
    page = visit("/en/responses/R-1/")
    for shown in (
        "R-1 Responses Netherlands Netherlands: Closure ordered 1 November 2022",
        "Both offices must close.",
        "Die kantoren moeten dicht. In English: Those offices must close. Dutch",
        "Who acted Minister of Foreign Affairs Wopke Hoekstra · CDA · Rutte IV Ministry, Netherlands",
        "Concerns Netherlands The whole country",
        "Stations Amsterdam: station 1",
        "Status Closure ordered",
        "Person A named official (published by an editor’s decision)",
        "1 independent source supports it",
        "Checked by two people",
    ):
        assert shown in page.text
    assert page.all("p", lang="nl", dir="auto")
    assert "/api/v1/responses/R-1/" in page.links
    assert "<title>Netherlands: Closure ordered (1 November 2022) – casetracker</title>" in page.response.text


def test_a_response_about_no_single_government_is_filed_under_who_responded(visit):
    publish_response(1, concerns="", responder="CN", kind="denial")
    text = visit("/en/responses/R-1/").text
    assert "China: Denial" in text
    assert "Concerns No single government" in text
    publish_response(2, concerns="", responder="", actor="Interpol", level="international_body")
    assert "Interpol: Statement" in visit("/en/responses/R-2/").text


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"date": "2022-10", "counts_from": "2022-10-31"}, "Date October 2022 counted from 31 October 2022"),
        ({"date": "2022-10/..", "counts_from": None}, "Date October 2022 or later too vague to be counted by day"),
        ({"date": "2022-10-26"}, "Date 26 October 2022 Who acted"),
    ],
)
def test_a_vague_date_says_from_which_day_it_counts(visit, changes, shown):
    publish_response(1, **changes)
    assert shown in visit("/en/responses/R-1/").text


def test_nobody_named_is_called_by_the_level(visit):
    publish_response(1, actor="", level="police", anonymous=True)
    text = visit("/en/responses/R-1/").text
    assert "Who acted Police" in text
    assert "The source does not name who said it." in text


def test_versions_and_retraction(visit):
    publish_response(1, summary="The first words.")
    append(response_snapshot(1, version=2, summary="The second words."), action="revise", version=2)
    assert "The second words." in visit("/en/responses/R-1/").text
    old = visit("/en/responses/R-1/versions/1/")
    assert "The first words." in old.text
    assert "Version 1 is superseded." in old.text
    assert "<title>Netherlands: Statement (1 November 2022, version 1) – casetracker</title>" in old.response.text
    retract("R-1", reason="duplicate", note="")
    for path in ("", "versions/1/", "versions/2/"):
        page = visit(f"/en/responses/R-1/{path}", status=410)
        assert "R-1 was retracted It repeated another record. Retracted on" in page.text
        assert "words" not in page.text


@pytest.mark.parametrize("path", ["R-2/", "S-1/", "R-1/versions/2/", "R-1/versions/x/"])
def test_what_was_never_published_is_not_there(visit, path):
    publish_response(1)
    publish_station(1)
    visit(f"/en/responses/{path}", status=404)


def test_the_link_to_a_retracted_station_keeps_its_reference_only(visit):
    publish_station(1, label="CANARY")
    publish_response(1, stations=["S-1"])
    assert "CANARY" in visit("/en/responses/R-1/").text
    retract("S-1")
    page = visit("/en/responses/R-1/")
    assert "Stations S-1" in page.text
    assert "CANARY" not in page.response.text
