"""Every answer has exactly the headers of its row in the specification, whoever asks, whatever happens."""

import re

import pytest
from django.test import Client

from casetracker.review.models import Record
from tests.architecture.routes import PUBLIC, classify, routes
from tests.browser.desk_pages import addresses as desk_addresses
from tests.browser.desk_pages import build, desk_routes
from tests.canary.crawl import paths_of, staff_addresses
from tests.factories.records import MAKERS, bring_to, make_people, make_station
from tests.headers.specification import TABLE, differences

GONE = "S-2"
KINDS = (
    ("citation", r".*/cite\.\w+"),
    ("feed", r".*\.atom"),
    ("picture", r".*\.png"),
    ("sitemap", r"/sitemap.*\.xml"),
    ("static", r"/static/.*"),
    ("desk", r"/(desk|accounts)/.*"),
    ("program", r"/api/.*\.py"),
    ("schema", r"/api/v1/schema/"),
    ("docs", r"/api/v1/docs/"),
    ("download", r"/api/.*\?format=(csv|ndjson|geojson)"),
    ("api", r"/api/.*"),
    ("page", r"/(en|nl|zh-hans)/.*"),
    ("root", r"/.*"),
)
# What is answered in the same words whatever kind of thing was asked for.
GENERAL = {"program": "api", "schema": "api", "docs": "api", "download": "api", "static": "root", "sitemap": "root"}
GENERAL |= {"citation": "page", "feed": "page", "picture": "page"}

# One of each row: what is asked for, and the status that comes back.
CASES = (
    ("GET", "/en/", 200),
    ("GET", "/nl/stations/S-1/", 200),
    ("GET", "/en/stations/S-1/versions/1/cite.bib", 200),
    ("GET", "/en/feeds/all.atom", 200),
    ("GET", "/en/card.png", 200),
    ("GET", "/robots.txt", 200),
    ("GET", "/sitemap.xml", 200),
    ("GET", "/", 302),
    ("GET", "/en/stations", 301),
    ("GET", "/en/stations/?country=nonsense", 400),
    ("GET", "/en/nothing/", 404),
    ("GET", "/nothing/", 404),
    ("GET", "/static/nothing.css", 404),
    ("POST", "/en/", 405),
    ("POST", "/", 405),
    ("GET", f"/en/stations/{GONE}/", 410),
    ("GET", "/api/v1/stations/", 200),
    ("HEAD", "/api/v1/stations/S-1/", 200),
    ("GET", "/api/v1/stations/?format=csv", 200),
    ("GET", "/api/v1/log/verify_log.py", 200),
    ("GET", "/api/v1/schema/", 200),
    ("GET", "/api/v1/docs/", 200),
    ("OPTIONS", "/api/v1/", 204),
    ("GET", "/api/v1/stations", 301),
    ("GET", "/api/v1/stations/?x=1", 400),
    ("GET", "/api/v1/nothing/", 404),
    ("POST", "/api/v1/", 405),
    ("GET", f"/api/v1/stations/{GONE}/", 410),
    ("GET", "/desk/", 302),
    ("GET", "/accounts/login/", 200),
    ("GET", "/desk/nothing/", 302),
    ("POST", "/accounts/login/", 403),
)


def kind_of(path, status=200):
    kind = next(kind for kind, pattern in KINDS if re.fullmatch(pattern, path))
    return kind if (kind, status) in TABLE else GENERAL.get(kind, kind)


def ask(client, method, path, **headers):
    """Ask, and return the answer with what is wrong with its headers."""
    response = client.generic(method, path, headers=headers)
    return response, differences(kind_of(path, response.status_code), response, **headers)


@pytest.fixture
def stranger():
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.fixture
def records(db):
    """A live record of each kind, and a station that was withdrawn."""
    people = make_people()
    who = {"author": people.author, "reviewer": people.reviewer, "editor": people.editor}
    for make in MAKERS.values():
        bring_to(make(by=people.author), "live", **who)
    assert bring_to(make_station(by=people.author), "retracted", **who).reference == GONE


def test_one_answer_of_each_sort(stranger, records, editor):
    answers = {case: ask(stranger, *case[:2]) for case in CASES}
    assert {case: response.status_code for case, (response, _wrong) in answers.items()} == {c: c[2] for c in CASES}
    assert {case: wrong for case, (_response, wrong) in answers.items() if wrong} == {}
    for path in ("/en/", "/sitemap.xml", "/api/v1/"):
        etag = stranger.get(path).headers["ETag"]
        response, wrong = ask(stranger, "GET", path, if_none_match=etag)
        assert (response.status_code, wrong) == (304, {})
        assert ask(stranger, "GET", path, origin="https://newsroom.example")[1] == {}
        assert ask(stranger, "GET", path, accept_encoding="gzip")[1] == {}
    response, wrong = ask(stranger, "GET", "/api/v1/", accept="application/xml")
    assert (response.status_code, wrong) == (406, {})
    client = Client()
    client.force_login(editor)
    asked = {"/desk/": 200, "/desk/nothing/": 404, "/desk/accounts/user/": 403, "/desk/language/": 405}
    for path, status in asked.items():
        response, wrong = ask(client, "GET", path)
        assert (path, response.status_code, wrong) == (path, status, {})


def test_answers_to_those_who_ask_too_much(stranger, db, settings):
    settings.API_REQUESTS_PER_MINUTE = 1
    assert stranger.get("/api/v1/").status_code == 200
    response, wrong = ask(stranger, "GET", "/api/v1/")
    assert (response.status_code, wrong) == (429, {})
    stranger.handler.enforce_csrf_checks = False
    for _ in range(settings.AXES_FAILURE_LIMIT):
        response = stranger.post("/accounts/login/", {"login": "somebody", "password": "wrong"})
    assert (response.status_code, differences("desk", response)) == (429, {})
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = stranger.post("/accounts/login/", {"login": "x" * 200})
    assert (response.status_code, differences("desk", response)) == (413, {})
    assert "Go back, and send it in several parts." in response.text


@pytest.mark.parametrize(("path", "kind"), [("/en/", "page"), ("/api/v1/", "api, before a view"), ("/desk/", "desk")])
def test_another_host_and_a_fault_of_ours(stranger, path, kind, db, editor, monkeypatch):
    response = stranger.get(path, headers={"host": "elsewhere.example"})
    assert (response.status_code, differences(kind, response)) == (400, {})

    def fail(*_args, **_kwargs):
        raise RuntimeError

    for view in (
        "public.pages.views.home.Home.get",
        "public.api.views.site.Index.get",
        "desk.site.DeskSite.each_context",
    ):
        monkeypatch.setattr(f"casetracker.{view}", fail)
    stranger.force_login(editor)
    response = stranger.get(path)
    assert (response.status_code, differences(kind, response)) == (500, {})


def test_a_static_file(stranger, db):
    response, wrong = ask(stranger, "GET", "/static/public/site.css")
    response.close()
    assert (response.status_code, wrong) == (200, {})


@pytest.mark.slow
@pytest.mark.pages
def test_every_public_route(stranger, records):
    found = {}
    for route in routes():
        if classify(route) != PUBLIC:
            continue
        paths = {path.replace("S-1/", f"{one}/") for path in paths_of(route)[::-1][:2] for one in ("S-1", GONE)}
        for path in {paths_of(route)[0], *paths}:
            for method in ("GET", "HEAD", "POST", "OPTIONS"):
                found[method, path] = ask(stranger, method, path)
            etag = found["GET", path][0].headers.get("ETag", '"none"')
            found["again", path] = ask(stranger, "GET", path, if_none_match=etag)
            found["gzip", path] = ask(stranger, "GET", path, accept_encoding="gzip")
            found["origin", path] = ask(stranger, "GET", path, origin="https://newsroom.example")
    assert len(found) > 500
    assert {asked: wrong for asked, (_response, wrong) in found.items() if wrong} == {}
    assert [asked for asked, (response, _wrong) in found.items() if response.cookies] == []


@pytest.mark.slow
@pytest.mark.pages
def test_every_route_of_the_desk(db):
    world = build()
    wrong = {}
    for name, person in {"nobody": None, **world.people}.items():
        client = Client(raise_request_exception=False)
        if person:
            client.force_login(person)
        paths = {path for route in desk_routes() for path in desk_addresses(route, world)}
        paths |= set(staff_addresses(Record.objects.first().pk)) if name in {"nobody", "editor"} else set()
        for path in sorted(path for path in paths if "logout" not in path):
            response = client.get(path)
            saved = "Content-Disposition" in response.headers
            picture = response.headers.get("Content-Type", "").startswith("image/")
            kind = "file of the desk" if saved else "picture of the desk" if picture else "desk"
            if found := differences(kind, response):
                wrong[name, path] = found
    assert wrong == {}
