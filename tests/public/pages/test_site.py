"""What holds for all pages: errors, methods, caching, the demonstration, robots, the page on method."""

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from casetracker.public import labels
from casetracker.public.pages.words import EPISTEMIC_NOTES
from tests.factories.publications import publish_agreement, publish_claim, publish_response, publish_station
from tests.public.pages.reading import Reader

PATHS = [
    "/en/",
    "/en/stations/",
    "/en/stations/S-1/",
    "/en/stations/S-1/versions/1/",
    "/en/governments/",
    "/en/governments/NL/",
    "/en/governments/NL/?as_of=2022-12-01",
    "/en/timeline/",
    "/en/statistics/",
    "/en/responses/",
    "/en/responses/R-1/",
    "/en/responses/R-1/versions/1/",
    "/en/agreements/",
    "/en/agreements/A-1/",
    "/en/claims/",
    "/en/claims/C-1/",
    "/en/claims/C-1/versions/1/",
    "/en/sources/",
    "/en/sources/D-1/",
    "/en/method/",
    "/en/search/?q=amsterdam",
    "/en/corrections/",
    "/en/feeds/",
    "/en/log/",
    "/en/downloads/",
    "/en/downloads/columns/",
    "/en/reply/?about=S-1",
]
FILES = [
    "/en/feeds/all.atom",
    "/en/feeds/corrections.atom",
    "/en/feeds/status.atom",
    "/en/governments/NL/feed.atom",
    "/en/card.png",
    "/sitemap.xml",
    "/sitemaps/stations.xml",
]


@pytest.fixture
def record(db):
    publish_station(1)
    publish_response(1, stations=["S-1"])
    publish_agreement(1)
    publish_claim(1)


def test_a_page_is_sent_again_only_after_the_next_publication(client, record):
    seen = {}
    for path in [*PATHS, *FILES]:
        first = client.get(path)
        assert first.headers["Cache-Control"] == "no-cache"
        assert "Last-Modified" in first.headers
        seen[path] = {"If-None-Match": first.headers["ETag"]}
        with CaptureQueriesContext(connection) as queries:
            again = client.get(path, headers=seen[path])
        assert (path, again.status_code, again.content, len(queries)) == (path, 304, b"", 1)
    publish_station(2)
    assert [path for path in seen if client.get(path, headers=seen[path]).status_code != 200] == []


def test_the_data_of_a_page_has_another_tag(client, record):
    page, data = client.get("/en/stations/S-1/"), client.get("/api/v1/stations/S-1/")
    assert page.headers["ETag"] != data.headers["ETag"]


def test_a_head_request_gets_the_headers_alone(client, record):
    for path in PATHS:
        response = client.head(path)
        assert (path, response.status_code, response.content) == (path, 200, b"")
        assert response.headers["ETag"] == client.get(path).headers["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_a_page_can_only_be_read(client, record, method):
    client.handler.enforce_csrf_checks = True
    response = getattr(client, method)("/en/stations/S-1/")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert not response.cookies


@pytest.mark.parametrize("path", ["/en/nothing/", "/nothing/", "/en/stations/S-1/x/", "/en/stations/X/"])
def test_an_unknown_address_tells_that_nothing_is_published_there(visit, path):
    page = visit(path, status=404)
    assert "Page not found" in page.text
    assert page.all("meta", name="robots", content="noindex")


def test_a_draft_and_nothing_look_the_same(client, record):
    first, second = client.get("/en/stations/S-2/"), client.get("/en/stations/S-3/")
    assert first.status_code == second.status_code == 404
    assert first.content == second.content


def test_too_many_parameters_are_told_and_not_served(client, record, settings):
    many = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1
    response = client.get("/en/stations/", {f"p{number}": "x" for number in range(many)})
    assert response.status_code == 400
    assert "Request not understood" in response.text


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html"])
def test_an_error_page_needs_no_request(name, settings):
    settings.DEMO = True
    page = Reader(render_to_string(name))
    assert page.open == []
    assert "Demonstration, not a publication" in page.text
    assert "/en/stations/" in page.links


def test_a_refusal_says_why():
    assert "Ask an administrator" in render_to_string("403.html", {"exception": "Ask an administrator for a role."})


def test_the_demonstration_says_what_it_is_and_stays_out_of_indexes(visit, record, settings):
    for path in [*PATHS, "/en/nothing/"]:
        status = 404 if path == "/en/nothing/" else 200
        settings.DEMO = False
        page = visit(path, status)
        assert "Demonstration" not in page.text, path
        assert "X-Robots-Tag" not in page.response.headers
        settings.DEMO = True
        page = visit(path, status)
        assert page.text.startswith("Skip to the content Demonstration, not a publication"), path
        assert page.all("meta", name="robots", content="noindex")
        assert page.response.headers["X-Robots-Tag"] == "noindex"


def test_only_errors_forbid_indexing_on_a_real_site(visit, record):
    for path in PATHS:
        assert not visit(path).all("meta", name="robots")


def test_robots_are_welcome_except_in_the_demonstration(client, settings):
    response = client.get("/robots.txt")
    assert response.text == "User-agent: *\nDisallow:\n\nSitemap: http://testserver/sitemap.xml\n"
    assert response.headers["Content-Type"].startswith("text/plain")
    settings.DEMO = True
    assert client.get("/robots.txt").text.startswith("User-agent: *\nDisallow: /\n")
    assert client.post("/robots.txt").status_code == 405


def test_the_page_on_method_explains_every_word(visit):
    text = visit("/en/method/").text
    for code, label in labels.EPISTEMIC_STATUSES.items():
        assert f"{label} {EPISTEMIC_NOTES[code]}" in text
    for words in (
        labels.VERIFICATION_LEVELS,
        labels.STANDINGS,
        labels.PLACE_PRECISIONS,
        labels.STATUSES,
        labels.RETRACTION_REASONS,
    ):
        for label in words.values():
            assert label in text
    assert "Another opens every source and compares." in text
    assert "Approve exactly this text An editor Whoever wrote on it Can write on it no more" in text
    assert "China, which is accused, is in no tally" in text


def test_the_last_change_is_dated(visit, record):
    assert " UTC" in visit("/en/method/").text.partition("Last change:")[2]


@pytest.mark.parametrize("path", ["/static/public/site.css", "/static/public/charts.css", "/static/public/icon.svg"])
def test_style_and_icon_are_served_from_here(client, db, path):
    response = client.get(path)
    assert response.status_code == 200
    content = b"".join(response.streaming_content).decode()
    response.close()
    assert "@import" not in content
    assert "url(" not in content
    assert "<style" not in content
