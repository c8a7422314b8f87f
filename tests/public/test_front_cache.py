"""The cache in front gives what Django would, and nothing that the log has overtaken."""

import pytest
from django.core.cache import caches
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, connections
from django.test import RequestFactory

from casetracker.public.front_cache import FrontCache
from casetracker.publication.models import Checkpoint
from tests.canary.crawl import addresses, queries
from tests.factories.publications import (
    merge,
    publish_agreement,
    publish_claim,
    publish_response,
    publish_station,
    retract,
)

STATIONS = "/api/v1/stations/"
PATHS = [STATIONS, f"{STATIONS}S-1/", "/en/", "/nl/stations/S-1/", "/zh-hans/log/"]
# Never kept: errors, ways elsewhere, what has no end yet, what staff see, and what is no page.
NOT_KEPT = [
    f"{STATIONS}S-9/",
    f"{STATIONS}?colour=red",
    f"{STATIONS}?format=ndjson",
    "/",
    "/en/nothing/",
    "/en/stations?x=1",
    "/accounts/login/",
    "/desk/",
    "/robots.txt",
    "/sitemap.xml",
]
WAYS = [
    {},
    {"accept_encoding": "gzip, br"},
    {"origin": "https://elsewhere.example"},
    {"origin": "null"},
    {"accept": "text/csv"},
    {"accept": "application/xml"},
    {"accept_language": "nl"},
    {"if_none_match": '"other"'},
    {"if_none_match": "*"},
    {"host": "localhost"},
    {"host": "elsewhere.example"},
]


class Site:
    """The site behind the cache, as a server runs it. `made` has the addresses that Django itself answered."""

    def __init__(self):
        self.made = []
        self.django = get_wsgi_application()
        self.front = FrontCache(self._make)

    def _make(self, environ, start_response):
        self.made.append(environ["PATH_INFO"])
        return self.django(environ, start_response)

    def get(self, path, *, method="GET", front=True, **headers):
        """Return status, headers and body."""
        environ = RequestFactory().generic(method, path, headers=headers).environ
        if "cookie" not in headers:
            del environ["HTTP_COOKIE"]  # The factory always sends one.
        sent = []
        response = (self.front if front else self.django)(environ, lambda *said: sent.append(said))
        body = b"".join(response)
        if hasattr(response, "close"):
            response.close()
        (status, given), *_nothing = sent
        return status, dict(given), body


@pytest.fixture(autouse=True)
def _keep_connections():
    """A server closes them when they are too old. In a test they hold its transaction."""
    moments = (request_started, request_finished)
    for moment in moments:
        moment.disconnect(close_old_connections)
    yield
    for moment in moments:
        moment.connect(close_old_connections)


@pytest.fixture
def site(db):
    publish_station(1)
    publish_response(1)
    return Site()


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_is_made_once_and_then_costs_the_question_after_the_head_alone(site, path, django_assert_num_queries):
    first = site.get(path)
    assert first[0] == "200 OK"
    with django_assert_num_queries(0):  # That one goes past Django's cursors.
        assert site.get(path) == first
    asked_again = {"if_none_match": first[1]["ETag"]}
    unchanged = site.get(path, **asked_again)
    assert unchanged[0] == "304 Not Modified"
    with django_assert_num_queries(0):
        assert site.get(path, **asked_again) == unchanged
    assert site.get(path) == first
    assert len(site.made) == 2


@pytest.mark.parametrize("path", NOT_KEPT)
def test_what_is_not_for_all_and_for_long_is_made_each_time(site, path):
    assert site.get(path) == site.get(path) or path == "/accounts/login/"
    assert len(site.made) == 2


def test_who_may_be_signed_in_is_answered_by_the_site_itself(site):
    site.get(STATIONS)
    site.get(STATIONS, cookie="sessionid=x")
    site.get(STATIONS, method="POST")
    assert len(site.made) == 3


def test_every_way_of_asking_has_its_own_answer(site):
    for _turn in range(2):  # from Django, then from the cache, whatever was asked for in between
        for way in WAYS:
            assert site.get(STATIONS, **way) == site.get(STATIONS, front=False, **way)
    assert len({site.get(STATIONS, **way)[1].get("access-control-allow-origin") for way in WAYS}) == 2


def test_nothing_that_the_log_has_overtaken_is_given(site):
    elsewhere = Site()  # another process, which hears of nothing
    for process in (site, elsewhere):
        assert process.get(f"{STATIONS}S-1/")[0] == "200 OK"
    tag = site.get(STATIONS)[1]["ETag"]
    retract("S-1")
    for process in (site, elsewhere):
        assert process.get(f"{STATIONS}S-1/")[0] == "410 Gone"
        assert process.get(STATIONS, if_none_match=tag)[0] == "200 OK"


def test_the_log_is_asked_again_after_the_time_that_may_pass(site, settings):
    settings.FRONT_CACHE_ASK_AFTER = 3600.0
    before = site.get(f"{STATIONS}S-1/")
    retract("S-1")
    assert site.get(f"{STATIONS}S-1/") == before
    assert site.get(f"{STATIONS}S-2/")[0] == "404 Not Found"  # What is not kept is made from the present state.
    settings.FRONT_CACHE_ASK_AFTER = 0.0
    assert site.get(f"{STATIONS}S-1/")[0] == "410 Gone"


def test_a_tag_that_the_cache_has_not_seen_yet_does_not_mix_up_answers(site):
    site.get(STATIONS)
    publish_station(2)
    tag = Site().get(STATIONS)[1]["ETag"]
    assert site.get(STATIONS, if_none_match=tag)[0] == "304 Not Modified"
    assert site.get(STATIONS)[0] == "200 OK"


def test_a_checkpoint_is_seen_although_the_log_has_not_moved(site):
    path = "/api/v1/log/checkpoints/"
    assert b'"count":0' in site.get(path)[2]
    key, signature = "k" * 44, "s" * 88
    Checkpoint(
        sequence=1, entry_hash="0" * 64, signed_at="2026-01-01T00:00Z", public_key=key, signature=signature
    ).save()
    assert b'"count":1' in site.get(path)[2]


def test_what_is_kept_has_bounds(site, settings):
    settings.FRONT_CACHE_BYTES = 60_000
    bounded = Site()
    for number in range(1, 101):
        bounded.get(f"{STATIONS}?limit={number}")
        assert bounded.front.shelf.used <= 60_000
    bounded.get(f"{STATIONS}?limit=100")
    assert len(bounded.made) == 100  # The last one is still there.
    bounded.get(f"{STATIONS}?limit=1")
    assert len(bounded.made) == 101
    bounded.get("/en/", accept="a" * 5_000)
    bounded.get("/en/", accept="a" * 5_000)
    assert len(bounded.made) == 103
    settings.FRONT_CACHE_BYTES = 0
    without = Site()
    assert without.get(STATIONS) == without.get(STATIONS)
    assert len(without.made) == 2


def test_what_is_kept_counts_for_no_limit(site, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    caches["throttle"].clear()
    for _turn in range(4):
        assert site.get(STATIONS)[0] == "200 OK"
    assert site.get(f"{STATIONS}?limit=1")[0] == "200 OK"
    for _turn in range(2):
        assert site.get(f"{STATIONS}?limit=2")[0] == "429 Too Many Requests"
    caches["throttle"].clear()


@pytest.fixture
def lose_the_database():
    """Let nobody connect to it any more, until the test is over."""
    name = connection.settings_dict["NAME"]

    def lose():
        connections.close_all()
        connection.settings_dict["NAME"] = "/nowhere/at/all"

    yield lose
    connections.close_all()
    connection.settings_dict["NAME"] = name


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seconds", [0, 60])
def test_while_the_database_is_away_what_was_seen_last_is_given_for_a_while(
    settings, lose_the_database, seconds, caplog
):
    settings.FRONT_CACHE_STALE_SECONDS = seconds
    publish_station(1)
    site = Site()
    first = site.get(STATIONS)
    lose_the_database()
    again = site.get(STATIONS)
    assert again == first if seconds else again[0].startswith("5")
    assert site.get(f"{STATIONS}S-1/")[0].startswith("5")


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.pages
def test_every_public_answer_is_the_same_behind_the_cache(site):
    publish_station(1, version=2, label="Amsterdam: another name")
    publish_station(2)
    publish_station(3)
    publish_station(4)
    publish_agreement(1)
    publish_claim(1)
    retract("S-2")
    merge("S-3", "S-4")
    paths = addresses()
    paths += [query for path in (STATIONS, "/en/stations/", "/nl/search/") for query in queries(path)]
    for path in paths:
        tag = site.get(path, front=False)[1].get("ETag", '"none"')
        for way in ({}, {"if_none_match": tag}, {"accept_encoding": "gzip"}):
            alone = site.get(path, front=False, **way)
            assert site.get(path, **way) == alone, path
            assert site.get(path, **way) == alone, path
        assert site.get(path, method="HEAD") == site.get(path, method="HEAD", front=False), path
    assert site.front.shelf.used > 0
