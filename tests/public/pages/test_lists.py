"""Filters, order and pages of lists: lenient to links that carry more, clear about what cannot be read."""

import json

import pytest
from django.http import QueryDict

from casetracker.public.filters import StationFilter
from casetracker.public.pages.queries import read_query
from tests.factories.publications import publish_response, publish_station, retract


def references(page, plural="stations"):
    prefix = f"/en/{plural}/"
    return [
        link.removeprefix(prefix).strip("/") for link in page.links if link.startswith(f"{prefix}{plural[0].upper()}")
    ]


@pytest.fixture
def stations(db):
    publish_station(1, country="NL", kind="police_service_station", operator_jurisdiction="Fuzhou")
    publish_station(2, country="IT", kind="service_centre", operator_jurisdiction="Qingtian")
    publish_station(3, country="IT", kind="police_service_station", operator_jurisdiction="")
    publish_station(
        4, country="DE", operator_jurisdiction="Wenzhou", counted_in=["Patrol and Persuade"], first_reported="2023"
    )


def test_a_list_is_counted_and_grouped_by_country(visit, stations):
    page = visit("/en/stations/")
    assert references(page) == ["S-4", "S-2", "S-3", "S-1"]
    assert "4 in the list" in page.text
    assert page.text.index("Germany") < page.text.index("Italy") < page.text.index("Netherlands")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("country=IT", ["S-2", "S-3"]),
        ("country=IT&country=NL", ["S-2", "S-3", "S-1"]),
        ("country=IT,NL&kind=service_centre", ["S-2"]),
        ("operator_jurisdiction=Fuzhou", ["S-1"]),
        ("counted_in=Patrol+and+Persuade", ["S-4"]),
        ("first_reported_after=2022-12-01", ["S-4"]),
        ("ordering=-number", ["S-4", "S-3", "S-2", "S-1"]),
        ("source=D-1&ordering=number", ["S-1", "S-2", "S-3", "S-4"]),
        ("country=FR", []),
    ],
)
def test_filters_and_order_are_those_of_the_api(visit, client, stations, query, found):
    page = visit(f"/en/stations/?{query}")
    assert references(page) == found
    data, table, places = [link for link in page.links if link.startswith("/api/v1/stations/?")]
    answer = client.get(data)
    assert answer.status_code == 200
    assert {row["reference"] for row in answer.json()["results"]} == set(found)
    lines = client.get(table).getvalue().decode().splitlines()[1:]
    assert {line.partition(",")[0] for line in lines} == set(found)
    assert {feature["id"] for feature in json.loads(client.get(places).getvalue())["features"]} == set(found)


def test_filters_in_use_are_named_and_each_can_be_removed(visit, stations):
    page = visit("/en/stations/?country=IT&country=NL&kind=service_centre&utm_source=mail")
    assert "Country: Italy" in page.text
    assert "Kind: Service centre" in page.text
    assert "/en/stations/?country=NL&kind=service_centre" in page.links
    assert "/en/stations/?country=IT&country=NL" in page.links
    kept = [link for link in page.all("a") if "utm_source" in link["href"]]
    assert all("hreflang" in link for link in kept)  # The same page in another language has the same query.


def test_the_form_shows_what_was_asked_and_offers_only_what_there_is(visit, stations):
    page = visit("/en/stations/?country=IT&kind=service_centre&operator_jurisdiction=Fuzhou")
    assert [option["value"] for option in page.all("option", selected=None)] == ["Fuzhou", ""]
    checked = {(box["name"], box["value"]) for box in page.all("input", checked=None)}
    assert checked == {("country", "IT"), ("kind", "service_centre")}
    offered = {attrs["value"] for tag, attrs in page.elements if tag in ("option", "input")}
    assert {"DE", "IT", "NL", "Fuzhou", "Qingtian"} <= offered
    assert "FR" not in offered
    assert "Italy (2)" in page.text


def test_a_long_choice_is_a_menu_that_keeps_further_values(visit):
    for number, country in enumerate(["AT", "BE", "CZ", "DE", "ES", "FI", "GR", "HR", "IE"], 1):
        publish_station(number, country=country)
    page = visit("/en/stations/?country=BE,AT,IE")
    assert [option["value"] for option in page.all("option", selected=None)] == ["BE", ""]
    assert [box["value"] for box in page.all("input", name="country", checked=None)] == ["AT", "IE"]
    assert references(page) == ["S-1", "S-2", "S-9"]


def test_a_text_that_no_row_has_stays_in_the_form(visit, stations):
    page = visit("/en/stations/?operator_jurisdiction=Atlantis")
    assert "No station fits. Remove a filter to see more." in page.text
    assert page.all("option", value="Atlantis", selected=None)


def test_unknown_parameters_are_ignored(visit, stations):
    assert len(references(visit("/en/stations/?utm_source=mail&page=9&limit=1"))) == 4


def test_blank_fields_of_the_form_lead_to_the_short_address(client, stations):
    sent = "country=&kind=service_centre&operator_jurisdiction=&ordering=&utm_source=mail"
    response = client.get(f"/en/stations/?{sent}")
    assert response.status_code == 302
    assert response.headers["Location"] == "/en/stations/?kind=service_centre"
    assert client.get("/en/stations/?country=").headers["Location"] == "/en/stations/"
    assert client.get("/en/governments/?status=&has_stations=true").headers["Location"] == (
        "/en/governments/?has_stations=true"
    )


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/en/stations/?country=XX", "“XX” is not offered here. Choose from the list."),
        ("/en/stations/?kind=embassy&country=NL", "“embassy” is not offered here. Choose from the list."),
        ("/en/stations/?disputed=perhaps", "“perhaps” is not offered here. Choose from the list."),
        ("/en/stations/?first_reported_after=yesterday", "This is no day. Write it as 2022-10-26."),
        ("/en/stations/?first_reported_before=2022-13-01", "This is no day. Write it as 2022-10-26."),
        ("/en/stations/?source=7", "Write a reference such as D-1."),
        ("/en/stations/?operator_jurisdiction=%00", "Null characters are not allowed."),
        ("/en/stations/?ordering=name", "There is no order “name”. Choose one of those offered."),
        ("/en/stations/?cursor=%2F%2F", "The address of this page of the list is not complete."),
        ("/en/responses/?date_after=soon", "This is no day. Write it as 2022-10-26."),
        ("/en/responses/?station=R-1", "Write a reference such as S-1."),
        ("/en/sources/?type=rumour", "“rumour” is not offered here. Choose from the list."),
        ("/en/governments/?status=angry", "“angry” is not offered here. Choose from the list."),
        ("/en/governments/?has_stations=2", "“2” is not offered here. Choose from the list."),
    ],
)
def test_a_bad_value_is_told_at_its_filter_and_shows_no_list(visit, stations, path, message):
    page = visit(path, status=400)
    assert message in page.text
    assert "Nothing is shown, because something asked for was not understood." in page.text
    assert references(page) == []
    assert "in the list" not in page.text
    assert page.response.headers["Cache-Control"] == "no-cache"


def test_a_bad_value_is_tied_to_its_field(visit, stations):
    page = visit("/en/stations/?first_reported_after=yesterday&disputed=perhaps", status=400)
    for name in ("first_reported_after", "disputed"):
        (field,) = [attrs for tag, attrs in page.elements if tag in ("input", "select") and attrs.get("name") == name]
        assert field["aria-invalid"] == "true"
        assert [attrs for _tag, attrs in page.elements if attrs.get("id") == field["aria-describedby"]]
    assert page.all("details", open=None)


def test_no_value_breaks_a_page(visit, stations):
    for value in ("%FF%FE", "%ED%A0%80", "<script>alert(1)</script>", "٣", "NL%00", "9" * 4000):
        for name in ("country", "kind", "cursor", "ordering", "source", "first_reported_after", "counted_in"):
            page = visit(
                f"/en/stations/?{name}={value}", status=200 if name == "counted_in" and is_text(value) else 400
            )
            assert "<script>" not in page.response.text


def is_text(value):
    return "%00" not in value and len(value) <= 200


def test_the_second_page_is_that_of_the_api(visit, client):
    for number in range(1, 53):
        publish_station(number, country="NL" if number % 2 else "IT")
    first = visit("/en/stations/?kind=police_service_station")
    assert len(references(first)) == 50
    assert "52 in the list" in first.text
    (following,) = [attrs["href"] for attrs in first.all("a", rel="next")]
    second = visit(following)
    assert references(second) == ["S-49", "S-51"]
    assert not second.all("a", rel="next")
    assert "/en/stations/?kind=police_service_station" in second.links
    cursor = QueryDict(following.partition("?")[2])["cursor"]
    answer = client.get("/api/v1/stations/", {"ordering": "country", "limit": 50, "cursor": cursor})
    assert [row["reference"] for row in answer.json()["results"]] == ["S-49", "S-51"]


def test_what_is_retracted_is_in_no_list(visit, stations):
    retract("S-1")
    page = visit("/en/stations/")
    assert "S-1" not in references(page)
    assert "3 in the list" in page.text
    assert "Fuzhou" not in page.text


def test_responses_are_listed_latest_first(visit):
    publish_response(1, date="2022-11-01")
    publish_response(2, date="2023-01")
    publish_response(3, date="2022-10-26", concerns="IE", kind="closure_ordered")
    assert references(visit("/en/responses/"), "responses") == ["R-2", "R-1", "R-3"]
    assert references(visit("/en/responses/?ordering=date"), "responses") == ["R-3", "R-1", "R-2"]
    assert references(visit("/en/responses/?concerns=IE&kind=closure_ordered"), "responses") == ["R-3"]


def test_what_concerns_no_single_government_can_be_asked_for(visit):
    publish_response(1)
    publish_response(2, concerns="")
    page = visit("/en/responses/?concerns=none")
    assert references(page, "responses") == ["R-2"]
    assert "No single government (1)" in page.text
    assert page.all("input", name="concerns", value="none", checked=None)


def test_a_query_keeps_the_last_of_two_single_values_and_each_code_once():
    fields = StationFilter().form.fields
    sent = QueryDict("disputed=true&disputed=false&country=NL,IT&country=NL&other=1&counted_in=%20A%20")
    query = read_query(sent, fields)
    assert dict(query.given.lists()) == {"disputed": ["false"], "country": ["NL", "IT"], "counted_in": ["A"]}
    assert not query.had_blanks
