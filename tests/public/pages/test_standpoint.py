"""Pages seen from another day, or as known at another time."""

import pytest

from tests.factories.publications import closed, investigating, publish_response, publish_station, retract

pytestmark = [pytest.mark.slow, pytest.mark.long]

# All that can be seen from another day.
LISTS = [
    "/en/stations/",
    "/en/responses/",
    "/en/agreements/",
    "/en/claims/",
    "/en/governments/",
    "/en/timeline/",
    "/en/statistics/",
]
PAGES = [*LISTS, "/en/governments/NL/"]


@pytest.fixture
def record(db):
    publish_response(1, summary="FIRST", **investigating(date="2022-10-25"))
    publish_station(1, label="EARLY", first_reported="2022-09")
    publish_response(2, summary="SECOND", **closed("ordered", date="2022-11-01"))
    publish_station(2, label="LATE", first_reported="2022-11-05")
    publish_response(3, summary="WITHDRAWN", date="2022-10-01")
    retract("R-3")


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", "Closure ordered"),
        ("?as_of=2022-11-01", "Closure ordered"),
        ("?as_of=2022-10-31", "Investigating"),
        ("?as_of=2022-10-24", "No response recorded"),
        ("?known_at=1", "Investigating"),
        ("?known_at=2", "Investigating"),
        ("?known_at=3", "Closure ordered"),
        ("?known_at=3&as_of=2022-10-30", "Investigating"),
        ("?known_at=2000-01-01", "No response recorded"),
        ("?known_at=2000-01-01T00:00:00Z", "No response recorded"),
    ],
)
def test_the_status_of_a_government_can_be_seen_from_any_day(visit, query, status):
    page = visit(f"/en/governments/NL/{query}")
    assert f"Response status {status}" in page.text
    assert "WITHDRAWN" not in page.response.text


@pytest.mark.usefixtures("record")
def test_what_stands_on_a_page_is_what_was_then(visit):
    text = visit("/en/governments/NL/?as_of=2022-10-31").text
    assert "FIRST" in text
    assert "EARLY" in text
    assert "SECOND" not in text
    assert "LATE" not in text
    text = visit("/en/stations/?as_of=2022-10-31").text
    assert "1 in the list" in text
    assert "EARLY" in text
    assert "1 in the list" in visit("/en/stations/?known_at=2").text
    assert "2 in the list" in visit("/en/stations/?known_at=2100-01-01").text


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_plainly_that_it_is_not_of_today_and_leads_back(visit, path):
    assert "As of 1 November 2022." not in visit(path).text
    page = visit(f"{path}?as_of=2022-11-01")
    assert "As of 1 November 2022. What had surely happened by then. Show today" in page.text
    assert path in page.links
    page = visit(f"{path}?known_at=2022-12-05")
    assert "As known on 5 December 2022. What this record said then" in page.text
    assert "Nothing was published yet. Show what is known now" in page.text
    page = visit(f"{path}?as_of=2022-11-01&known_at=2")
    assert "As known after entry 2 of the log" in page.text
    assert f"{path}?known_at=2" in page.links
    assert f"{path}?as_of=2022-11-01" in page.links


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("path", PAGES)
def test_the_days_are_fields_that_keep_what_was_asked(visit, path):
    page = visit(f"{path}?as_of=2022-11-01&known_at=2022-12-05")
    assert page.all("input", name="as_of", type="date", value="2022-11-01")
    assert page.all("input", name="known_at", type="date", value="2022-12-05")
    # A field for dates would show nothing.
    assert visit(f"{path}?known_at=2").all("input", name="known_at", type="text", value="2")


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("as_of=yesterday", "This is no day. Write it as 2022-10-26."),
        ("as_of=2022-02-30", "This is no day. Write it as 2022-10-26."),
        ("known_at=yesterday", "Write a day as 2022-12-05, a moment as 2022-12-05T14:00:00Z, or the number"),
        ("known_at=999", "The log has no such entry yet. Its last is 6."),
    ],
)
def test_a_bad_day_is_told_at_its_field(visit, path, query, message):
    page = visit(f"{path}?{query}", status=400)
    name = query.partition("=")[0]
    assert message in page.text
    assert page.all("input", name=name, aria_invalid="true", aria_describedby=f"filter-{name}-error")
    assert "Nothing is shown" in page.text
    assert "EARLY" not in page.text


@pytest.mark.usefixtures("record")
def test_blank_fields_are_left_out_of_the_address(client):
    response = client.get("/en/governments/NL/?as_of=2022-11-01&known_at=")
    assert (response.status_code, response.headers["Location"]) == (302, "/en/governments/NL/?as_of=2022-11-01")


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("path", PAGES)
def test_links_between_these_pages_keep_the_day(visit, path):
    links = visit(f"{path}?as_of=2022-11-30&known_at=4").links
    kept = "as_of=2022-11-30&known_at=4"
    for other in LISTS:
        assert f"{other}?{kept}" in links
    if path in ("/en/governments/", "/en/timeline/", "/en/stations/"):
        assert f"/en/governments/NL/?{kept}" in links


@pytest.mark.usefixtures("record")
def test_the_data_of_a_page_is_that_of_its_day(visit, client):
    for path in ["/en/stations/", "/en/responses/", "/en/governments/", "/en/governments/NL/"]:
        page = visit(f"{path}?as_of=2022-10-31")
        data = [link for link in page.links if link.startswith("/api/v1/") and "as_of=2022-10-31" in link]
        assert data
        assert {client.get(link).status_code for link in data} == {200}


def test_a_vague_act_is_possible_before_it_counts(visit):
    publish_response(1, **investigating(date="2022-10-25"))
    publish_response(2, **closed("ordered", date="2022-11"))
    text = visit("/en/governments/NL/?as_of=2022-11-10").text
    assert "Response status Investigating" in text
    assert "Possibly already Closure ordered R-2" in text
    assert "Possibly already: Closure ordered" in visit("/en/governments/?as_of=2022-11-10").text
    assert "Possibly already" not in visit("/en/governments/NL/?as_of=2022-11-30").text
    assert "Possibly already" not in visit("/en/governments/NL/").text
