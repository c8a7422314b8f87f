"""Claims: the list, the page of each, those of its versions, and what a government's page tells of them."""

import pytest

from casetracker.public import labels
from casetracker.public.pages import marks, words
from tests.factories.publications import (
    append,
    citation_part,
    claim_snapshot,
    publish_claim,
    publish_response,
    publish_station,
    retract,
    source_part,
    stations_counted,
)
from tests.public.pages.test_home import china_denies


def references(page):
    return [text for text in page.text.split() if text.startswith("C-")]


@pytest.fixture
def canada(db):
    publish_claim(2, **stations_counted(5))
    publish_claim(1, **stations_counted(3, as_of="2022-09", superseded_by="C-2"))


def test_the_list_says_what_by_whom_through_whom_and_how(visit):
    publish_claim(1, attribution=["NRC", "Safeguard Defenders", "Chinese authorities"])
    page = visit("/en/claims/")
    assert (
        "C-1 Canada: Purpose The offices serve to trace Chinese citizens abroad. "
        "Safeguard Defenders, 5 December 2022 · known through "
        "NRC, quoting Safeguard Defenders, quoting Chinese authorities Alleged Reported"
    ) in page.text
    assert "/en/claims/C-1/" in page.links
    assert "1 in the list" in page.text


@pytest.mark.usefixtures("canada")
def test_a_superseded_claim_stays_in_the_list_and_says_by_what(visit):
    page = visit("/en/claims/")
    assert references(page) == ["C-2", "C-1"]
    assert "Superseded by Canada: 5 stations (Safeguard Defenders, 5 December 2022)" in page.text
    assert references(visit("/en/claims/?superseded=true")) == ["C-1"]
    assert references(visit("/en/claims/?superseded=false")) == ["C-2"]
    retract("C-2")
    assert "Superseded by" not in visit("/en/claims/").text


def test_the_list_can_be_filtered_by_what_there_is_and_by_numbers(visit, client):
    publish_claim(1, **stations_counted(102, "at_least", country=""))
    publish_claim(2, country="CN", topic="denial", epistemic_status="denied", claimed_by="China")
    page = visit("/en/claims/?country=none")
    assert references(page) == ["C-1"]
    assert "Worldwide: at least 102 stations" in page.text
    assert "The whole world (1)" in page.text
    assert references(visit("/en/claims/?claimed_by=China&epistemic_status=denied")) == ["C-2"]
    page = visit("/en/claims/?value_min=100&value_max=200")
    assert references(page) == ["C-1"]
    assert "At least this many: 100" in page.text
    assert page.all("input", type="number", name="value_min", value="100")
    data, _table = [link for link in page.links if link.startswith("/api/v1/claims/?")]
    assert client.get(data).json()["count"] == 1


def test_a_number_that_is_none_is_refused_at_its_field(visit):
    publish_claim(1)
    page = visit("/en/claims/?value_min=many", status=400)
    assert "This is no whole number. Write it in digits, as 102." in page.text
    assert page.all("input", name="value_min", aria_invalid="true", value="many")
    assert references(page) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["C-3", "C-1", "C-2"]),
        ("ordering=date", ["C-2", "C-1", "C-3"]),
        ("ordering=country", ["C-2", "C-1", "C-3"]),
        ("ordering=-number", ["C-3", "C-2", "C-1"]),
    ],
)
def test_the_list_has_orders(visit, query, expected):
    publish_claim(1, as_of="2022-10")
    publish_claim(2, as_of="2022-09", country="")
    publish_claim(3, as_of="2022-12", country="NL")
    assert references(visit(f"/en/claims/?{query}" if query else "/en/claims/")) == expected


def test_the_page_shows_every_field_in_words(visit):
    publish_claim(
        1,
        topic="returns",
        text="Suspects were persuaded to return.",
        qualifier="about",
        value=230_000,
        unit="people",
        country="CN",
        as_of="2022-12-05",
        period="2021-04/2022-07",
        claimed_by="Chinese authorities",
        attribution=["NRC", "Safeguard Defenders", "Chinese authorities"],
        epistemic_status="claimed_by_accused",
        disclosures=[{"kind": "person", "text": "A named official"}],
    )
    page = visit("/en/claims/C-1/")
    for shown in (
        "C-1 Claims China China: Returns, about 230,000 people",
        "Claimed by the accused Reported The accused state says this itself. Nobody else has checked it.",
        (
            "Claimed Chinese authorities 5 December 2022 Suspects were persuaded to return. about 230,000 people "
            "Known through: NRC, quoting Safeguard Defenders, quoting Chinese authorities"
        ),
        (
            "About Returns Number about 230,000 people Where China As of 5 December 2022 "
            "Period between April 2021 and July 2022 Claimed by Chinese authorities"
        ),
        "Person A named official (published by an editor’s decision)",
        "Checked by two people",
        "Version 1 current",
    ):
        assert shown in page.text
    assert "/api/v1/claims/C-1/" in page.links
    title = "China: Returns, about 230,000 people (Chinese authorities, 5 December 2022)"
    assert f"<title>{title} – casetracker</title>" in page.response.text


def test_a_claim_about_the_world_in_words_alone(visit):
    publish_claim(1, country="", attribution=[])
    text = visit("/en/claims/C-1/").text
    assert "Worldwide: Purpose" in text
    assert "Where Worldwide" in text
    assert "Number" not in text.partition("Details")[2].partition("Verification")[0]
    assert "Known through" not in text


@pytest.mark.usefixtures("canada")
def test_a_superseded_claim_says_first_what_replaced_it_and_the_other_what_it_replaced(visit):
    old = visit("/en/claims/C-1/")
    notice = "A later claim replaced this one: Canada: 5 stations, Safeguard Defenders, 5 December 2022."
    assert f"{notice} This one is kept because it was said." in old.text
    assert "Replaced by Canada: 5 stations" in old.text
    assert "3 stations" in old.text
    assert "/en/claims/C-2/" in old.links
    new = visit("/en/claims/C-2/")
    assert "It replaced Canada: 3 stations Safeguard Defenders, September 2022" in new.text
    assert "A later claim" not in new.text


@pytest.mark.usefixtures("canada")
def test_a_claim_stands_again_when_what_replaced_it_is_retracted(visit):
    retract("C-2")
    page = visit("/en/claims/C-1/")
    assert "A later claim" not in page.text
    assert "Replaced by C-2 which is no longer published, so that this claim stands" in page.text


def test_a_chain_of_claims_is_told_whole(visit):
    publish_claim(3, **stations_counted(9, as_of="2023"))
    publish_claim(2, **stations_counted(5, superseded_by="C-3"))
    publish_claim(1, **stations_counted(3, as_of="2022-09", superseded_by="C-2"))
    text = visit("/en/claims/C-3/").text
    assert "It replaced Canada: 5 stations Safeguard Defenders, 5 December 2022 Canada: 3 stations" in text


def test_the_denial_stands_beside_the_claim(visit):
    china_denies()
    publish_claim(
        1,
        citations=[
            citation_part("D-1"),
            citation_part(
                source_part("D-2", title="Statement"),
                stance="denies",
                attributed_to="The embassy",
                quote="Unsinn.",
                quote_language="de",
            ),
        ],
    )
    page = visit("/en/claims/C-1/")
    sides = page.text.partition("What is said")[2].partition("Details")[0]
    assert sides.index("Claimed Safeguard Defenders") < sides.index("Denied The embassy in Statement")
    assert "Unsinn. German" in sides
    assert "China denies the reports as a whole: Lin Jian, Foreign Ministry spokesperson 19 December 2024" in sides
    assert page.all("section", class_="side-denied", aria_labelledby="against")


def test_a_claim_that_nobody_denies_says_so(visit):
    publish_claim(1)
    assert "Denied No denial of this claim itself is recorded." in visit("/en/claims/C-1/").text


def test_a_denial_is_shown_as_one_and_not_answered_with_itself(visit):
    china_denies()
    publish_claim(1, topic="denial", epistemic_status="denied", country="CN", claimed_by="China", text="They are not.")
    page = visit("/en/claims/C-1/")
    sides = page.text.partition("What is said")[2].partition("Details")[0]
    assert "Denied China 5 December 2022 They are not." in sides
    assert "What is said against the denial No citation contradicts it here." in sides
    assert "Lin Jian" not in sides
    assert page.all("section", class_="side-denied", aria_labelledby="claimed")
    assert "/en/claims/?country=CN" in page.links


def test_versions_and_retraction(visit):
    publish_claim(1, text="The first words.")
    append(claim_snapshot(1, version=2, text="The second words."), action="revise", version=2)
    assert "The second words." in visit("/en/claims/C-1/").text
    old = visit("/en/claims/C-1/versions/1/")
    assert "The first words." in old.text
    assert "Version 1 is superseded." in old.text
    assert "<title>Canada: Purpose (Safeguard Defenders, version 1) – casetracker</title>" in old.response.text
    retract("C-1", reason="harm", note="")
    for path in ("", "versions/1/", "versions/2/"):
        page = visit(f"/en/claims/C-1/{path}", status=410)
        assert "C-1 was retracted It could harm someone. Retracted on" in page.text
        assert "words" not in page.text


@pytest.mark.parametrize("path", ["C-2/", "A-1/", "C-1/versions/2/", "C-1/versions/x/"])
def test_what_was_never_published_is_not_there(visit, path):
    publish_claim(1)
    visit(f"/en/claims/{path}", status=404)


@pytest.mark.parametrize("code", labels.EPISTEMIC_STATUSES)
def test_every_kind_of_statement_has_a_mark_and_is_explained(visit, code):
    assert code in marks.EPISTEMIC_STATUSES
    publish_claim(1, epistemic_status=code)
    assert str(words.EPISTEMIC_NOTES[code]) in visit("/en/claims/C-1/").text


def test_a_source_and_the_first_page_call_claims_by_what_they_say(visit):
    publish_claim(1, **stations_counted(4, "at_least"))
    called = "Canada: at least 4 stations, Safeguard Defenders, 5 December 2022"
    assert f"{called} Supports: the record as a whole" in visit("/en/sources/D-1/").text
    assert f"Published {called}" in visit("/en/").text


@pytest.mark.usefixtures("canada")
def test_a_government_tells_what_was_reported_beside_what_is_listed(visit):
    for number in range(1, 9):
        publish_station(number, country="CA", counted_in=["Patrol and Persuade"] if number < 6 else [])
    page = visit("/en/governments/CA/")
    assert (
        "Reported and listed 5 reported, 8 listed, 5 of them counted, 3 alleged elsewhere. "
        "Reported 5 stations Safeguard Defenders, 5 December 2022 "
        "Earlier counts 3 stations Safeguard Defenders, September 2022 Listed here 8 stations"
    ) in page.text
    assert {"/en/claims/C-1/", "/en/claims/C-2/"} <= set(page.links)


def test_a_government_without_count_and_station_says_nothing_of_them(visit):
    publish_response(1)
    assert "Reported and listed" not in visit("/en/governments/NL/").text


def test_a_government_shows_claims_and_denials_alike(visit):
    publish_claim(1, country="NL")
    publish_claim(2, country="NL", topic="denial", epistemic_status="denied", claimed_by="China", as_of="2022-12-06")
    text = visit("/en/governments/NL/").text
    part = text[text.index("Claims and denials") :]
    assert part.index("C-2 Netherlands: Denial") < part.index("C-1 Netherlands: Purpose")
    assert "Denial Reported" in part
