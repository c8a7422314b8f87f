"""What every page keeps to: no code or style in it, nothing from elsewhere, plain words, sound structure."""

import re
from itertools import pairwise

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.factories.publications import (
    append,
    citation_part,
    closed,
    publish_agreement,
    publish_claim,
    publish_response,
    publish_station,
    retract,
    source_part,
    station_snapshot,
    stations_counted,
)
from tests.public.pages.reading import read

# Said although the fixture unlocks the database itself: without it, this file alone would read the real one.
pytestmark = [pytest.mark.slow, pytest.mark.django_db]

PAGES = {
    "/en/": 200,
    "/en/stations/": 200,
    "/en/stations/?country=NL&ordering=number": 200,
    "/en/stations/?country=XX&first_reported_after=x": 400,
    "/en/stations/S-1/": 200,
    "/en/stations/S-1/versions/1/": 200,
    "/en/stations/S-1/versions/2/": 200,
    "/en/stations/S-2/": 410,
    "/en/stations/S-3/": 200,
    "/en/stations/S-9/": 404,
    "/en/governments/": 200,
    "/en/governments/?status=x": 400,
    "/en/governments/?as_of=x&ordering=-since": 400,
    "/en/governments/?as_of=2022-11-01&known_at=5&ordering=-since": 200,
    "/en/governments/NL/": 200,
    "/en/governments/CN/": 200,
    "/en/governments/FJ/": 200,
    "/en/governments/NL/?as_of=2022-10-15&known_at=2100-01-01": 200,
    "/en/governments/NL/?as_of=x": 400,
    "/en/map/": 200,
    "/en/map/?region=asia&as_of=2022-11-01": 200,
    "/en/map/?region=x&as_of=x": 400,
    "/en/timeline/": 200,
    "/en/timeline/?year=2022&ordering=name": 200,
    "/en/timeline/?year=x&as_of=x": 400,
    "/en/statistics/": 200,
    "/en/statistics/?as_of=2022-12-31&compared_with=2022-01-01": 200,
    "/en/statistics/?compared_with=x": 400,
    "/en/responses/": 200,
    "/en/responses/R-1/": 200,
    "/en/responses/R-1/versions/1/": 200,
    "/en/agreements/": 200,
    "/en/agreements/?country=IT&ordering=date": 200,
    "/en/agreements/?type=x&signed_after=x": 400,
    "/en/agreements/A-1/": 200,
    "/en/agreements/A-1/versions/1/": 200,
    "/en/agreements/A-2/": 410,
    "/en/claims/": 200,
    "/en/claims/?value_min=1&ordering=country": 200,
    "/en/claims/?value_min=x&topic=x": 400,
    "/en/claims/C-1/": 200,
    "/en/claims/C-1/versions/1/": 200,
    "/en/claims/C-2/": 200,
    "/en/claims/C-3/": 200,
    "/en/claims/C-4/": 410,
    "/en/governments/CA/": 200,
    "/en/sources/": 200,
    "/en/sources/D-1/": 200,
    "/en/sources/D-5/": 410,
    "/en/stations/S-2/versions/1/cite.bib": 410,
    "/en/stations/S-1/versions/9/cite.bib": 404,
    "/en/search/": 200,
    "/en/search/?q=fuzhou": 200,
    "/en/search/?q=amsterdam&kind=station": 200,
    "/en/search/?q=amsterdma": 200,
    "/en/search/?q=" + "x" * 201: 400,
    "/en/search/?q=x&kind=x&cursor=x": 400,
    "/en/method/": 200,
    "/en/corrections/": 200,
    "/en/corrections/?before=5": 200,
    "/en/feeds/": 200,
    "/en/log/": 200,
    "/en/downloads/": 200,
    "/en/downloads/columns/": 200,
    "/en/reply/": 200,
    "/en/reply/?about=S-1": 200,
    "/en/reply/?about=%22%3E%3Cscript%3E": 200,
    "/en/nothing/": 404,
}
OWN_STYLES = {"/static/public/charts.css", "/static/public/map.css"}
OWN_SCRIPTS = {"/static/public/map.js"}
HOSTILE = "<script>alert(1)</script><b style='x' onclick='y'>"


def publish_everything():
    citations = [
        citation_part(quote="Dicht.", quote_language="nl", field="locality"),
        citation_part(source_part("D-2"), stance="denies", attributed_to="The embassy"),
        citation_part(source_part("D-3", derived_from="D-1", derivation="copy"), stance="mentions"),
    ]
    publish_station(1, citations=citations, first_reported="2022-10~", opened="../2022", summary=HOSTILE)
    append(station_snapshot(1, version=2, citations=citations), action="correct", version=2, note=HOSTILE)
    publish_station(2, citations=[citation_part(source_part("D-5"))])
    retract("S-2", note=HOSTILE)
    publish_station(3, standing="inquiry_ended_without_charges", label=HOSTILE)
    publish_response(1, stations=["S-1"], level="head_of_government", summary=HOSTILE, **closed("claimed"))
    publish_response(2, kind="denial", responder="CN", concerns="", actor=HOSTILE, date="2022/..", counts_from=None)
    publish_agreement(1, title=HOSTILE, title_language="it", summary=HOSTILE, parties=[HOSTILE], places=[HOSTILE])
    publish_agreement(2)
    retract("A-2", note=HOSTILE)
    publish_claim(2, citations=citations, **stations_counted(5))
    publish_claim(1, text=HOSTILE, claimed_by=HOSTILE, attribution=["NRC", HOSTILE], superseded_by="C-2")
    publish_claim(3, country="", topic="denial", epistemic_status="denied")
    publish_claim(4)
    retract("C-4", note=HOSTILE)


@pytest.fixture(scope="module")
def collected(django_db_setup, django_db_blocker):
    """Every page, read once, and the status of every address that one of them links to."""
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        publish_everything()
        client, pages = Client(), {}
        for path in PAGES:
            response = client.get(path)
            pages[path] = read(response)
            pages[path].response = response
        # A page that refuses what is asked does so in every language.
        linked = {
            link["href"].partition("#")[0]
            for page in pages.values()
            for link in page.all("a")
            if page.response.status_code != 400 or "hreflang" not in link
        }
        statuses = {link: client.get(link).status_code for link in linked if link.startswith("/")}
        transaction.set_rollback(True)
    cache.clear()
    return pages, statuses


@pytest.fixture(params=PAGES)
def shown(request, collected):
    return collected[0][request.param]


def test_the_pages_answer_as_they_should(collected):
    pages, _statuses = collected
    assert {path: page.response.status_code for path, page in pages.items()} == PAGES


def test_every_link_leads_somewhere(collected):
    _pages, statuses = collected
    assert len(statuses) > 40
    assert {link: status for link, status in statuses.items() if status not in (200, 410)} == {}


def test_a_page_carries_no_script_no_style_and_no_handler(shown):
    # Scripts are files of our own, and wait until the page is there. Data is no script: no browser runs it.
    scripts = [script for script in shown.all("script") if script != {"type": "application/ld+json"}]
    assert all({*script} == {"src", "defer"} for script in scripts)
    for tag, attrs in shown.elements:
        assert tag not in ("style", "iframe", "object", "embed", "base")
        assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on")]
        assert not (attrs.get("href") or "").lower().startswith(("javascript:", "data:"))


def test_a_page_loads_nothing_from_elsewhere(shown):
    loaded = [attrs["href"] for attrs in shown.all("link") if attrs["rel"] in ("stylesheet", "icon")]
    loaded += [attrs[name] for _tag, attrs in shown.elements for name in ("src", "srcset", "data") if name in attrs]
    assert sorted({*loaded} - OWN_STYLES - OWN_SCRIPTS) == [
        "/static/public/finding.css",
        "/static/public/icon.svg",
        "/static/public/site.css",
    ]
    assert all(form["method"] == "get" and form["action"].startswith("/en/") for form in shown.all("form"))


def test_a_page_sets_no_cookie_and_depends_on_none(shown):
    assert not shown.response.cookies
    assert "Cookie" not in shown.response.headers.get("Vary", "")


def test_a_page_speaks_plainly(shown):
    text = shown.text.replace("Head of government", "")
    assert not re.search(r"\b(edtf|digests?|origins?|tombstones?|head|four-eyes|null)\b", text, re.IGNORECASE)
    assert "2022-" not in shown.text.replace("For example 2022-10-26", "").replace(
        "Write it as 2022-10-26", ""
    ).replace("2022-10 or 2022-10-26", "")


def test_a_page_has_one_heading_a_title_and_a_description(shown):
    assert len(shown.all("h1")) == 1
    html = shown.response.text
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1]
    assert title.endswith(" – casetracker")
    assert len(title) > len(" – casetracker")
    assert title == " ".join(title.split())
    (description,) = shown.all("meta", name="description")
    assert description["content"] == description["content"].strip() != ""


def test_a_page_says_its_language_and_its_address(shown):
    (html,) = shown.all("html")
    assert html["lang"] == "en"
    assert shown.response.headers["Content-Language"] == "en"
    canonical = shown.all("link", rel="canonical")
    if shown.response.status_code == 200:
        assert canonical[0]["href"].startswith("http://testserver/en/")


def test_a_page_can_be_walked_through_without_sight(shown):
    first_link = shown.all("a")[0]
    assert first_link["href"] == "#content"
    assert shown.all("main", id="content")
    assert shown.all("header")
    assert shown.all("footer")
    assert all(attrs.get("aria-label") for attrs in shown.all("nav"))
    ids = [attrs["id"] for _tag, attrs in shown.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    pointers = ("aria-labelledby", "aria-describedby", "for")
    named = {attrs[name] for _tag, attrs in shown.elements for name in pointers if name in attrs}
    assert named <= set(ids)
    assert len(shown.all("caption")) == len(shown.all("table"))
    levels = [int(tag[1]) for tag, _attrs in shown.elements if tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_page_is_small(shown):
    assert len(shown.response.content) < 100_000
