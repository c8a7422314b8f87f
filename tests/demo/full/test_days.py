"""What governments did, as of a day: asked through the API, with the real data."""

import csv
import io

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("demo")]


@pytest.fixture
def status_on(get):
    """The status of a government as of a day."""

    def ask(code, day):
        return get(f"governments/{code}/", as_of=day)["status"]

    return ask


@pytest.mark.parametrize(
    ("code", "day", "value", "basis", "reason"),
    [
        ("NL", "2022-10-20", None, None, "no_response"),
        ("NL", "2022-10-25", "investigating", None, None),
        ("NL", "2022-10-31", "investigating", None, None),
        ("NL", "2022-11-01", "closed", "ordered", None),
        ("IT", "2022-12-05", "no_action", "none_announced", None),
        ("IT", "2022-12-06", "no_action", "none_announced", None),
        ("IT", "2022-12-07", "investigating", None, None),
        ("CA", "2022-10-26", "investigating", None, None),
        ("CA", "2023-04-27", "closed", "claimed", None),
        ("CA", "2023-04-28", "investigating", None, None),
        ("DE", "2023-05-14", "closed", "claimed", None),
        ("DE", "2023-05-15", "closed", "ordered", None),
        ("HU", "2022-10-30", None, None, "no_response"),
        ("HU", "2022-11-01", None, None, "responded"),
        ("GB", "2022-11-01", None, None, "responded"),
        ("GB", "2023-06-06", "closed", "claimed", None),
        ("FR", "2022-01-15", None, None, "no_response"),
        ("FR", "2022-12-31", "investigating", None, None),
    ],
)
def test_status_on_a_day(status_on, code, day, value, basis, reason):
    status = status_on(code, day)
    assert (status["value"], status["basis"], status["reason"]) == (value, basis, reason)


def test_the_dutch_inquiry_runs_on_beside_the_order(status_on, desk):
    status = status_on("NL", "2022-11-01")
    inquiry, closure = status["inquiry"], status["closure"]
    assert (inquiry["state"], inquiry["since"]) == ("running", "2022-10-25")
    assert (closure["basis"], closure["since"]) == ("ordered", "2022-11-01")
    assert inquiry["set_by"] == desk.records["nl-2022-10-25-1"].reference
    assert status["set_by"] == closure["set_by"] == desk.records["nl-2022-11-01-1"].reference


def test_a_minister_s_claim_ends_no_inquiry(status_on):
    status = status_on("CA", "2023-04-27")
    assert status["closure"]["basis"] == "claimed"
    assert (status["inquiry"]["state"], status["inquiry"]["since"]) == ("running", "2022-10-26")


def test_a_contradicted_claim_falls_back_to_the_order(status_on, desk, client):
    before, after = status_on("DE", "2023-05-14"), status_on("DE", "2023-05-15")
    assert (before["basis"], before["activity_continues"]) == ("claimed", False)
    assert (after["basis"], after["activity_continues"]) == ("ordered", True)
    assert after["set_by"] == desk.records["de-2023-05-15-1"].reference
    page = client.get("/en/governments/DE/", {"as_of": "2023-05-15"}).content.decode()
    assert "reported to continue" in page


def test_a_day_with_three_british_acts_has_one_status_and_shows_their_order(get, desk):
    page = get("governments/GB/", as_of="2023-06-06")
    assert page["status"]["set_by"] == desk.records["gb-2023-06-06-3"].reference
    acts = [act for act in page["responses"] if act["date"] == "2023-06-06"]
    assert sorted((act["order_in_day"], act["sets_status"], act["basis"]) for act in acts) == [
        (1, "no_action", "inquiry_ended"),
        (2, "closed", "ordered"),
        (3, "closed", "claimed"),
    ]


GROUPED = ("CA", "US", "GB", "DE", "AT", "ES")


@pytest.mark.parametrize("code", GROUPED)
def test_a_grouped_state_gets_nothing_from_the_group(status_on, desk, code):
    reference = desk.records[f"{code.lower()}-2022-12-05-1"].reference
    before, after = status_on(code, "2022-12-04"), status_on(code, "2022-12-05")
    assert (before["value"], before["basis"], before["since"]) == (after["value"], after["basis"], after["since"])
    lines = [line for line in (after, after["inquiry"], after["closure"], after["possibly_already"]) if line]
    assert reference not in [line.get("set_by") or line.get("reference") for line in lines]


def test_a_vague_year_is_possible_only(status_on, desk):
    status = status_on("FR", "2022-06-15")
    assert status["value"] is None
    assert status["possibly_already"]["value"] == "investigating"
    assert status["possibly_already"]["reference"] == desk.records["fr-2022-1"].reference


def test_nothing_is_known_before_the_log_begins(get):
    assert get("governments/", known_at="2000-01-01")["count"] == 0
    assert get("responses/", known_at="2000-01-01")["count"] == 0


STATIONS_ONLY = 89  # Entries of the log that were there before the first response.


def test_what_was_known_before_the_responses_were_published(get):
    before = get("governments/NL/", known_at=STATIONS_ONLY, as_of="2022-11-01")
    assert len(before["stations"]) == 2
    assert (before["status"]["value"], before["status"]["reason"]) == (None, "no_response")
    after = get("governments/NL/", known_at=STATIONS_ONLY + 107, as_of="2022-11-01")
    assert (after["status"]["value"], after["status"]["basis"]) == ("closed", "ordered")


def test_two_days_are_compared(get):
    compared = get("statistics/", as_of="2022-12-07", compared_with="2022-12-05")["compared"]
    changes = {change["country"]: change for change in compared["changes"]}
    assert changes["IT"]["before"]["basis"] == "none_announced"
    assert changes["IT"]["after"]["value"] == "investigating"
    assert changes["IT"]["sentence"] in compared["sentences"]
    assert not changes.keys() & {"US", "GB", "ES", "CN"}


def test_statistics_count_each_government_once(get):
    numbers = get("statistics/", as_of="2023-06-06")
    counted = sum(status["count"] for status in numbers["statuses"]) + sum(
        reason["count"] for reason in numbers["without_status"]
    )
    assert counted == numbers["governments"]


def test_the_history_of_canada(get):
    segments = get("status_history/", country="CA")["results"]
    story = [(segment["from"], segment["value"], segment["basis"]) for segment in segments]
    assert ("2023-04-27", "closed", "claimed") in story
    assert ("2023-04-28", "investigating", None) in story
    assert story.index(("2023-04-27", "closed", "claimed")) + 1 == story.index(("2023-04-28", "investigating", None))


def test_the_history_of_germany_as_a_table(client, desk):
    table = client.get("/api/v1/status_history/", {"country": "DE", "format": "csv"}).getvalue().decode()
    rows = {row["from"]: row for row in csv.DictReader(io.StringIO(table, newline=""))}
    last = rows["2023-05-15"]
    assert (last["value"], last["basis"], last["activity_continues"], last["to"]) == ("closed", "ordered", "true", "")
    assert last["set_by"] == desk.records["de-2023-05-15-1"].reference


def test_lists_end_with_the_day(get):
    assert get("responses/", as_of="2022-09-01")["count"] == 0
    first = get("stations/", as_of="2022-09-12")["count"]
    both = get("stations/", as_of="2022-12-05")["count"]
    assert 0 < first < both < get("stations/")["count"]


@pytest.mark.parametrize(("day", "reported", "qualifier"), [("2022-10-01", 3, "exactly"), ("2022-12-05", 5, "exactly")])
def test_the_count_of_canada_on_a_day(get, day, reported, qualifier):
    coverage = get("governments/CA/", as_of=day)["coverage"]
    assert (coverage["reported"]["value"], coverage["reported"]["qualifier"]) == (reported, qualifier)


def test_canada_five_reported_eight_listed_five_counted_three_elsewhere(get, desk):
    coverage = get("governments/CA/")["coverage"]
    assert coverage["reported"]["value"] == 5
    assert coverage["reported"]["claimed_by"] == "Safeguard Defenders"
    assert coverage["reported"]["reference"] == desk.records["ca-2"].reference
    assert (coverage["stations"], coverage["counted"], coverage["elsewhere"], coverage["missing"]) == (8, 5, 3, 0)
    assert [claim["value"] for claim in coverage["earlier"]] == [3]
    assert coverage["explanation"] == "5 reported, 8 listed, 5 of them counted, 3 alleged elsewhere."


def test_counts_that_were_superseded_stay_readable(get, desk):
    earlier = get(f"claims/{desk.records['stations-world-1'].reference}/")
    assert (earlier["qualifier"], earlier["value"]) == ("more_than", 50)
    assert earlier["superseded_by"] == desk.records["stations-world-2"].reference


def test_a_draft_is_in_no_number(get, desk):
    """The count of German stations rests on a machine translation, and is not published."""
    assert desk.records["de-2"].reference is None
    assert get("governments/DE/")["coverage"]["reported"] is None
    assert get("claims/", country="DE")["count"] == 0
