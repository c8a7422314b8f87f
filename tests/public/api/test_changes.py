"""Who replays the changes has what a fresh download has, whatever happens meanwhile."""

import json
import random
import threading

import pytest
from django.db import connection

from tests.factories.publications import (
    citation_part,
    merge,
    publish_agreement,
    publish_claim,
    publish_response,
    publish_station,
    retract,
    source_part,
)

PLURALS = {"station": "stations", "response": "responses", "agreement": "agreements", "claim": "claims"}


class Mirror:
    """A client that knows nothing but the description of the changes."""

    def __init__(self, get, limit=100):
        self.get, self.since, self.limit = get, 0, limit
        self.records = {plural: {} for plural in (*PLURALS.values(), "sources")}

    def read(self, *, pages=None, meanwhile=lambda: None):
        address = f"/api/v1/changes/?since={self.since}&limit={self.limit}"
        while address and pages != 0:
            body = self.get(address).json()
            for change in body["results"]:
                self.apply(change)
            self.since, address = body["until"], body["next"]
            pages = pages and pages - 1
            meanwhile()
        return self

    def apply(self, change):
        records, reference = self.records[PLURALS[change["record_kind"]]], change["reference"]
        if change["withdrawal"]:
            records.pop(reference, None)
        elif change["document"]:
            records[reference] = change["document"]
        for source in change["sources"]:
            self.records["sources"][source["reference"]] = source
        for ended in change["sources_ended"]:
            self.records["sources"].pop(ended, None)


def downloaded(get):
    """Return everything, as one downloads it."""
    found = {}
    for plural in (*PLURALS.values(), "sources"):
        lines = get(f"{plural}/?format=ndjson").getvalue().decode().splitlines()
        rows = [json.loads(line) for line in lines]
        found[plural] = {row["reference"]: row for row in rows}
    return found


def in_new_words(title):
    return [citation_part(source_part("D-1", title=title))]


@pytest.fixture
def _story(db):
    publish_station(1, citations=in_new_words("First"))
    publish_station(2, citations=[citation_part("D-1"), citation_part("D-2")])
    publish_response(1)
    publish_station(1, version=2, citations=in_new_words("Second"))
    publish_agreement(1)
    publish_claim(1, citations=[citation_part("D-3")])
    retract("C-1")
    merge("S-2", "S-1")
    publish_station(3, citations=[citation_part("D-2")])
    publish_claim(1, version=2, citations=[citation_part("D-3")])


@pytest.mark.usefixtures("_story")
def test_the_changes_end_in_a_fresh_download(get):
    for limit in (1, 3, 100):
        mirror = Mirror(get, limit).read()
        assert mirror.records == downloaded(get)
        assert (mirror.since, len(mirror.records["sources"])) == (10, 3)


@pytest.mark.usefixtures("_story")
@pytest.mark.parametrize("seen", [1, 5, 9])
def test_one_goes_on_where_one_stopped(get, seen):
    mirror = Mirror(get, limit=1).read(pages=seen)
    retract("S-1")
    publish_station(3, version=2, citations=in_new_words("Third"))
    retract("R-1")
    assert mirror.read().records == downloaded(get)


@pytest.mark.usefixtures("_story")
def test_a_change_says_what_the_log_says_and_why_something_is_gone(get):
    change = get("changes/?since=6&limit=1").json()
    assert (change["since"], change["until"], change["last"]) == (6, 7, 10)
    assert change["next"] == "/api/v1/changes/?since=7&limit=1"
    (retraction,) = change["results"]
    assert {**retraction, **get("log/7/").json()} == retraction
    assert (retraction["action"], retraction["document"], retraction["sources"]) == ("retract", None, [])
    assert retraction["withdrawal"]["note"] == "It was about another place."
    assert retraction["sources_ended"] == ["D-3"]
    (merged,) = get("changes/?since=7&limit=1").json()["results"]
    assert (merged["action"], merged["withdrawal"]["successor"]) == ("merge", "S-1")


@pytest.mark.usefixtures("_story")
def test_what_was_withdrawn_since_is_in_no_change(get):
    text = get("changes/").content.decode()
    assert get("changes/?since=1&limit=1").json()["results"][0]["document"] is None
    assert "Amsterdam: station 2" not in text
    assert "Amsterdam: station 1" in text


@pytest.mark.usefixtures("_story")
def test_the_end_and_what_lies_behind_it(get, refused):
    assert get("changes/?since=10").json() == {"since": 10, "until": 10, "last": 10, "next": None, "results": []}
    assert refused("changes/?since=11")["since"]["allowed"] == ["0 to 10"]
    for bad in ("-1", "x", "1e3", "9" * 20):
        assert set(refused(f"changes/?since={bad}")) == {"since"}
    assert refused("changes/?limit=101")["limit"]["allowed"] == ["1 to 100"]


def test_before_the_first_publication(get):
    assert get("changes/").json()["results"] == []


@pytest.mark.usefixtures("_story")
def test_a_page_takes_the_same_queries_however_long(get, django_assert_num_queries):
    for limit in (1, 10):
        with django_assert_num_queries(9):  # head, entries, four kinds, tombstones, sources begun and ended
            get(f"changes/?limit={limit}")


def much_happens(number, seed):
    """Publish, revise and retract stations that share sources, in an order that chance gives."""
    chance, versions, live = random.Random(seed), {}, set()  # noqa: S311
    for _act in range(number):
        station = chance.randint(1, 12)
        if station in live and chance.random() < 0.4:
            live.remove(station)
            retract(f"S-{station}")
            continue
        versions[station] = versions.get(station, 0) + 1
        live.add(station)
        sources = chance.sample(range(1, 6), 2)
        cited = [citation_part(source_part(f"D-{source}", title=f"Title {chance.randint(1, 2)}")) for source in sources]
        publish_station(station, version=versions[station], citations=cited, summary=f"Act {_act}")
        yield


def test_publications_between_two_pages_change_nothing(get):
    acts = much_happens(30, seed=1)
    for _act in zip(range(8), acts):  # noqa: B905 - the first few
        pass
    mirror = Mirror(get, limit=2).read(meanwhile=lambda: next(acts, None))
    list(acts)
    assert mirror.read().records == downloaded(get)


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_a_mirror_that_reads_during_500_publications_and_retractions_ends_equal(get):
    failures = []

    def publish():
        try:
            list(much_happens(500, seed=7))
        except Exception as error:  # noqa: BLE001 - raised again in the thread of the test
            failures.append(error)
        finally:
            connection.close()

    publisher = threading.Thread(target=publish)
    publisher.start()
    mirror, rounds = Mirror(get, limit=7), 0
    while publisher.is_alive():
        mirror.read()
        rounds += 1
    publisher.join()
    assert failures == []
    assert mirror.read().records == downloaded(get)
    assert (mirror.since, rounds > 1) == (500, True)
