"""Two records of one station become one: proposed, checked and approved by three people, seen by a reader."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_readable_by_all
from tests.factories.records import bring_to, citation, make_people, make_station

SPELLINGS = (("Fuzhou", "Overseas service station", "en"), ("福州", "福州警侨服务站", "zh-Hans"))


@pytest.fixture
def twice():
    """A station that was logged twice, in two scripts, and is live twice; and the people of the desk."""
    people = make_people()
    one, other = (
        bring_to(
            make_station(
                by=people.author,
                locality="Rotterdam",
                operator_jurisdiction=jurisdiction,
                citations=[citation(quote="Een deur", quote_language="nl")],
                names=[{"text": name, "language": tag}],
            ),
            "live",
            **vars(people),
        )
        for jurisdiction, name, tag in SPELLINGS
    )
    return people, one, other


@pytest.mark.long
def test_a_merge(visitor, twice):
    people, stays, goes = twice
    page = visitor(people.author)
    page.goto("/desk/")
    page.get_by_role("link", name="Possible duplicates among all stations").click()
    expect(page.get_by_text("the same operator jurisdiction")).to_be_visible()
    page.get_by_role("link", name="Compare and merge").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Merge {goes} into {stays}")
    expect(page.get_by_text("福州警侨服务站").first).to_be_visible()
    page.get_by_label("Why are they the same?").fill("One door, two spellings.")
    page.get_by_role("button", name="Propose the merge").click()
    expect(page.get_by_text("What it gains stands in this draft now.")).to_be_visible()
    page.get_by_role("button", name="Submit for review").click()

    page = visitor(people.reviewer)
    page.goto(f"/desk/review/{stays.pk}/")
    expect(page.get_by_text("With the publication of this record")).to_be_visible()
    expect(page.get_by_text("One door, two spellings.").first).to_be_visible()
    while page.get_by_role("button", name="Says what is cited").count():
        page.get_by_role("button", name="Says what is cited").first.click()
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_text("Verified. An editor can approve it now.")).to_be_visible()

    reader = visitor()
    reader.goto(f"/en/stations/{goes.reference}/")
    expect(reader.locator("h1")).to_contain_text("福州警侨服务站")

    page = visitor(people.editor)
    page.goto(f"/desk/review/{stays.pk}/")
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_text("Approved and published.")).to_be_visible()
    expect(page.get_by_text("was merged into this record")).to_be_visible()

    reader.goto(f"/en/stations/{goes.reference}/")
    assert reader.url.endswith(f"/en/stations/{stays.reference}/")
    expect(reader.get_by_role("heading", name="Merged into this record")).to_be_visible()
    reader.goto(f"/en/stations/{goes.reference}/versions/1/")
    expect(reader.get_by_text("was merged into another record")).to_be_visible()


@pytest.mark.long
def test_axe_finds_nothing_on_the_pages_about_duplicates(visitor, twice):
    people, stays, goes = twice
    page = visitor(people.editor)
    for path in ("/desk/duplicates/", f"/desk/merge/{goes.pk}/into/{stays.pk}/", f"/desk/review/{goes.pk}/"):
        page.goto(path)
        assert_readable_by_all(page, 1280, 375)
