"""Governments: all that have a station or a response, each with its status."""

import datetime as dt

import pytest

from tests.factories.publications import (
    closed,
    investigating,
    no_action,
    publish_agreement,
    publish_claim,
    publish_response,
    publish_station,
    retract,
    stations_counted,
)


def today():
    return dt.datetime.now(dt.UTC).date().isoformat()


def codes(response):
    return [row["code"] for row in response.json()["results"]]


@pytest.fixture
def world(db):
    publish_station(1)
    publish_station(2, country="BR")
    publish_response(1, **closed(), order_in_day=2)
    publish_response(2, concerns="HU", responder="HU")
    publish_response(3, **investigating(), concerns="EU", responder="EU", level="international_body")
    publish_response(4, concerns="", responder="CN", kind="denial")
    publish_response(5, **no_action("inquiry_ended"), order_in_day=1)


@pytest.mark.usefixtures("world")
def test_the_list_has_every_government_with_a_station_or_a_response(get):
    response = get("governments/")
    assert response.json()["count"] == 4
    found = {row["code"]: row for row in response.json()["results"]}
    assert list(found) == ["BR", "EU", "HU", "NL"]
    assert found["NL"] == {
        "code": "NL",
        "iso3": "NLD",
        "name": "Netherlands",
        "is_country": True,
        "status": {
            "value": "closed",
            "label": "Closure ordered",
            "basis": "ordered",
            "since": "2022-11-01",
            "last_confirmed": "2022-11-01",
            "last_looked_on": today(),
            "set_by": "R-1",
            "activity_continues": False,
            "reason": None,
            "possibly_already": None,
            "inquiry": {
                "state": "ended",
                "label": "Inquiry ended",
                "basis": "inquiry_ended",
                "since": "2022-11-01",
                "ended_on": "2022-11-01",
                "set_by": "R-5",
                "activity_continues": False,
            },
            "closure": {
                "state": None,
                "label": "Closure ordered",
                "basis": "ordered",
                "since": "2022-11-01",
                "ended_on": None,
                "set_by": "R-1",
                "activity_continues": False,
            },
        },
        "last_response": {"reference": "R-1", "label": "Netherlands: response 1", "date": "2022-11-01"},
        "station_count": 1,
        "response_count": 2,
        "coverage": {
            "reported": None,
            "earlier": [],
            "stations": 1,
            "counted": 1,
            "elsewhere": 0,
            "missing": None,
            "explanation": "No count reported, 1 listed, 1 of them counted.",
        },
        "links": {
            "self": "/api/v1/governments/NL/",
            "stations": "/api/v1/stations/?country=NL",
            "responses": "/api/v1/responses/?concerns=NL",
            "statements": "/api/v1/responses/?responder=NL",
            "agreements": "/api/v1/agreements/?country=NL",
            "claims": "/api/v1/claims/?country=NL",
            "page": "/en/governments/NL/",
        },
    }
    assert (found["EU"]["is_country"], found["EU"]["iso3"]) == (False, None)
    assert [found[code]["status"]["reason"] for code in ("BR", "HU")] == ["no_response", "responded"]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=closed", "NL"),
        ("status=closed,investigating", "EU NL"),
        ("status=none", "BR HU"),
        ("has_stations=true", "BR NL"),
        ("has_stations=false&status=none", "HU"),
        ("ordering=-code", "NL HU EU BR"),
    ],
)
def test_the_list_can_be_filtered_and_sorted(get, query, expected):
    response = get(f"governments/?{query}")
    assert " ".join(codes(response)) == expected
    assert response.json()["count"] == len(expected.split())


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("ordering", ["code", "-code"])
def test_the_list_comes_in_pages(get, ordering):
    response = get(f"governments/?limit=3&ordering={ordering}")
    following = get(response.json()["next"])
    assert sorted(codes(response) + codes(following)) == ["BR", "EU", "HU", "NL"]
    assert len(codes(response)) == 3
    assert following.json()["next"] is None


@pytest.mark.usefixtures("world")
def test_the_list_is_made_once_per_head(get, django_assert_num_queries):
    with django_assert_num_queries(10):
        get("governments/")
    with django_assert_num_queries(1):
        get("governments/?status=closed")
    retract("R-1")
    assert codes(get("governments/?status=no_action")) == ["NL"]


@pytest.mark.usefixtures("world")
def test_a_detail_has_its_stations_and_its_responses_in_order(get, django_assert_num_queries):
    with django_assert_num_queries(11):
        body = get("governments/NL/").json()
    assert body["status"]["set_by"] == "R-1"
    assert body["stations"] == [
        {"reference": "S-1", "label": "Amsterdam: station 1", "links": {"self": "/api/v1/stations/S-1/"}}
    ]
    assert [response["reference"] for response in body["responses"]] == ["R-5", "R-1"]
    assert body["responses"][1]["sets_status_label"] == "Closure ordered"
    assert body["statements"] == []


def test_an_embassy_answers_for_the_government_that_it_is_about(get):
    publish_response(1, **closed("claimed"), concerns="GB", responder="CN", level="embassy")
    body = get("governments/GB/").json()
    assert (body["status"]["basis"], body["status"]["label"]) == ("claimed", "Closure claimed by the embassy")
    assert [response["responder"] for response in body["responses"]] == ["CN"]


@pytest.mark.usefixtures("world")
def test_the_accused_state_is_in_no_tally_and_its_statements_are_listed(get):
    publish_response(6, concerns="GB", responder="CN", level="embassy", date="2022-10-01")
    publish_response(7, **investigating(), concerns="CN", responder="CN")
    publish_station(3, country="CN")
    body = get("governments/CN/").json()
    assert (body["status"]["value"], body["status"]["reason"]) == (None, "accused_state")
    assert [response["reference"] for response in body["statements"]] == ["R-6", "R-4"]
    assert [response["reference"] for response in body["responses"]] == ["R-7"]
    assert "CN" not in codes(get("governments/"))


def test_a_government_without_anything_recorded_says_so(get):
    body = get("governments/FR/").json()
    assert body["status"] == {
        "value": None,
        "label": "No response recorded",
        "basis": None,
        "since": None,
        "last_confirmed": None,
        "last_looked_on": None,
        "set_by": None,
        "activity_continues": False,
        "reason": "no_response",
        "possibly_already": None,
        "inquiry": None,
        "closure": None,
    }
    assert (body["station_count"], body["response_count"], body["stations"], body["responses"]) == (0, 0, [], [])


def test_a_detail_embeds_the_newest_and_counts_them_all(get, monkeypatch):
    monkeypatch.setattr("casetracker.public.api.views.governments.EMBEDDED", 2)
    for number in range(1, 5):
        publish_station(number)
        publish_response(number, date=f"2022-10-0{5 - number}")
    body = get("governments/NL/").json()
    assert (body["station_count"], body["response_count"]) == (4, 4)
    assert [station["reference"] for station in body["stations"]] == ["S-3", "S-4"]
    assert [response["reference"] for response in body["responses"]] == ["R-2", "R-1"]


@pytest.mark.usefixtures("world")
def test_the_links_of_a_government_lead_to_what_they_say(get):
    links = get("governments/NL/").json()["links"]
    assert get(links["stations"]).json()["count"] == 1
    assert get(links["responses"]).json()["count"] == 2
    assert get(links["statements"]).json()["count"] == 2


def test_a_government_that_only_a_count_names_is_in_the_list_with_its_coverage(get):
    publish_claim(1, **stations_counted(2, country="NL"))
    (row,) = get("governments/").json()["results"]
    assert row["coverage"]["reported"]["quantity"] == "2 stations"
    assert (row["coverage"]["missing"], row["station_count"]) == (2, 0)
    assert row["coverage"]["explanation"].startswith("2 reported, none listed.")
    assert get(row["coverage"]["reported"]["links"]["self"]).status_code == 200
    assert get("governments/NL/").json()["coverage"] == row["coverage"]


def test_a_detail_embeds_agreements_and_claims_in_short_oldest_first(get, monkeypatch):
    monkeypatch.setattr("casetracker.public.api.views.governments.EMBEDDED", 2)
    for number, signed in enumerate(["2015", "2017", "2016"], start=1):
        publish_agreement(number, signed=signed)
        publish_claim(number, country="IT", as_of=signed)
    body = get("governments/IT/").json()
    assert [agreement["reference"] for agreement in body["agreements"]] == ["A-3", "A-2"]
    assert [claim["reference"] for claim in body["claims"]] == ["C-3", "C-2"]
    assert body["agreements"][0]["type_label"] == "Joint patrols"
    assert body["claims"][0]["epistemic_status_label"] == "Alleged"
    for name in ("agreements", "claims"):
        assert get(body["links"][name]).json()["count"] == 3
        assert get(body[name][0]["links"]["self"]).status_code == 200


def test_an_agreement_is_told_on_both_sides(get):
    publish_agreement(1)
    assert [agreement["reference"] for agreement in get("governments/CN/").json()["agreements"]] == ["A-1"]
