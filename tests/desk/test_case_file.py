"""The whole file of a record, taken out for a lawyer."""

import base64
import hashlib
import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.html import escape

from casetracker.accounts.roles import Role
from casetracker.review import services
from casetracker.review.models import FileExport
from tests.desk.browser import Browser, address
from tests.desk.pages import Page
from tests.factories.records import bring_to, citation, edit_draft, fresh, make_response, make_station

pytestmark = pytest.mark.pages

HOSTILE = "<script>alert(1)</script><b onclick='x'>\u202egnp.exe"


@pytest.fixture
def live(team):
    """A published record under revision, with something in every part of the file."""
    record = make_station(
        by=team.author,
        locality="Utrecht",
        summary="A red door.",
        notes="Seen by a passer-by.",
        names=[{"text": "Old name", "language": "en"}],
        citations=[citation(quote="Een deur", quote_language="nl", locator="page 3")],
        private_terms=[{"kind": "host", "text": "Vereniging Zonnebloem"}],
    )
    services.comment_on_record(record.pk, text="Who saw it?", by=team.reviewer)
    record = bring_to(record, "live", **vars(team))
    services.revise_record(record.pk, by=team.author, lock_version=record.lock_version)
    return edit_draft(fresh(record), by=team.author, summary="A green door.")


def file_address(record):
    return reverse("admin:record_file", args=[record.pk])


def make(browser, record, **choices):
    """Press the button, and come back to the page that offers the file."""
    return browser.submit(browser.open(file_address(record)).act("file").fill(**choices))


def download(browser, page):
    (link,) = [link for link in page.links if re.search(r"/file/\d+/$", link)]
    response = browser.get(link)
    assert response.status_code == 200
    return response


def take(browser, record, **choices):
    return download(browser, make(browser, record, **choices)).content.decode()


def test_the_file_has_all_of_a_record(editor, team, live):
    text = Page(download(editor, make(editor, live))).text
    log = live.decisions.get(action="publish")
    for words in (
        "Public number S-1",
        "State at the desk draft round 2",
        "What the public sees live",
        "Verification level: Reported",
        "File made by Edith Editor",
        "Last entry of the publication log then number 1",
        "Summary A green door. Names Old name",
        "Internal: for colleagues only, never published Notes Seen by a passer-by.",
        "Version 1, with the citations that it was published with.",
        "Summary A red door.",
        "Place in the source page 3 Quote Een deur Language of the quote Dutch",
        "Rosa Reviewer · says what is cited",
        "Edith Editor · published it (version 1)",
        "Internal: colleagues wrote this for one another.",
        "Rosa Reviewer · commented Words Who saw it?",
        "Summary before: A red door. after: A green door.",
        "Entry 1 of the log: published Version 1",
        "manage.py verify_log",
    ):
        assert words in text
    assert f"{log.at:%Y-%m-%d %H:%M:%S} UTC · Edith Editor" in text


def test_it_needs_nothing_from_elsewhere_and_its_own_style_is_all_that_may_run(editor, live):
    response = download(editor, make(editor, live))
    page = Page(response)
    assert response.headers["Content-Disposition"].startswith('attachment; filename="casefile-S-1-')
    assert not page.all("script")
    assert not page.all("link")
    assert not page.all("img")
    assert not [attrs for _tag, attrs in page.elements if "style" in attrs or "src" in attrs]
    (style,) = re.findall(r"<style>(.*?)</style>", response.content.decode(), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policies = (response.headers["Content-Security-Policy"], page.all("meta", http_equiv="Content-Security-Policy"))
    for policy in (policies[0], policies[1][0]["content"]):
        assert f"style-src 'sha256-{digest}'" in policy
        assert "default-src 'none'" in policy
        assert "script-src" not in policy


def test_its_sha256_is_shown_and_noted_with_who_took_it(editor, reviewer, team, live):
    page = make(editor, live)
    digest = hashlib.sha256(download(editor, page).content).hexdigest()
    assert f"SHA-256 of the file: {digest}" in page.text
    export = FileExport.objects.get()
    assert (export.digest, export.person, export.with_private_terms) == (digest, team.editor, False)
    (told,) = reviewer.open(address(live, "history"), {"sort": "exports"}).entries
    assert told == f"Edith Editor took the case file out, without private terms SHA-256 of the file: {digest}"
    assert f"Edith Editor · without private terms {digest}" in reviewer.open(file_address(live)).text


def test_it_is_the_same_to_the_byte_until_the_record_changes(editor, author, team, live):
    page = make(editor, live)
    assert download(editor, page).content == download(editor, page).content
    (link,) = [link for link in page.links if re.search(r"/file/\d+/$", link)]
    edit_draft(live, by=team.author, summary="A blue door.")
    answer = editor.client.get(link, follow=True)
    assert answer.redirect_chain == [(file_address(live), 302)]
    assert "Something has changed since this file was made. Make it again." in Page(answer).messages[0]


class TestPrivateTerms:
    def test_they_are_left_out_with_every_text_that_contains_one(self, author, team, live):
        edit_draft(live, by=team.author, notes="The vereniging  zónnebloem has the keys.")
        services.comment_on_record(live.pk, text="Ask Vereniging Zonnebloem.", by=team.author)
        text = take(author, live)
        assert "onnebloem" not in text
        assert "nnebloem" not in text
        assert text.count("[left out: this text contains a private term]") == 3
        assert "Left out, with every text that contains one." in text
        assert "Who saw it?" in text

    def test_those_of_before_stay_out_too(self, author, team, live):
        services.edit_record(
            live.pk, services.Edit(private_terms=[]), by=team.author, lock_version=fresh(live).lock_version
        )
        services.comment_on_record(live.pk, text="It was the Vereniging Zonnebloem.", by=team.author)
        assert "Zonnebloem" not in take(author, live)

    def test_those_of_linked_records_stay_out_too(self, author, team, live):
        response = make_response(by=team.author, stations=[live], summary="They asked Vereniging Zonnebloem.")
        text = take(author, response)
        assert "Utrecht" in text
        assert "Zonnebloem" not in text

    def test_researchers_and_editors_may_ask_for_them(self, author, team, live):
        text = take(author, live, with_private_terms=True)
        assert "host organisation: Vereniging Zonnebloem" in text
        assert "Keep this file as you would keep them." in text
        assert FileExport.objects.get().with_private_terms

    def test_an_observer_gets_the_file_without_them_alone(self, observer, live):
        browser = Browser(observer)
        page = browser.open(file_address(live))
        assert "with_private_terms" not in page.act("file").names
        assert "Zonnebloem" not in take(browser, live)
        answer = browser.send(file_address(live), {"with_private_terms": "on"})
        refusal = "Only researchers and editors take private terms out. Make the file without them."
        assert refusal in Page(answer).messages[0]
        assert FileExport.objects.count() == 1

    def test_whoever_loses_the_role_loses_the_file(self, editor, team, live):
        page = make(editor, live, with_private_terms=True)
        (link,) = [link for link in page.links if re.search(r"/file/\d+/$", link)]
        team.editor.groups.set(Group.objects.filter(name=Role.OBSERVER))
        assert editor.get(link).status_code == 403


def test_nothing_in_it_breaks_out_and_what_cannot_be_seen_is_shown(author, team):
    record = make_station(
        by=team.author,
        summary=HOSTILE,
        notes=HOSTILE,
        names=[{"text": HOSTILE, "language": "en"}],
        citations=[citation(quote=HOSTILE, quote_language="en", notes=HOSTILE)],
    )
    services.comment_on_record(record.pk, text=HOSTILE, by=team.author)
    text = take(author, record)
    assert "<script" not in text
    assert "<b " not in text
    assert "\u202e" not in text
    assert text.count(escape(HOSTILE.replace("\u202e", "[U+202E]"))) >= 8


def test_only_its_maker_downloads_a_file_and_only_by_its_own_record(editor, author, team, live):
    page = make(editor, live)
    (link,) = [link for link in page.links if re.search(r"/file/\d+/$", link)]
    other = make_station(by=team.author)
    assert author.get(link).status_code == 404
    assert editor.get(link.replace(str(live.pk), str(other.pk))).status_code == 404
    assert editor.send(link).status_code == 405
    made = FileExport.objects.get().pk
    assert "The file is ready" not in author.open(file_address(live), {"made": made}).text
    assert "The file is ready" not in editor.open(file_address(live), {"made": "x"}).text


@pytest.mark.parametrize("person", ["outsider", "administrator", "superuser"])
def test_nobody_else_gets_a_file(request, live, person):
    browser = Browser(request.getfixturevalue(person))
    for answer in (browser.get(file_address(live)), browser.send(file_address(live))):
        assert answer.status_code in (302, 403)
    assert not FileExport.objects.exists()


def test_the_review_page_and_the_form_lead_to_it(author, live):
    assert file_address(live) in author.open(reverse("admin:record_review", args=[live.pk])).links
    assert file_address(live) in author.open_record(live).links
    gone = file_address(live).replace(str(live.pk), "00000000-0000-4000-8000-000000000000")
    assert author.get(gone).status_code == 404
