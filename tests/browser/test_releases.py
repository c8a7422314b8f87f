"""An embargoed release, from the form to the public page, by the worker; and what axe finds on the pages."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from casetracker.review import services
from casetracker.review.models import Release
from tests.browser.axe import assert_readable_by_all
from tests.factories.records import bring_to, fresh, make_people, make_station
from tests.factories.releases import again, let_the_worker_work, let_time_pass, make_release, make_scheduled


@pytest.mark.long
def test_an_embargoed_release_goes_out_by_the_worker(visitor):
    people = make_people()
    for place in ("Utrecht", "Delft"):
        bring_to(make_station(by=people.author, locality=place), "approved", **vars(people))
    reader, page = visitor(), visitor(people.editor)
    page.goto("/desk/")
    page.get_by_role("link", name="Releases").click()
    page.get_by_label("Title").fill("The report of autumn")
    page.get_by_role("button", name="Open a new release").click()
    page.get_by_label("Utrecht").check()
    page.get_by_label("Delft").check()
    page.get_by_role("button", name="Put them in").click()
    page.locator("summary", has_text="Schedule").click()
    moment = timezone.now() + dt.timedelta(days=2)
    page.get_by_label("Goes out on (day and time in UTC)").fill(f"{moment:%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Schedule").click()
    expect(page.get_by_text("Scheduled. Nothing of it goes out before.")).to_be_visible()
    expect(page.get_by_text(f"{moment:%Y-%m-%d %H:%M} UTC").first).to_be_visible()

    let_the_worker_work()
    reader.goto("/en/stations/")
    expect(reader.get_by_text("Utrecht")).to_have_count(0)

    let_time_pass(Release.objects.get(), dt.timedelta(days=3))
    let_the_worker_work()
    reader.reload()
    expect(reader.get_by_role("link", name="Utrecht").first).to_be_visible()
    expect(reader.get_by_role("link", name="Delft").first).to_be_visible()
    page.reload()
    expect(page.get_by_text(f"in the name of {people.editor.name}")).to_be_visible()


@pytest.fixture
def releases():
    """One release in each state, and one that was held back."""
    people = make_people()

    def approved():
        return bring_to(make_station(by=people.author), "approved", **vars(people))

    approved()
    found = {"open": make_release(approved(), by=people.editor, title="Open")}
    found["scheduled"] = make_scheduled(approved(), by=people.editor, title="Scheduled")
    back = approved()
    found["held back"] = make_scheduled(back, approved(), by=people.editor, title="Held back")
    services.withdraw_record(back.pk, by=people.author, lock_version=fresh(back).lock_version)
    let_time_pass(found["held back"])
    services.publish_due_releases()
    found["published"] = make_release(approved(), approved(), by=people.editor, title="Published")
    services.publish_release(
        found["published"].pk, by=people.editor, lock_version=again(found["published"]).lock_version
    )
    return people.editor, found, back


@pytest.mark.long
def test_axe_finds_nothing_on_the_pages_of_releases_at_any_width(visitor, releases):
    editor, found, record = releases
    page = visitor(editor)
    paths = [f"/desk/releases/{release.pk}/" for release in found.values()]
    paths += ["/desk/", "/desk/releases/", f"{paths[0]}?check=1", f"/desk/review/{record.pk}/"]
    for path in paths:
        page.goto(path)
        assert_readable_by_all(page, 1280, 320)
