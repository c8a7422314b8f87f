"""Reviewing with the keyboard only, and what axe finds on the pages of the desk."""

import pytest
from playwright.sync_api import expect

from casetracker.accounts.roles import Role
from casetracker.review import services
from tests.browser.axe import assert_readable_by_all
from tests.factories.records import bring_to, citation, fresh, make_claim, make_people, make_source, make_station
from tests.factories.users import UserFactory

MOST_TABS = 60


def press(page, name, *, within=MOST_TABS):
    """Press Tab until the focus is on what is called so, and then Enter."""
    for _tab in range(within):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.textContent.trim()")
        if focused.startswith(name):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"“{name}” cannot be reached in {within} steps; the focus is on “{focused}”")


def test_five_records_are_reviewed_with_the_keyboard_only(visitor):
    author = UserFactory(username="anna", name="Anna", roles=[Role.RESEARCHER])
    checker = UserFactory(username="bram", name="Bram", roles=[Role.RESEARCHER])
    places = ["Utrecht", "Delft", "Gouda", "Leiden", "Zwolle"]
    records = [
        bring_to(make_station(by=author, locality=place, citations=[citation(), citation()]), "submitted")
        for place in places
    ]
    page = visitor(checker)
    page.goto("/desk/")
    press(page, "Utrecht")
    for number, place in enumerate(places, start=1):
        expect(page.get_by_role("heading", level=1).first).to_contain_text(place)
        press(page, "Facts")
        # The first verdict leads to the second citation, that to the buttons, and these to the way on.
        press(page, "Says what is cited", within=6)
        expect(page.get_by_text("1 of 2 checked").first).to_be_visible()
        press(page, "Says what is cited", within=6)
        expect(page.get_by_text("2 of 2 checked").first).to_be_visible()
        press(page, "Verify", within=6)
        expect(page.get_by_text("Verified. An editor can approve it now.")).to_be_visible()
        if number < len(places):
            press(page, "Next", within=1)
    assert [fresh(record).state for record in records] == ["verified"] * 5


@pytest.fixture
def desk():
    """Records with something in every part of the review page, and an editor."""
    people = make_people()
    live = bring_to(make_station(by=people.author, locality="Utrecht", summary="Old."), "live", **vars(people))
    services.revise_record(live.pk, by=people.author, lock_version=live.lock_version)
    services.edit_record(
        live.pk,
        services.Edit(
            fields={"summary": "New."},
            citations=[
                citation(quote="Een deur", quote_language="nl"),
                citation(make_source(), field="locality", stance="disputes", value_given="Delft"),
            ],
        ),
        by=people.author,
        lock_version=fresh(live).lock_version,
    )
    bring_to(live, "submitted", **vars(people))
    make_station(by=people.author, locality="Utrecht")
    returned = bring_to(make_claim(by=people.editor), "submitted")
    services.return_to_author(
        returned.pk, by=people.reviewer, comment="Give the page.", lock_version=fresh(returned).lock_version
    )
    return people.editor, live


@pytest.mark.long
def test_axe_finds_nothing_on_the_desk_at_any_width(visitor, desk):
    editor, record = desk
    page = visitor(editor)
    for path in ("/desk/", "/desk/queue/check/", f"/desk/review/{record.pk}/?queue=check"):
        page.goto(path)
        assert_readable_by_all(page, 1280, 390)


def test_the_preview_has_the_styles_of_the_public_page_and_the_desk_keeps_its_own(visitor, desk):
    editor, record = desk
    page = visitor(editor)
    page.goto(f"/desk/review/{record.pk}/")
    title = page.locator(".preview-page h1")
    expect(title).to_contain_text("Utrecht")
    fonts = "element => getComputedStyle(element).fontFamily"
    assert title.evaluate(fonts) != page.locator("#content > h1").evaluate(fonts)
    expect(page.locator("ins").first).to_have_text("New")
