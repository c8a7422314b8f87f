"""Publishing a selection from a queue, and what axe finds where one chooses and on the plan."""

import pytest
from playwright.sync_api import expect

from casetracker.publication.models import LogEntry
from casetracker.review import services
from tests.browser.axe import assert_readable_by_all
from tests.factories.records import bring_to, citation, fresh, make_claim, make_people, make_source, make_station


@pytest.fixture
def ready():
    """An editor and five approved records, of which two cannot go out: a source was changed, a link is not public."""
    people = make_people()
    source, draft = make_source(), make_claim(by=people.author)
    records = [
        make_station(by=people.author, locality="Utrecht"),
        make_station(by=people.author, locality="Delft"),
        make_station(by=people.author, locality="Gouda", citations=[citation(source)]),
        make_claim(by=people.author, superseded_by=draft),
        make_claim(by=people.author),
    ]
    records = [bring_to(record, "approved", **vars(people)) for record in records]
    services.edit_source(source.pk, fields={"title": "Mended"}, by=people.author, lock_version=source.lock_version)
    return people.editor, records


def test_a_bulk_publish_with_two_refusals(visitor, ready):
    editor, records = ready
    page = visitor(editor)
    page.goto("/desk/")
    page.get_by_role("link", name="Approved, waiting for release").click()
    page.get_by_label("All on this page").check()
    page.get_by_role("button", name="Publish").click()

    expect(page.get_by_text("Nothing has been done yet.")).to_be_visible()
    going = page.get_by_role("region", name="Will be published together")
    refused = page.get_by_role("region", name="Cannot be published")
    expect(going.get_by_role("listitem")).to_have_count(3)
    expect(refused.get_by_role("listitem")).to_have_count(2)
    expect(refused).to_contain_text("A source of it was changed since it was approved.")
    expect(refused).to_contain_text("which is not published: publish that first or together, or take out the link.")
    expect(going).to_contain_text("2 records are left out: see below.")
    assert LogEntry.objects.count() == 0

    page.get_by_role("button", name="Publish these 3").click()
    expect(page.get_by_text("3 records published:")).to_be_visible()
    expect(page.get_by_text("2 records left out:")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Approved, waiting for release")
    assert [fresh(record).public_status for record in records] == ["live", "live", "never", "never", "live"]
    page.get_by_role("link", name="Utrecht").click()
    expect(page.get_by_role("heading", level=1).first).to_contain_text("Utrecht")


def test_choosing_works_without_scripts(visitor, ready):
    editor, _records = ready
    page = visitor(editor, java_script_enabled=False)
    page.goto("/desk/queue/publish/")
    expect(page.get_by_text("All on this page")).to_be_hidden()
    for place in ("Utrecht", "Delft"):
        page.get_by_role("checkbox", name=f"Choose {place}").check()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("button", name="Publish these 2")).to_be_visible()


@pytest.mark.long
def test_axe_finds_nothing_where_one_chooses_and_on_the_plans(visitor, ready):
    editor, _records = ready
    page = visitor(editor)
    page.goto("/desk/queue/publish/")
    assert_readable_by_all(page, 1280, 375, preload=True)
    page.goto("/desk/stations/station/")
    page.get_by_label("Action:").first.select_option("Publish: show the plan")
    page.locator("#action-toggle").check()
    page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).first.click()
    expect(page.get_by_text("Nothing has been done yet.")).to_be_visible()
    assert_readable_by_all(page, 1280, 375, preload=True)
    for act in ("Publish", "Assign"):
        page.goto("/desk/queue/publish/")
        page.get_by_label("All on this page").check()
        page.get_by_role("button", name=act).click()
        expect(page.get_by_text("Nothing has been done yet.")).to_be_visible()
        assert_readable_by_all(page, 1280, 375, preload=True)
