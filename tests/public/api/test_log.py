"""The log is public, but for salts and snapshots."""

from casetracker.publication.models import LogEntry, Snapshot
from tests.factories.publications import publish_response, publish_station, retract


def test_the_log_is_listed_in_order(get):
    publish_station(1)
    publish_response(1)
    retract("S-1", note="Wrong town.")
    body = get("log/").json()
    assert (body["count"], body["next"]) == (3, None)
    assert [(row["sequence"], row["reference"], row["version"], row["action"]) for row in body["results"]] == [
        (1, "S-1", 1, "publish"),
        (2, "R-1", 1, "publish"),
        (3, "S-1", None, "retract"),
    ]
    assert [row["previous_hash"] for row in body["results"]] == [None] + [
        row["entry_hash"] for row in body["results"][:2]
    ]
    assert [row["note_hash"] is None for row in body["results"]] == [True, True, False]


def test_the_log_comes_in_pages(get):
    for number in range(1, 6):
        publish_station(number)
    page = get("log/?limit=2&ordering=-sequence").json()
    assert [row["sequence"] for row in page["results"]] == [5, 4]
    assert [row["sequence"] for row in get(page["next"]).json()["results"]] == [3, 2]


def test_an_entry_has_every_public_column_and_no_other(get):
    publish_station(1)
    body = get("log/1/").json()
    assert body.keys() - {"links"} == LogEntry.public_fields
    assert get("log/").json()["results"] == [body]


def test_no_salt_is_shown(get):
    publish_station(1)
    retract("S-1", note="Wrong town.")
    text = get("log/").content.decode() + get("log/2/").content.decode()
    for snapshot in Snapshot.objects.all():
        assert snapshot.salt not in text
        assert snapshot.note_salt == "" or snapshot.note_salt not in text


def test_the_log_takes_two_queries(get, django_assert_num_queries):
    publish_station(1)
    with django_assert_num_queries(2):
        get("log/")
    with django_assert_num_queries(2):
        get("log/1/")
