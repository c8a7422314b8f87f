"""What governments did: the list of all, and the page of each."""

import datetime as dt

import pytest

from casetracker.public import labels
from casetracker.public.pages import words
from casetracker.public.pages.dates import short_element
from casetracker.public.pages.government_orders import ORDERS as ORDERS_OFFERED
from tests.factories.publications import (
    closed,
    investigating,
    no_action,
    publish_claim,
    publish_response,
    publish_station,
    retract,
    stations_counted,
)

SETTERS = {
    "investigating": lambda basis: investigating(),
    "closed": closed,
    "no_action": no_action,
}


def test_the_list_gives_the_status_in_words_since_when_and_how_many_stations(visit):
    publish_station(1)
    publish_station(2)
    publish_response(1, **closed("ordered"))
    publish_station(3, country="BR")
    publish_response(2, concerns="IT", **investigating(date="2022-10"))
    text = visit("/en/governments/").text
    assert "3 in the list" in text
    assert "Netherlands Closure ordered 1 Nov 2022 2 1 Nov 2022" in text
    assert "Brazil No response recorded 1 Italy" in text
    assert "Italy Investigating 31 Oct 2022 at the latest 0 Oct 2022" in text
    assert text.index("Brazil") < text.index("Italy") < text.index("Netherlands")


def test_the_list_tells_the_reported_count_and_when_it_was_looked_on(visit):
    publish_claim(1, **stations_counted(5, "at_least", country="NL"))
    entry = publish_response(1)
    page = visit("/en/governments/")
    looked_on = short_element(entry.published_at.astimezone(dt.UTC).date().isoformat()).partition(">")[2][:-7]
    assert f"Responded, no inquiry or closure recorded 0 at least 5 1 Nov 2022 {looked_on}" in page.text
    assert "/en/claims/C-1/" in page.links


def names(page):
    (codes,) = [
        [attrs["href"][16:18] for tag, attrs in page.elements if tag == "a" and "/en/governments/" in attrs["href"]]
    ]
    return " ".join(code for code in codes if code.isupper() and code != "CN")


ORDERS = {
    "name": "BR IE IT NL",
    "-name": "NL IT IE BR",
    "status": "IT NL IE BR",
    "-status": "BR IE NL IT",
    "since": "NL IT BR IE",
    "-since": "IT NL BR IE",
    "stations": "IE NL IT BR",
    "-stations": "BR IT IE NL",
    "reported": "IT BR IE NL",
    "-reported": "BR IT IE NL",
    "last_response": "NL IT IE BR",
    "-last_response": "IE IT NL BR",
    "last_looked_on": "IE IT NL BR",
    "-last_looked_on": "IE IT NL BR",
}


@pytest.fixture
def four_governments(db):
    publish_response(1, **closed("ordered", date="2022-11-01"))
    publish_response(2, concerns="IT", **investigating(date="2022-12-07"))
    publish_response(3, concerns="IE", responder="IE", date="2023-01-01")
    for number, country in enumerate(["BR", "BR", "IT"], 1):
        publish_station(number, country=country)
    publish_claim(1, **stations_counted(9, country="BR"))
    publish_claim(2, **stations_counted(3, country="IT"))


@pytest.mark.usefixtures("four_governments")
def test_the_list_can_be_sorted_by_every_column(visit):
    assert {order.name for order in ORDERS_OFFERED} == ORDERS.keys()
    for name, expected in ORDERS.items():
        assert names(visit(f"/en/governments/?ordering={name}")) == expected, name


@pytest.mark.usefixtures("four_governments")
def test_the_head_of_a_column_sorts_by_it_and_then_the_other_way_round(visit):
    page = visit("/en/governments/?status=closed,none")
    assert [attrs["aria-sort"] for attrs in page.all("th") if "aria-sort" in attrs] == ["ascending"]
    assert "/en/governments/?status=closed&status=none&ordering=-stations" in page.links
    page = visit("/en/governments/?ordering=-stations")
    assert [attrs["aria-sort"] for attrs in page.all("th") if "aria-sort" in attrs] == ["descending"]
    assert "/en/governments/?ordering=stations" in page.links
    assert page.all("option", value="-stations", selected=None)


def test_an_order_that_is_not_offered_is_told(visit):
    page = visit("/en/governments/?ordering=secret", status=400)
    assert "There is no order “secret”." in page.text


def test_the_list_can_be_filtered(visit, client):
    publish_response(1, **closed("claimed"))
    publish_response(2, concerns="IE", **investigating())
    publish_station(1, country="BR")
    page = visit("/en/governments/?status=closed,investigating&has_stations=false")
    assert "2 in the list" in page.text
    assert "Brazil" not in page.text
    data, _table = [link for link in page.links if link.startswith("/api/v1/governments/?")]
    assert client.get(data).json()["count"] == 2
    assert "Status: Closed" in page.text
    assert "/en/governments/?status=investigating&has_stations=false" in page.links
    assert "1 in the list" in visit("/en/governments/?status=none").text


def test_continuing_activity_is_told_in_the_list(visit):
    publish_response(1, **closed("ordered", activity_continues=True))
    assert "Netherlands Closure ordered Activity is reported to continue." in visit("/en/governments/").text


def test_the_accused_state_is_in_no_tally(visit):
    publish_response(1, concerns="CN", responder="CN", **investigating())
    publish_response(2, concerns="IE", responder="CN", level="embassy", **closed("claimed"))
    page = visit("/en/governments/")
    assert "1 in the list" in page.text
    assert "Ireland Closure claimed by the embassy" in page.text
    assert "China is in no tally." in page.text
    page = visit("/en/governments/CN/")
    assert "The accused state: its own statements count in no tally" in page.text
    assert "counted nowhere" in page.text
    assert "Ireland: Closure claimed" in page.text


def test_the_page_says_first_the_status_the_day_who_and_what_is_not_known(visit):
    publish_response(1, actor="Minister", person="Wopke Hoekstra", summary="Both must close.", **closed("ordered"))
    text = visit("/en/governments/NL/").text
    assert (
        "Netherlands Response status Closure ordered Since 1 November 2022 "
        "Who Wopke Hoekstra, Minister · 1 November 2022 R-1 "
        "Not known An order is not a closure: it does not say whether the stations have shut. "
        "What Both must close."
    ) in text


@pytest.mark.parametrize(("value", "basis"), labels.STATUSES)
def test_every_status_says_what_it_leaves_open(visit, value, basis):
    publish_response(1, **SETTERS[value](basis))
    text = visit("/en/governments/NL/").text
    assert f"{labels.STATUSES[value, basis]} Since" in text
    assert f"Not known {words.STATUS_LIMITS[value, basis]}" in text


def test_a_vague_day_is_not_made_exact(visit):
    publish_response(1, **investigating(date="2022-10"))
    text = visit("/en/governments/NL/").text
    assert "Since 31 October 2022 at the latest (its source says: October 2022)" in text


def test_a_status_that_returns_begins_anew(visit):
    publish_response(1, **investigating(date="2022-09"))
    publish_response(2, **closed("ordered", date="2022-10-15"))
    publish_response(3, **investigating(date="2022-11-05"))
    publish_response(4, **investigating(date="2022-12"))
    text = visit("/en/governments/NL/").text
    assert "Investigating Since 5 November 2022 Who Minister of Foreign Affairs · December 2022 R-4" in text


def test_governments_stand_by_name_not_by_code(visit):
    for number, code in enumerate(["AT", "AU", "CH"], 1):
        publish_station(number, country=code)
    text = visit("/en/governments/").text
    assert text.index("Australia") < text.index("Austria") < text.index("Switzerland")


def test_a_person_whom_the_office_names_is_named_once(visit):
    publish_response(1, actor="Minister Wopke Hoekstra", person="Wopke Hoekstra")
    assert "Minister Wopke Hoekstra (Ministry)" in visit("/en/governments/NL/").text


def test_a_negative_fact_says_until_when_it_was_true(visit):
    publish_response(1, **no_action("none_announced", last_known_true="2022-12-05"))
    assert "It was last known to be true on 5 December 2022." in visit("/en/governments/NL/").text


def test_without_a_status_the_page_does_not_invent_one(visit):
    publish_station(1)
    assert (
        "No response recorded Not known That none is recorded does not mean that there was none."
        in visit("/en/governments/NL/").text
    )
    publish_response(1)
    text = visit("/en/governments/NL/").text
    assert "Responded, no inquiry or closure recorded Not known Whether there was an inquiry" in text
    assert "Since" not in text


def test_responses_stand_in_the_order_of_time(visit):
    publish_response(1, date="2022-11-01", summary="Third.")
    publish_response(2, date="2022-10-26", summary="First.", order_in_day=1)
    publish_response(3, date="2022-10-26", summary="Second.", order_in_day=2)
    page = visit("/en/governments/NL/")
    assert page.text.index("First.") < page.text.index("Second.") < page.text.index("Third.")
    assert [attrs["id"] for attrs in page.all("li") if "id" in attrs] == ["R-2", "R-3", "R-1"]


def test_a_response_is_shown_with_kind_actor_flags_and_sources(visit):
    publish_station(1)
    publish_response(
        1,
        kind="arrest_or_charge",
        actor="Public prosecutor",
        level="prosecution",
        summary="Two people are charged.",
        scope="stations",
        stations=["S-1"],
        unrelated_offence=True,
        activity_continues=True,
        same_act_as="R-9",
        last_known_true="2022-12",
        anonymous=True,
    )
    text = visit("/en/governments/NL/").text
    for shown in (
        "1 November 2022 Arrest or charge R-1 Public prosecutor (Prosecution) Two people are charged.",
        "For an unrelated offence. It confirms nothing about a station.",
        "Activity is reported to continue.",
        "It concerns certain stations only and sets no status for the country.",
        "The same act is reported at another precision: R-9",
        "Known to be true until December 2022",
        "The source does not name who said it.",
        "Stations: Amsterdam: station 1",
        "Source: China has many more illegal police offices abroad, NRC, 5 December 2022",
    ):
        assert shown in text


def test_the_stations_in_the_country_are_listed(visit):
    publish_station(1)
    publish_station(2, country="IE")
    page = visit("/en/governments/NL/")
    assert "/en/stations/S-1/" in page.links
    assert "/en/stations/S-2/" not in page.links


def test_what_an_embassy_said_elsewhere_is_on_the_page_of_its_state(visit):
    publish_response(1, concerns="GB", responder="HU", level="embassy", actor="Embassy in London", summary="Not ours.")
    publish_response(2, concerns="GB", responder="GB", summary="Britain’s own.")
    text = visit("/en/governments/HU/").text
    assert "What it said about others" in text
    assert "United Kingdom: Statement R-1 Embassy in London (Hungary, Embassy) Not ours." in text
    assert "Britain’s own." not in text
    assert "(Hungary, Embassy)" in visit("/en/governments/GB/").text


def test_the_address_that_a_response_names_leads_to_it(visit, client):
    publish_response(1)
    path, _hash, anchor = client.get("/api/v1/responses/R-1/").json()["links"]["page"].partition("#")
    page = visit(path)
    if anchor:
        assert page.all("li", id=anchor)
    assert "R-1" in page.text


def test_what_is_retracted_is_gone_from_the_page(visit):
    publish_response(1, summary="CANARY", **investigating())
    retract("R-1")
    page = visit("/en/governments/NL/")
    assert "CANARY" not in page.response.text
    assert "No response recorded" in page.text


@pytest.mark.parametrize("code", ["XX", "nl", "NLD", "N1"])
def test_what_is_no_government_is_not_there(visit, code):
    visit(f"/en/governments/{code}/", status=404)


def test_the_european_union_has_a_page(visit):
    publish_response(1, concerns="EU", responder="EU", level="international_body")
    assert "European Union" in visit("/en/governments/EU/").text


def test_a_long_page_is_cut_and_leads_to_the_lists(visit, monkeypatch):
    monkeypatch.setattr("casetracker.public.pages.views.governments.MOST", 2)
    for number in (1, 2, 3):
        publish_response(number, date=f"2022-11-0{number}", summary=f"Act {number}.")
    page = visit("/en/governments/NL/")
    assert "Act 1." not in page.text
    assert page.text.index("Act 2.") < page.text.index("Act 3.")
    assert "/en/responses/?concerns=NL" in page.links


def test_an_empty_record_offers_no_boxes_to_tick(visit):
    page = visit("/en/governments/")
    assert not page.all("fieldset")
    publish_response(1, **investigating())
    assert visit("/en/governments/").all("input", type="checkbox", name="status", value="investigating")
