"""Feeds, by the rules of RFC 4287."""

import datetime as dt
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest

from casetracker.publication.models import LogEntry
from tests.factories.publications import (
    append,
    closed,
    investigating,
    publish_agreement,
    publish_claim,
    publish_response,
    publish_station,
    retract,
    station_snapshot,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["/en/feeds/all.atom", "/en/feeds/corrections.atom", "/en/feeds/status.atom", "/en/governments/NL/feed.atom"]
ONCE_IN_FEED = ("id", "title", "updated", "subtitle")


@pytest.fixture
def read(client):
    def read_feed(path):
        response = client.get(path)
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert_read_as_atom(response.content)
        feed = ElementTree.fromstring(response.content)  # noqa: S314 - our own
        check(feed, f"http://testserver{path}")
        return feed

    return read_feed


def assert_read_as_atom(content):
    """Assert that a reader of feeds sees well-formed Atom, and all that it asks of a feed and of each entry."""
    seen = feedparser.parse(content, sanitize_html=False)
    assert not seen.bozo, seen.get("bozo_exception")
    assert seen.version == "atom10"
    for part in (seen.feed, *seen.entries):
        assert part.id
        assert part.title_detail.type == "text/plain"
        assert part.updated_parsed is not None
        assert part.link.startswith("http://testserver/")


def texts(parent, name):
    return [element.text or "" for element in parent.findall(ATOM + name)]


def titles(feed):
    return [title for entry in feed.findall(f"{ATOM}entry") for title in texts(entry, "title")]


def check(feed, address):
    """What section 4 of RFC 4287 asks for of a feed and its entries."""
    assert feed.tag == f"{ATOM}feed"
    for name in ONCE_IN_FEED:
        assert len(texts(feed, name)) == 1, name
    assert texts(feed, "id") == [address]
    assert texts(feed.find(f"{ATOM}author"), "name") == ["casetracker"]
    links = {link.get("rel", "alternate"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"alternate": "http://testserver/en/", "self": address}
    moments = [texts(feed, "updated")[0]]
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        for name in ("id", "title", "updated", "summary"):
            assert len(texts(entry, name)) == 1, name
            assert texts(entry, name)[0].strip()
        assert urlsplit(texts(entry, "id")[0]).scheme == "http"
        assert [link.get("rel", "alternate") for link in entry.findall(f"{ATOM}link")] == ["alternate"]
        moments += texts(entry, "updated") + texts(entry, "published")
    assert all(dt.datetime.fromisoformat(moment).tzinfo for moment in moments)
    ids = [texts(entry, "id")[0] for entry in entries]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_is_valid_whether_empty_or_not(read, path):
    assert titles(read(path)) == []
    publish_station(1, label="<b>\u202eRotterdam</b>\x07", summary="A & B ]]> </summary>")
    append(station_snapshot(1, version=2), action="correct", version=2, note="<i>Wrong</i>")
    publish_response(1, **investigating())
    publish_station(2)
    retract("S-2", note="<script>")
    assert titles(read(path))


def test_everything_and_corrections_alone(read):
    publish_station(1, label="Rotterdam")
    append(station_snapshot(1, version=2, label="Utrecht"), action="correct", version=2, note="The town was wrong.")
    publish_station(2, label="Lisbon")
    retract("S-2", note="It was another office.")
    assert titles(read("/en/feeds/all.atom")) == [
        "Retracted: S-2",
        "Corrected: Utrecht (S-1)",
        "Published: Rotterdam (S-1)",
    ]
    corrections = read("/en/feeds/corrections.atom")
    assert texts(corrections.find(f"{ATOM}entry"), "id") == ["http://testserver/api/v1/log/4/"]
    assert titles(corrections) == ["Retracted: S-2", "Corrected: Utrecht (S-1)"]
    summaries = [texts(entry, "summary")[0] for entry in corrections.findall(f"{ATOM}entry")]
    assert summaries == ["It was wrong. It was another office.", "The town was wrong."]


def test_a_country_has_what_is_about_it(read, client):
    publish_station(1, label="Rotterdam")
    publish_station(2, country="FR", label="Paris")
    publish_response(1, label="Netherlands: reply")
    publish_response(2, concerns="GB", responder="CN", label="China: reply")
    publish_agreement(1)
    publish_claim(1)
    assert len(titles(read("/en/governments/NL/feed.atom"))) == 2
    assert len(titles(read("/en/governments/CN/feed.atom"))) == 2
    assert titles(read("/en/governments/FR/feed.atom")) == ["Published: Paris (S-2)"]
    assert client.get("/en/governments/XX/feed.atom").status_code == 404


def test_changes_of_status_are_told_with_their_day(read):
    publish_response(1, date="2022-10-26", **investigating())
    publish_response(2, date="2022-11-01", **closed())
    feed = read("/en/feeds/status.atom")
    assert titles(feed) == ["Netherlands: Closure ordered", "Netherlands: Investigating"]
    first = feed.find(f"{ATOM}entry")
    assert texts(first, "summary") == ["Since 1 November 2022, by R-2."]
    assert first.find(f"{ATOM}link").get("href").endswith("/en/governments/NL/?as_of=2022-11-01")


def test_a_feed_is_as_old_as_the_record(read):
    publish_station(1)
    last = LogEntry.objects.get().published_at
    assert dt.datetime.fromisoformat(texts(read("/en/feeds/all.atom"), "updated")[0]) == last


def test_readers_find_them(visit):
    publish_station(1)
    assert [link["href"] for link in visit("/en/").all("link", type="application/atom+xml")] == ["/en/feeds/all.atom"]
    links = [link["href"] for link in visit("/en/governments/NL/").all("link", type="application/atom+xml")]
    assert links == ["/en/feeds/all.atom", "/en/governments/NL/feed.atom"]
    assert set(FEEDS) <= set(visit("/en/feeds/").links)
