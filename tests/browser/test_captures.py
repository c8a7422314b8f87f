"""Copies of sources in a browser: brought in, and a citation checked beside them."""

import contextlib

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from casetracker.accounts.roles import Role
from casetracker.review.models import Check
from casetracker.sources.models import Capture, Source
from tests.browser.axe import assert_readable_by_all
from tests.core.fetching.servers import TestServer, response
from tests.factories.captures import make_fetched, png
from tests.factories.records import bring_to, citation, make_source, make_station
from tests.factories.users import UserFactory

TEXT = (
    "Police in Rotterdam\n\n" + "They looked at many doors. " * 40 + "\n\nA door was opened in Rotterdam, they say.\n"
)


@pytest.fixture
def anna():
    return UserFactory(username="anna", name="Anna", roles=[Role.RESEARCHER])


@pytest.fixture
def rosa():
    return UserFactory(username="rosa", name="Rosa", roles=[Role.RESEARCHER])


@pytest.fixture
def source(anna):
    return make_source(by=anna, title="Police in Rotterdam", publisher="De Krant")


@pytest.mark.long
def test_a_file_is_brought_in(visitor, anna, source):
    page = visitor(anna)
    page.goto(f"/desk/sources/source/{source.pk}/change/")
    page.get_by_role("link", name="Fetch or upload a copy").click()
    page.get_by_label("File:", exact=True).set_input_files(
        {"name": "door.png", "mimeType": "image/png", "buffer": png(size=(800, 600))}
    )
    page.get_by_label("Where it comes from").fill("Sent by post.")
    page.get_by_role("button", name="Upload and keep").click()
    expect(page.get_by_text("The file is kept.")).to_be_visible()
    expect(page.get_by_role("img", name="Preview, made from the file")).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("button", name="Download the original").click()
    assert started.value.suggested_filename == f"original-{Capture.objects.get().digest[:12]}.png"
    page.reload()
    expect(page.get_by_text("exported")).to_be_visible()


def test_a_citation_is_checked_beside_its_copy(visitor, anna, rosa, source):
    make_fetched(source, text=TEXT)
    quoted = citation(source, quote="A door was opened  in rotterdam", quote_language="en")
    record = bring_to(make_station(by=anna, citations=[quoted]), "submitted", author=anna)
    page = visitor(rosa)
    page.goto(f"/desk/review/{record.pk}/")
    page.get_by_role("link", name="Check 1 beside its archived copy").click()
    page.get_by_role("link", name="The quote stands in the text.").click()
    expect(page.locator("mark")).to_have_text("A door was opened in Rotterdam")
    expect(page.locator("mark")).to_be_in_viewport()
    page.get_by_role("button", name="Says what is cited").click()
    expect(page.get_by_role("heading", name="What now?")).to_be_visible()
    assert (Check.objects.get().person, Check.objects.get().verdict) == (rosa, "supports")


@pytest.mark.long
def test_an_observer_is_not_given_the_original(visitor, anna, source):
    capture = make_fetched(source)
    page = visitor(UserFactory(roles=[Role.OBSERVER]))
    page.goto(f"/desk/captures/{capture.pk}/")
    expect(page.get_by_text("Originals are for researchers and editors.")).to_be_visible()
    expect(page.get_by_role("button", name="Download the original")).to_have_count(0)
    # Whoever sends the form all the same is refused.
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    address = f"{page.url}original/"
    answer = page.request.post(address, form={"csrfmiddlewaretoken": token}, headers={"Referer": page.url})
    assert answer.status == 403
    assert not capture.custody.filter(act="exported").exists()


def test_a_page_is_fetched_by_a_click(visitor, anna, source, settings):
    with contextlib.closing(TestServer()) as server:
        settings.FETCHER_ALLOWED = (server.pair,)
        server.answers["/door"] = response(TEXT.encode(), Content_Type="text/plain; charset=utf-8")
        Source.objects.filter(pk=source.pk).update(url=server.url("/door", host=server.address))
        page = visitor(anna)
        page.goto(f"/desk/sources/{source.pk}/captures/")
        page.get_by_role("button", name="Have the page fetched").click()
        expect(page.get_by_text("1 copy is ordered.")).to_be_visible()
        call_command("run_fetcher", once=True)
        page.reload()
        page.locator(".captures-kept a").click()
        expect(page.get_by_text("A door was opened in Rotterdam, they say.")).to_be_visible()
        assert_readable_by_all(page, 1280, 390)
