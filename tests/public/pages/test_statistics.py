"""The numbers of a day, and what changed since another."""

import pytest

from tests.factories.publications import closed, investigating, no_action, publish_response, publish_station


@pytest.fixture
def record(db):
    publish_response(1, **investigating(date="2022-10-25"))
    publish_response(2, **closed("ordered", date="2022-11-01"))
    publish_response(3, concerns="IE", responder="CN", level="embassy", **closed("claimed", date="2022-10-26"))
    publish_response(4, concerns="IT", responder="IT", **no_action(date="2022-10-29"))
    publish_response(5, concerns="HU", responder="HU", kind="denial", date="2022-10-31")
    publish_response(6, concerns="CN", responder="CN", **investigating(date="2022-10-31"))
    publish_station(1, country="BR", first_reported="2022-09-01")
    publish_station(2, country="NL", first_reported="2022-11-02")


@pytest.mark.usefixtures("record")
def test_it_counts_governments_by_status_and_basis(visit):
    text = visit("/en/statistics/").text
    assert "stations listed 2 countries with a station listed 2 inquiries running 1" in text
    assert (
        "Status and basis Governments Closed 2 Closure ordered 1 Closure claimed 1 No action 1 No inquiry announced 1 "
        "Responded, no inquiry or closure recorded 1 No response recorded 1"
    ) in text


@pytest.mark.usefixtures("record")
def test_it_says_the_same_in_sentences(visit):
    text = visit("/en/statistics/").text
    assert "2 stations are listed in 2 countries." in text
    assert "A closure is recorded for 2 governments: closure ordered 1, closure claimed 1." in text


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("query", ["", "as_of=2022-10-30", "known_at=4"])
def test_every_number_leads_to_the_list_behind_it(visit, query):
    page = visit(f"/en/statistics/?{query}")
    links = [link for link in page.links if link.startswith(("/en/governments/?", "/en/stations/"))]
    numbers = [part for part in page.text.partition("Status and basis Governments")[2].split() if part.isdigit()]
    # The links of the table, behind those of the menu and of the figures.
    counted = [link for link in links if any(name in link for name in ("status=", "reason="))]
    for link, number in zip(counted, numbers, strict=False):
        shown = visit(link).text
        assert f"{number} in the list" in shown or (number == "0" and "No government fits" in shown), link
    assert len(counted) >= 4
    for link in [link for link in links if "inquiry=" in link or "has_stations=" in link]:
        visit(link)


@pytest.mark.usefixtures("record")
def test_the_numbers_of_a_day_are_those_of_that_day(visit):
    text = visit("/en/statistics/?as_of=2022-10-30").text
    assert "As of 30 October 2022." in text
    assert "stations listed 1" in text
    assert "Investigating 1" in text
    assert "Closure ordered" not in text


@pytest.mark.usefixtures("record")
def test_it_tells_what_changed_between_two_days(visit):
    text = visit("/en/statistics/?as_of=2022-11-01&compared_with=2022-10-28").text
    assert "3 governments have another status than at the end of 28 October 2022." in text
    assert (
        "Hungary No response recorded Responded, no inquiry or closure recorded Italy No response recorded "
        "No inquiry announced 29 Oct 2022 Netherlands Investigating Closure ordered 1 Nov 2022"
    ) in text
    text = visit("/en/statistics/?compared_with=2022-12-01").text
    assert "No status is another one than on 1 December 2022." in text
    assert "Give a day to compare with" in visit("/en/statistics/").text


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("query", ["compared_with=x", "as_of=2022-10-01&compared_with=2022-11-01", "as_of=x"])
def test_a_bad_day_is_told_at_its_field(visit, query):
    page = visit(f"/en/statistics/?{query}", status=400)
    assert page.all("input", aria_invalid="true")
    assert "By status and basis" not in page.text


@pytest.mark.usefixtures("record")
def test_it_leads_to_the_data_of_the_same_day(visit, client):
    links = visit("/en/statistics/?as_of=2022-11-01&compared_with=2022-10-28").links
    data = [link for link in links if link.startswith("/api/v1/") and "?" in link]
    assert data == [
        "/api/v1/statistics/?as_of=2022-11-01&compared_with=2022-10-28",
        "/api/v1/status_history/?format=csv&as_of=2022-11-01",
        "/api/v1/status_history/?as_of=2022-11-01",
    ]
    assert {client.get(link).status_code for link in data} == {200}


def test_an_empty_record_has_numbers_too(visit):
    text = visit("/en/statistics/").text
    assert "stations listed 0" in text
    assert "No response recorded 0" in text
