"""What the public gets to see of the reference data."""

import datetime as dt

import pytest
from django.core.management import call_command

from casetracker.demo.reader import read_rows
from casetracker.public.models import AgreementDocument, ClaimDocument, ResponseDocument, StationDocument
from casetracker.public.status import status_of, statuses
from casetracker.public.view import View
from casetracker.publication.chain import verify_chain
from tests.demo.full.reading import everything

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("demo")]


def status(get, code):
    found = get(f"governments/{code}/")["status"]
    return found["value"], found["basis"]


def test_numbers(get):
    assert get("stations/")["count"] == 89
    assert get("responses/")["count"] == 107
    assert get("claims/")["count"] == 50
    assert get("agreements/")["count"] == 16
    assert get("log/")["count"] == 262


def test_every_record_has_a_citation():
    for model in (StationDocument, ResponseDocument, ClaimDocument, AgreementDocument):
        assert all(document.content["citations"] for document in model.objects.live())


def test_whose_media_they_are_is_said(get, client):
    found = get("sources/", publisher_control="state_controlled", publisher_country="CN")["results"]
    assert {source["publisher"] for source in found} == {"Global Times", "People's Daily Online (Xinhua)"}
    for source in found:
        page = client.get(f"/en/sources/{source['reference']}/").content.decode()
        assert "State-controlled, China" in " ".join(page.split())
    assert {source["publisher_control"] for source in get("sources/", publisher="NRC")["results"]} == {None}


def test_79_stations_are_counted_in_the_reports(get):
    first, second = (get("stations/", counted_in=name)["count"] for name in ("110 Overseas", "Patrol and Persuade"))
    assert (first, second) == (48, 31)


def test_the_netherlands(get):
    stations = get("stations/", country="NL")["results"]
    assert [station["locality"] for station in stations] == ["Amsterdam", "Rotterdam"]
    for station in stations:
        publishers = [citation["source"]["publisher"] for citation in station["citations"]]
        assert "NRC" in publishers


@pytest.mark.parametrize("code", ["BN", "KH", "UA", "MN", "UZ"])
def test_countries_without_a_public_station(get, code):
    assert get("stations/", country=code)["count"] == 0


@pytest.mark.parametrize(
    ("code", "value", "basis"),
    [
        ("NL", "closed", "ordered"),
        ("IE", "closed", "claimed"),
        ("IT", "investigating", None),
        ("CA", "investigating", None),
        ("NZ", "no_action", "inquiry_ended"),
        ("AT", "no_action", "nothing_found"),
        ("DE", "closed", "ordered"),
        ("GB", "closed", "claimed"),
        ("FR", "investigating", None),
        ("HU", None, None),
        ("JP", None, None),
    ],
)
def test_status(get, code, value, basis):
    assert status(get, code) == (value, basis)


def test_hungary_denied(get):
    assert get("governments/HU/")["status"]["label"] == "Responded, no inquiry or closure recorded"


def test_germany_ended_and_goes_on(get):
    assert get("governments/DE/")["status"]["activity_continues"] is True


def test_the_order_of_a_day_is_kept(get):
    acts = [act for act in get("governments/GB/")["responses"] if act["date"] == "2023-06-06"]
    assert [(act["order_in_day"], act["sets_status"]) for act in acts] == [
        (1, "no_action"),
        (2, "closed"),
        (3, "closed"),
    ]


@pytest.mark.parametrize(("day", "value"), [("2022-12-06", "no_action"), ("2022-12-07", "investigating")])
def test_a_negative_fact_is_overtaken(day, value):
    assert status_of("IT", View(dt.date.fromisoformat(day))).value == value


@pytest.mark.parametrize(("day", "value"), [("2023-04-27", "closed"), ("2023-04-28", "investigating")])
def test_two_arms_of_one_government_disagree(day, value):
    assert status_of("CA", View(dt.date.fromisoformat(day))).value == value


def test_a_vague_date_proves_nothing_early():
    first_days = {document.counts_from for document in ResponseDocument.objects.live().filter(concerns="FR")}
    assert min(first_days) == dt.date(2022, 12, 31)
    assert status_of("FR", View(dt.date(2022, 12, 30))).value == ""


def test_a_group_statement_sets_no_status(desk):
    keys = [row["response_key"] for row in read_rows("responses") if row["actor"].startswith("Government (one of")]
    assert len(keys) == 6
    assert {desk.responses[key].sets_status for key in keys} == {""}
    day_after = statuses(View(dt.date(2022, 12, 6)))
    assert {code: day_after[code].value for code in ("US", "GB", "ES", "DE")} == {
        "US": "investigating",
        "GB": "",
        "ES": "investigating",
        "DE": "closed",
    }


def test_the_accused_state_is_in_no_tally(get):
    assert "CN" not in [row["code"] for row in get("governments/", limit=100)["results"]]
    assert get("governments/CN/")["status"]["reason"] == "accused_state"


def test_unrelated_offences_say_so_and_set_nothing(get):
    offences = [act for act in everything(get, "responses/") if act["unrelated_offence"]]
    assert len(offences) == 5
    assert {act["sets_status"] for act in offences} == {None}


@pytest.mark.parametrize("key", ["ca-montreal-1", "ca-brossard-1"])
def test_a_cleared_body_is_shown_with_outcome_and_denial(get, desk, key):
    station = get(f"stations/{desk.records[key].reference}/")
    assert station["standing"] == "inquiry_ended_without_charges"
    assert station["summary"].startswith("A police inquiry ended without charges")
    assert station["verification"]["disputed"] is True
    outcome = [citation for citation in station["citations"] if citation["field"] == "standing"]
    assert outcome[0]["source"]["title"].endswith("without laying charges")
    acts = get("responses/", station=station["reference"])["results"]
    assert "Investigation ended without charges" in [act["kind_label"] for act in acts]


def test_regions_and_countries_have_no_point(get):
    vague = [one for one in everything(get, "stations/") if one["place_precision"] in ("region", "country")]
    assert len(vague) == 23
    assert {station["latitude"] for station in vague} == {None}
    assert {station["region"] for station in vague if station["place_precision"] == "region"} == {
        "Madeira",
        "Sicily",
        "Nebraska",
        "Minnesota",
    }


def test_the_log_is_whole_and_gives_the_documents():
    assert list(verify_chain()) == []
    call_command("rebuild_public", "--check")
