"""What archived copies mean for a record: a check, an approval, and what the public learns."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from casetracker.core.errors import InvalidContent
from casetracker.public.models import StationDocument
from casetracker.review import services
from casetracker.sources.capture_choices import LinkState
from casetracker.sources.models import LinkHealth
from tests.desk.browser import Browser
from tests.factories.captures import make_capture
from tests.factories.records import (
    bring_to,
    check_all,
    citation,
    fresh,
    make_source,
    make_station,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(people):
    return make_source(by=people.author, title="The door")


@pytest.fixture
def record(people, source):
    return make_station(by=people.author, citations=[citation(source)])


def approve(record, people):
    return services.approve_record(record.pk, by=people.editor, lock_version=fresh(record).lock_version)


def test_nothing_is_approved_without_a_copy_of_each_source(record, people, source, settings):
    settings.CAPTURE_REQUIRED = True
    bring_to(record, "verified", **vars(people))
    with pytest.raises(InvalidContent, match="“The door” has no archived copy: have it fetched, or upload one"):
        approve(record, people)
    assert fresh(record).state == "verified"
    make_capture(source)
    assert approve(record, people).state == "approved"


def test_the_editor_is_told_on_the_page(record, people, settings):
    settings.CAPTURE_REQUIRED = True
    bring_to(record, "verified", **vars(people))
    browser = Browser(people.editor)
    page = browser.open(reverse("admin:record_review", args=[record.pk]))
    assert "1 source has no archived copy." in page.text
    page = browser.act(record, "approve")
    assert "“The door” has no archived copy" in page.text
    assert fresh(record).state == "verified"


def test_an_approval_outlives_a_later_copy(record, people, source):
    bring_to(record, "approved", **vars(people))
    make_capture(source)
    assert bring_to(record, "live", start="approved", **vars(people)).public_status == "live"


def test_a_source_that_could_not_be_opened_passes_with_a_copy(record, people, source):
    bring_to(record, "submitted", **vars(people))
    check_all(record, by=people.reviewer, verdict="could_not_open", comment="The site is gone.")
    seen = {"by": people.reviewer, "lock_version": fresh(record).lock_version}
    with pytest.raises(InvalidContent, match="could not be opened: keep a copy of it"):
        services.verify_record(record.pk, **seen)
    make_capture(source)
    assert services.verify_record(record.pk, **seen).state == "verified"


def look(source, state, day):
    at = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    alive = {"last_alive_at": at} if state == LinkState.ALIVE else {}
    LinkHealth(source=source, url=source.url, state=state, since=at, looked_at=at, **alive).save()


def words_of(response):
    return " ".join(strip_tags(response.content.decode()).split())


def test_the_public_learns_of_the_copy_and_of_the_address(record, people, source, client):
    first, capture = make_capture(source), make_capture(source)
    look(source, LinkState.GONE, "2026-11-20")
    record = bring_to(record, "live", **vars(people))
    shown = client.get(f"/api/v1/stations/{record.reference}/").json()["citations"][0]["source"]
    assert shown["archived_sha256"] == capture.digest != first.digest
    assert shown["archived_on"] == capture.received_at.date().isoformat()
    assert (shown["link_state"], shown["link_seen_on"]) == ("gone", "2026-11-20")
    for path in (f"/en/stations/{record.reference}/", f"/en/sources/{shown['reference']}/"):
        text = words_of(client.get(path))
        assert "No longer there (20 November 2026)" in text
    assert capture.digest in text
    for word in ("page.png", str(capture.pk), people.author.username):
        assert word not in text


def test_a_look_after_the_publication_changes_nothing_public(record, people, source, client):
    record = bring_to(record, "live", **vars(people))
    path = f"/en/stations/{record.reference}/"
    before = client.get(path)
    make_capture(source)
    look(source, LinkState.GONE, "2026-11-20")
    after = client.get(path)
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])
    revision = bring_to(record, "revision", start="live", **vars(people))
    bring_to(revision, "live", start="draft", **vars(people))
    assert "No longer there" in client.get(path).content.decode()


def test_a_look_at_another_address_says_nothing_of_this_one(record, people, source, client):
    look(source, LinkState.GONE, "2026-11-20")
    fields = {"url": "https://elsewhere.example/door"}
    services.edit_source(source.pk, fields=fields, by=people.author, lock_version=source.lock_version)
    record = bring_to(record, "live", **vars(people))
    shown = client.get(f"/api/v1/stations/{record.reference}/").json()["citations"][0]["source"]
    assert (shown["link_state"], shown["archived_sha256"]) == (None, None)
    assert StationDocument.objects.live().count() == 1


def test_a_copy_is_no_word_of_the_content(record, people, source):
    """Somebody who brings a copy becomes no author, and voids no check."""
    bring_to(record, "verified", **vars(people))
    before = fresh(record)
    make_capture(source, by=people.editor)
    assert fresh(record).lock_version == before.lock_version
    assert approve(record, people).state == "approved"
