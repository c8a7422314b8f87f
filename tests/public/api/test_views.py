"""Lists and records as of a day, and as known at some time."""

import datetime as dt
from urllib.parse import quote

import pytest

from casetracker.publication.models import LogEntry
from tests.factories.publications import closed, investigating, publish_response, publish_station, retract

pytestmark = pytest.mark.slow

LISTS = ["stations/", "responses/", "agreements/", "claims/", "governments/"]
DETAILS = ["stations/S-1/", "responses/R-1/"]


def references(response):
    return [row["reference"] for row in response.json()["results"]]


@pytest.fixture
def history(db):
    """A station and a response; both corrected; another response, which was retracted."""
    publish_station(1, country="NL", first_reported="2022-09")
    publish_response(1, **investigating(), date="2022-10-25")
    publish_station(1, version=2, country="BE", first_reported="2022-08")
    publish_response(1, version=2, **closed(), date="2022-10-01")
    publish_response(2, **closed(), date="2022-11-01")
    retract("R-2")


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "S-1"),
        ("as_of=2022-08-30", ""),
        ("as_of=2022-08-31", "S-1"),
        ("known_at=1", "S-1"),
        ("known_at=2&as_of=2022-09-29", ""),
        ("known_at=2&as_of=2022-09-30", "S-1"),
        ("known_at=2&country=NL", "S-1"),
        ("known_at=3&country=NL", ""),
        ("known_at=2&source=D-1", "S-1"),
        ("known_at=1999-12-31", ""),
        ("known_at=2100-01-01", "S-1"),
    ],
)
def test_stations_can_be_listed_from_any_view(get, query, expected):
    response = get(f"stations/?{query}")
    assert " ".join(references(response)) == expected
    assert response.json()["count"] == len(expected.split())


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    ("query", "expected"),
    [("as_of=2022-10-01", "R-1"), ("as_of=2022-10-01&known_at=2", ""), ("known_at=2", "R-1"), ("known_at=5", "R-1")],
)
def test_responses_can_be_listed_from_any_view(get, query, expected):
    assert " ".join(references(get(f"responses/?{query}"))) == expected


@pytest.mark.usefixtures("history")
def test_a_record_is_read_as_it_was_known(get):
    assert get("stations/S-1/?known_at=2").json()["version"] == 1
    assert get("stations/S-1/").json()["version"] == 2
    assert get("responses/R-1/?known_at=1").status_code == 404
    assert get("responses/R-2/?known_at=5").status_code == 410


@pytest.mark.usefixtures("history")
def test_a_government_is_read_from_any_view(get):
    assert get("governments/NL/").json()["status"]["label"] == "Closure ordered"
    known = get("governments/NL/?known_at=2").json()
    assert (known["status"]["label"], known["station_count"], known["response_count"]) == ("Investigating", 1, 1)
    before = get("governments/NL/?known_at=2&as_of=2022-10-24").json()
    assert (before["status"]["reason"], before["responses"]) == ("no_response", [])
    assert [row["code"] for row in get("governments/?known_at=2").json()["results"]] == ["NL"]
    assert [row["code"] for row in get("governments/?as_of=2022-09-01").json()["results"]] == ["BE"]


@pytest.mark.usefixtures("history")
def test_a_moment_and_the_end_of_its_day_are_told_apart(get):
    """The log of this test was written in one day; so a moment in it is given as the log has it."""
    first, second = LogEntry.objects.order_by("sequence").values_list("published_at", flat=True)[:2]
    moment = first.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert first < second
    assert get(f"responses/?known_at={moment}").json()["count"] == 0
    assert get(f"stations/?known_at={moment}").json()["count"] == 1
    assert get(f"responses/?known_at={moment[:10]}").json()["count"] == 1
    yesterday = (first - dt.timedelta(days=1)).date()
    assert get(f"stations/?known_at={yesterday}").json()["count"] == 0


@pytest.mark.usefixtures("history")
def test_the_next_page_keeps_the_view(get):
    publish_response(3, **closed(), date="2022-10-02")
    publish_response(4, **closed(), date="2022-10-09")
    following = get("responses/?limit=1&as_of=2022-10-05").json()["next"]
    assert "as_of=2022-10-05" in following
    assert references(get(following)) == ["R-3"]
    assert get(following).json()["next"] is None


@pytest.mark.usefixtures("history")
def test_a_count_is_made_once_for_each_view(get, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert get("responses/?as_of=2022-10-05").json()["count"] == 1
    with django_assert_num_queries(3):
        assert get("responses/?as_of=2022-09-05").json()["count"] == 0
    with django_assert_num_queries(2):
        assert get("responses/?as_of=2022-10-05").json()["count"] == 1


@pytest.mark.long
@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("path", [*LISTS, *DETAILS, "governments/NL/"])
@pytest.mark.parametrize(
    "value",
    [
        "yesterday",
        "2022-13-01",
        "2022-1-1",
        "0",
        "-1",
        "01",
        "1e3",
        "9" * 19,
        "2022-12-05T14:00",
        "2022-12-05T25:00:00Z",
        "2022-12-05T14:00:00+01:00",
        "٢",
        "2022-02-30",
        "٢٠٢٢-١٢-٠٥",
        "2022",
    ],
)
def test_what_is_no_time_is_refused_with_the_remedy(refused, path, value):
    error = refused(f"{path}?known_at={quote(value)}")["known_at"]
    assert error["allowed"] == ["YYYY-MM-DD", "YYYY-MM-DDTHH:MM:SSZ", "the number of a log entry"]
    assert error["message"]


@pytest.mark.long
@pytest.mark.parametrize("path", [*LISTS, "governments/NL/"])
@pytest.mark.parametrize("value", ["2022", "2022-10", "2022-1-1", "2022-02-30", "26-10-2022", "1"])
def test_what_is_no_day_is_refused_with_the_remedy(refused, path, value):
    assert refused(f"{path}?as_of={value}")["as_of"]["allowed"] == ["YYYY-MM-DD"]


@pytest.mark.usefixtures("history")
def test_an_entry_that_is_not_written_yet_is_refused(refused):
    assert refused("stations/?known_at=7")["known_at"]["message"] == "The log has no such entry yet. Its last is 6."


@pytest.mark.parametrize("path", ["sources/", "sources/D-1/", "log/", "stations/S-1/versions/1/", "log/1/"])
@pytest.mark.usefixtures("history")
def test_what_has_no_view_takes_none(refused, path):
    assert set(refused(f"{path}?as_of=2022-10-25&known_at=1")) == {"as_of", "known_at"}


@pytest.mark.usefixtures("history")
def test_a_record_has_no_day_to_ask_for(refused):
    assert refused("stations/S-1/?as_of=2022-10-25")["as_of"]["allowed"] == ["known_at", "fields"]


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_of_all_days_can_be_asked_for(get, day):
    assert get(f"responses/?as_of={day}&known_at={day}").status_code == 200
    assert get(f"governments/NL/?as_of={day}").status_code == 200


@pytest.mark.usefixtures("history")
def test_who_has_seen_a_view_is_told_so(get):
    first = get("responses/?as_of=2022-10-05&known_at=2")
    again = get("responses/?as_of=2022-10-05&known_at=2", **{"If-None-Match": first["ETag"]})
    assert again.status_code == 304
