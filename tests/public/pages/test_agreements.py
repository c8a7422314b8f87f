"""Agreements: the list, the page of each, those of its versions, and a government's."""

import pytest

from casetracker.public import labels
from casetracker.public.pages import marks
from tests.factories.publications import (
    agreement_snapshot,
    append,
    publish_agreement,
    publish_response,
    retract,
)


def references(page):
    return [text for text in page.text.split() if text.startswith("A-")]


def test_the_list_says_between_whom_what_when_and_how_it_stands(visit):
    publish_agreement(1, in_force_to="2022-12-19")
    page = visit("/en/agreements/")
    assert (
        "A-1 Italy and China: Joint patrols Joint patrols in places of tourist interest. "
        "signed 24 September 2015, in force from May 2016, until 19 December 2022 · Rome, Milan Ended Reported"
    ) in page.text
    assert "/en/agreements/A-1/" in page.links
    assert "An agreement is not a station" in page.text


def test_an_agreement_without_dates_and_places_says_so(visit):
    publish_agreement(1, signed="", in_force_from="", places=[])
    assert "No date is known. Ended Reported" in visit("/en/agreements/").text
    text = visit("/en/agreements/A-1/").text
    assert "Signed Not known In force from Not known In force until Not known Status Ended" in text


def test_the_list_can_be_filtered_and_ordered(visit, client):
    publish_agreement(1)
    publish_agreement(2, country="HR", signed="2017", status="continuing")
    publish_agreement(3, country="AO", type="host_run_station", signed="2022-04", status="announced")
    assert references(visit("/en/agreements/")) == ["A-3", "A-2", "A-1"]
    assert references(visit("/en/agreements/?ordering=date")) == ["A-1", "A-2", "A-3"]
    assert references(visit("/en/agreements/?ordering=-number")) == ["A-3", "A-2", "A-1"]
    page = visit("/en/agreements/?type=joint_patrols&status=continuing")
    assert references(page) == ["A-2"]
    data, _table = [link for link in page.links if link.startswith("/api/v1/agreements/?")]
    assert client.get(data).json()["count"] == 1
    assert references(visit("/en/agreements/?signed_before=2016-01-01")) == ["A-1"]


def test_the_page_shows_every_field_in_words(visit):
    publish_response(4, concerns="IT", kind="agreement_ended", date="2022-12-19")
    publish_agreement(
        1,
        title="Memorandum d’intesa",
        title_language="it",
        ended_by="R-4",
        in_force_to="2022-12-19",
        disclosures=[{"kind": "other", "text": "A detail"}],
    )
    page = visit("/en/agreements/A-1/")
    for shown in (
        "A-1 Agreements Italy Italy and China: Joint patrols Memorandum d’intesa Ended Reported",
        "It is none of the reported stations, and counts as none.",
        (
            "What was agreed Joint patrols in places of tourist interest. Between Italy and China "
            "Ministry of the Interior, Ministry of Public Security Type Joint patrols Signed 24 September 2015 "
            "In force from May 2016 In force until 19 December 2022 Places Rome, Milan "
            "Status Ended as of 19 December 2022 Ended by Italy, 19 December 2022: Agreement ended"
        ),
        "Other A detail (published by an editor’s decision)",
        "Checked by two people",
    ):
        assert shown in page.text
    assert page.all("p", lang="it", dir="auto")
    assert {"/en/responses/R-4/", "/en/governments/CN/", "/api/v1/agreements/A-1/"} <= set(page.links)
    assert "<title>Italy and China: Joint patrols (A-1) – casetracker</title>" in page.response.text


def test_the_link_to_a_retracted_response_keeps_its_reference_only(visit):
    publish_response(4, concerns="IT", kind="agreement_ended", actor="CANARY")
    publish_agreement(1, ended_by="R-4")
    retract("R-4")
    assert "Ended by R-4" in visit("/en/agreements/A-1/").text


def test_versions_and_retraction(visit):
    publish_agreement(1, summary="The first words.")
    append(agreement_snapshot(1, version=2, summary="The second words."), action="correct", version=2, note="A slip.")
    page = visit("/en/agreements/A-1/")
    assert "The second words." in page.text
    assert "Corrected: A slip." in page.text
    old = visit("/en/agreements/A-1/versions/1/")
    assert "The first words." in old.text
    assert "Version 1 is superseded." in old.text
    assert "<title>Italy and China: Joint patrols (A-1, version 1) – casetracker</title>" in old.response.text
    retract("A-1", note="")
    for path in ("", "versions/1/", "versions/2/"):
        page = visit(f"/en/agreements/A-1/{path}", status=410)
        assert "A-1 was retracted It was wrong. Retracted on" in page.text
        assert "words" not in page.text


@pytest.mark.parametrize("path", ["A-2/", "C-1/", "A-1/versions/2/", "A-1/versions/x/"])
def test_what_was_never_published_is_not_there(visit, path):
    publish_agreement(1)
    visit(f"/en/agreements/{path}", status=404)


def test_every_status_has_a_mark():
    assert set(marks.AGREEMENT_STATUSES) == set(labels.AGREEMENT_STATUSES)


def test_a_source_and_the_first_page_call_agreements_by_who_and_what(visit):
    publish_agreement(1)
    called = "Italy and China: Joint patrols, 24 September 2015"
    assert f"{called} Supports: the record as a whole" in visit("/en/sources/D-1/").text
    assert f"Published {called}" in visit("/en/").text


@pytest.mark.parametrize("code", ["IT", "CN"])
def test_a_government_shows_its_agreements_on_either_side(visit, code):
    publish_agreement(1)
    assert "Agreements A-1 Italy and China: Joint patrols" in visit(f"/en/governments/{code}/").text
    assert "A-1" not in visit("/en/governments/NL/").text
