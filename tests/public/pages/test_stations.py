"""The page of a station and those of its versions."""

import pytest

from casetracker.public import labels
from casetracker.public.pages import marks, words
from tests.factories.publications import (
    append,
    citation_part,
    investigating,
    publish_response,
    publish_station,
    retract,
    source_part,
    station_snapshot,
)

FULL = {
    "label": "Amsterdam: Qingtian service station",
    "kind": "service_centre",
    "names": [
        {"text": "青田境外警务服务站", "language": "zh-Hans", "role": "official"},
        {"text": "Qingtian service station", "language": "en", "role": "translation"},
    ],
    "region": "Noord-Holland",
    "operator_jurisdiction": "Qingtian",
    "counted_in": ["110 Overseas", "Patrol and Persuade"],
    "first_reported": "2022-09-12",
    "opened": "2018-06~",
    "closed": "2022-10/2022-12",
    "operating_status": "closure_claimed",
    "operating_status_as_of": "2022-11?",
    "summary": "Helped with driving licences.",
    "replies": [
        {
            "asked": "The operator",
            "asked_on": "2022-10-20",
            "answer": "Alleen papierwerk.",
            "answered_on": "2022-10-24",
            "language": "nl",
        }
    ],
    "disclosures": [{"kind": "host", "text": "The trade association"}],
}
DENIAL = {"stance": "denies", "attributed_to": "Embassy in The Hague"}
DISPUTED = {"level": "corroborated", "disputed": True, "independent_origins": 2}


def test_every_field_is_shown_in_words(visit):
    publish_station(1, **FULL)
    text = visit("/en/stations/S-1/").text
    for shown in (
        "S-1 Reported stations Netherlands Amsterdam: Qingtian service station",
        "Alleged Reported Somebody reported it. A report is not proof.",
        "Helped with driving licences.",
        "青田境外警务服务站 Official, Chinese (Simplified)",
        "Qingtian service station Translation, English",
        "Kind Service centre",
        "Place Amsterdam, Noord-Holland, Netherlands 52.37, 4.9 The place is known to the city only.",
        "Operated from Qingtian",
        "Counted in 110 Overseas, Patrol and Persuade",
        "First reported 12 September 2022",
        "Opened about June 2018",
        "Closed between October 2022 and December 2022",
        "Operating Closure claimed as of November 2022 (doubtful)",
        "Host organisation The trade association (published by an editor’s decision)",
        "The operator asked on 20 October 2022 Alleen papierwerk. Answered on 24 October 2022 (Dutch)",
    ):
        assert shown in text


def test_what_is_not_known_is_said(visit):
    publish_station(
        1, names=[], operator_jurisdiction="", counted_in=[], first_reported="", latitude=None, longitude=None
    )
    text = visit("/en/stations/S-1/").text
    assert "Names No name is known." in text
    assert "Operated from Not known Counted in None of the counts First reported Not known Opened Not known" in text
    assert "52.37" not in text


def test_texts_carry_their_language(visit):
    citation = citation_part(source_part(title="Meer kantoren"), quote="Dicht.", quote_language="nl-NL")
    publish_station(1, **FULL | {"citations": [citation]})
    page = visit("/en/stations/S-1/")
    assert page.all("span", lang="zh-Hans", dir="auto")
    assert page.all("cite", lang="nl", dir="auto")
    assert len(page.all("p", lang="nl-NL", dir="auto")) == 1
    assert page.all("p", lang="nl", dir="auto")  # the reply


@pytest.mark.parametrize("precision", labels.PLACE_PRECISIONS)
def test_the_precision_of_the_place_is_explained(visit, precision):
    publish_station(1, place_precision=precision)
    assert str(words.PRECISION_NOTES[precision]) in visit("/en/stations/S-1/").text


def test_a_denial_stands_beside_the_report_under_a_heading_of_the_same_rank(visit):
    citations = [citation_part(), citation_part(source_part("D-2"), **DENIAL)]
    publish_station(1, citations=citations, verification=DISPUTED)
    publish_response(1, kind="denial", responder="CN", level="embassy", stations=["S-1"], summary="No such place.")
    page = visit("/en/stations/S-1/")
    assert [attrs["id"] for attrs in page.all("h3") if "id" in attrs][:2] == ["reported", "denied"]
    assert "Corroborated Disputed or denied" in page.text
    start, end = page.text.index("Denied"), page.text.index("Replies")
    assert "Embassy in The Hague in China has many more" in page.text[start:end]
    assert "No such place." in page.text[start:end]


def test_without_a_denial_of_its_own_that_of_the_accused_state_stands_there(visit):
    publish_station(1)
    assert "Denied No denial of this station itself is recorded. Replies" in visit("/en/stations/S-1/").text
    publish_response(1, kind="denial", responder="CN", concerns="", summary="There are none.")
    for path in ("/en/stations/S-1/", "/en/stations/S-1/versions/1/"):
        text = visit(path).text
        assert "No denial of this station itself is recorded. China denies the reports as a whole:" in text
        assert text.index("There are none.") < text.index("Details")


def test_an_inquiry_that_ended_without_charges_and_the_reply_stand_first(visit):
    publish_station(1, **FULL | {"standing": "inquiry_ended_without_charges"})
    publish_response(1, kind="investigation_ended", stations=["S-1"], scope="stations", summary="Nobody is charged.")
    text = visit("/en/stations/S-1/").text
    parts = [
        "Inquiry ended without charges Authorities looked into it, and nobody was charged.",
        "Nobody is charged.",
        "Alleen papierwerk.",
        "What is said",
    ]
    assert sorted(parts, key=text.index) == parts
    assert text.count("Alleen papierwerk.") == 1
    assert "Somebody reported it" not in text


def test_a_citation_says_who_says_what_about_what_and_where(visit):
    citation = citation_part(
        source_part(url="https://news.example/1"),
        field="operating_status",
        attributed_to="The minister",
        locator="paragraph 4",
        quote="Die Büros sind zu.",
        quote_language="de",
        quote_translation="The offices are shut.",
        quote_translated_from="nl",
        value_given="closed",
    )
    publish_station(1, citations=[citation])
    page = visit("/en/stations/S-1/")
    for shown in (
        "1 citation supports it Supports: the operating status In the words of The minister Die Büros sind zu.",
        "In English: The offices are shut. The quotation is itself a translation from Dutch.",
        "This source gives: closed",
        "China has many more illegal police offices abroad, NRC, 5 December 2022, paragraph 4",
        "Newspaper, Dutch · Read it there",
        "No citation denies or disputes it",
    ):
        assert shown in page.text
    (link,) = page.all("a", href="https://news.example/1")
    assert set(link["rel"].split()) == {"external", "noopener", "noreferrer"}
    assert "/en/sources/D-1/" in page.links


def test_an_address_that_is_none_of_the_web_is_not_linked(visit):
    publish_station(1, citations=[citation_part(source_part(url="javascript:alert(1)"))])
    assert "javascript" not in visit("/en/stations/S-1/").response.text


def test_a_copy_is_named_as_one(visit):
    copy = source_part(
        "D-2", title="", publisher="dodo", type="republished_copy", derived_from="D-1", derivation="copy"
    )
    publish_station(1, citations=[citation_part(copy)])
    assert "Copies D-1 (both count as one source)" in visit("/en/stations/S-1/").text
    publish_station(2)
    page = visit("/en/stations/S-1/")
    assert "Copies China has many more illegal police offices abroad, NRC, 5 December 2022 (both count" in page.text


@pytest.mark.parametrize(
    ("verification", "reason"),
    [
        (("reported", False, 0), "No source supports it by itself."),
        (("reported", False, 1), "1 independent source supports it; copies and translations of it do not count."),
        (("corroborated", False, 3), "3 sources support it independently of each other;"),
        (("officially_confirmed", False, 1), "An authority or a court confirms it. 1 independent source"),
    ],
)
def test_the_verification_level_comes_with_its_reason(visit, verification, reason):
    publish_station(1, verification=dict(zip(("level", "disputed", "independent_origins"), verification, strict=True)))
    text = visit("/en/stations/S-1/").text
    assert f"{labels.VERIFICATION_LEVELS[verification[0]]} {reason}" in text
    assert "Checked by two people: one wrote it down, another compared it with its sources." in text


def test_those_who_deny_are_named_in_the_reason_once(visit):
    denials = [citation_part(source_part(reference), **DENIAL) for reference in ("D-2", "D-3")]
    other = citation_part(source_part("D-4", publisher="Global Times"), stance="disputes")
    publish_station(1, citations=[citation_part(), *denials, other], verification=DISPUTED)
    assert "Denied or disputed by: Embassy in The Hague; Global Times." in visit("/en/stations/S-1/").text


def test_responses_about_it_and_its_country_are_shown_and_no_others(visit):
    publish_station(1)
    publish_station(2)
    publish_response(1, summary="About this one.", stations=["S-1"], scope="stations")
    publish_response(2, summary="About the country.", **investigating(date="2022-10-26"))
    publish_response(3, summary="About its neighbour.", stations=["S-2"], scope="stations")
    publish_response(4, summary="About another country.", concerns="IE")
    text = visit("/en/stations/S-1/").text
    start = text.index("About this station")
    assert start < text.index("About this one.") < text.index("Netherlands as a whole")
    assert "Netherlands as a whole Investigating Since: 26 October 2022" in text
    assert text.index("Netherlands as a whole") < text.index("About the country.")
    assert "About its neighbour." not in text
    assert "About another country." not in text


def test_versions_keep_their_addresses(visit):
    publish_station(1, summary="The first words.")
    note = "The town was misspelt."
    append(station_snapshot(1, version=2, summary="The second words."), action="correct", version=2, note=note)
    current = visit("/en/stations/S-1/")
    assert "The second words." in current.text
    assert "The first words." not in current.text
    assert {"/en/stations/S-1/versions/1/", "/en/stations/S-1/versions/2/"} <= set(current.links)
    assert "Version 2 current" in current.text
    assert "Corrected: The town was misspelt." in current.text
    old = visit("/en/stations/S-1/versions/1/")
    assert "The first words." in old.text
    assert "Version 1 is superseded." in old.text
    assert "/en/stations/S-1/" in old.links
    assert "/api/v1/stations/S-1/versions/1/" in old.links
    (canonical,) = old.all("link", rel="canonical")
    assert canonical["href"].endswith("/en/stations/S-1/versions/1/")
    new = visit("/en/stations/S-1/versions/2/")
    assert "This is the permanent address of version 2, the current one." in new.text
    (canonical,) = new.all("link", rel="canonical")
    assert canonical["href"].endswith("/en/stations/S-1/")


def test_a_version_is_shown_without_what_changes_around_it(visit):
    publish_station(1)
    publish_response(1, summary="A later act.", stations=["S-1"])
    assert "A later act." in visit("/en/stations/S-1/").text
    assert "A later act." not in visit("/en/stations/S-1/versions/1/").text


def test_a_retracted_station_gives_its_reason_and_nothing_else(visit):
    publish_station(1, label="CANARY", summary="CANARY")
    append(station_snapshot(1, version=2, label="CANARY"), action="revise", version=2)
    retract("S-1", reason="harm", note="It named a private home.")
    for path in ("/en/stations/S-1/", "/en/stations/S-1/versions/1/", "/en/stations/S-1/versions/2/"):
        page = visit(path, status=410)
        assert "S-1 was retracted It could harm someone. It named a private home. Retracted on " in page.text
        assert "CANARY" not in page.response.text
        assert page.response.headers["Cache-Control"] == "no-cache"


def test_a_station_that_comes_back_shows_its_new_version_only(visit):
    publish_station(1, summary="Withdrawn words.")
    retract("S-1")
    append(station_snapshot(1, version=2, summary="Better words."), action="publish", version=2)
    page = visit("/en/stations/S-1/")
    assert "Better words." in page.text
    assert "Version 1" not in page.text
    visit("/en/stations/S-1/versions/1/", status=410)


@pytest.mark.parametrize(
    "path", ["S-2/", "S-0/", "S-01/", "R-1/", "S-1/versions/2/", "S-1/versions/0/", "S-2/versions/1/", "S-9999999999/"]
)
def test_what_was_never_published_is_not_there(visit, path):
    publish_station(1)
    publish_response(1)
    assert "Nothing is published at this address." in visit(f"/en/stations/{path}", status=404).text


def test_the_data_behind_the_page_is_linked(visit, client):
    publish_station(1)
    page = visit("/en/stations/S-1/")
    assert "/api/v1/stations/S-1/" in page.links
    assert page.all("link", rel="alternate", type="application/json", href="/api/v1/stations/S-1/")
    assert client.get("/api/v1/stations/S-1/").json()["reference"] == "S-1"


@pytest.mark.parametrize(
    ("codes", "explained"),
    [
        (labels.PLACE_PRECISIONS, words.PRECISION_NOTES),
        (labels.STANDINGS, words.STANDING_NOTES),
        (labels.STANDINGS, marks.STANDINGS),
        (labels.VERIFICATION_LEVELS, words.LEVEL_NOTES),
        (labels.VERIFICATION_LEVELS, marks.VERIFICATION_LEVELS),
        (labels.OPERATING_STATUSES, marks.OPERATING_STATUSES),
        (labels.STATUSES, words.STATUS_LIMITS),
        (labels.STATUSES, marks.STATUSES),
        (labels.STATUS_VALUES, marks.STATUS_VALUES),
        (labels.NO_STATUS, marks.NO_STATUS),
    ],
)
def test_no_code_lacks_its_words_or_its_mark(codes, explained):
    assert set(codes) == set(explained)


def test_no_two_statuses_look_alike():
    shown = [*marks.STATUSES.values(), *marks.NO_STATUS.values()]
    assert len({mark.shape for mark in shown}) == len(shown)
