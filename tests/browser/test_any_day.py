"""What governments did, on any day: on a phone, without scripts, in the dark, read aloud."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import nobody_is_shut_out
from tests.factories.publications import (
    closed,
    investigating,
    no_action,
    publish_claim,
    publish_response,
    publish_station,
    stations_counted,
)

PATHS = [
    "/en/governments/",
    "/en/governments/?as_of=2022-11-10&known_at=5&ordering=-since",
    "/en/governments/?as_of=x",
    "/en/governments/NL/",
    "/en/governments/NL/?as_of=2022-11-10",
    "/en/timeline/",
    "/en/timeline/?year=2022",
    "/en/statistics/?compared_with=2022-10-27",
]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def record():
    publish_response(1, actor="Ministry of Foreign Affairs", **investigating(date="2022-10-25"))
    publish_response(2, summary="Both must close.", **closed("ordered", date="2022-11-01"))
    publish_response(3, kind="activity_continues", date="2023-05-15", activity_continues=True)
    publish_response(4, concerns="IT", responder="IT", **no_action(date="2022-10-29"))
    publish_response(5, concerns="IT", responder="IT", **investigating(date="2022-12"))
    publish_response(6, concerns="IE", responder="CN", level="embassy", **closed("claimed", date="2022-10-26"))
    publish_response(7, concerns="HU", responder="HU", kind="denial", date="2022-10-31")
    publish_station(1)
    publish_station(2, country="BR")
    publish_claim(1, **stations_counted(2, country="NL"))


@pytest.mark.long
def test_no_page_shuts_anybody_out(visitor, settings, record):
    settings.DEMO = True
    nobody_is_shut_out(visitor(), PATHS)


def test_the_table_is_sorted_and_read_on_a_phone_without_scripts(visitor, record):
    page = visitor(viewport=PHONE, java_script_enabled=False)
    page.goto("/en/governments/")
    page.get_by_label("Order", exact=True).select_option("Latest change of status first")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url("/en/governments/?ordering=-since")
    rows = page.get_by_role("row")
    expect(rows.nth(1)).to_contain_text("Italy")
    netherlands = rows.filter(has=page.get_by_role("link", name="Netherlands"))
    expect(netherlands).to_contain_text("Closure ordered")
    expect(netherlands).to_contain_text("Activity is reported to continue.")
    expect(netherlands.get_by_role("cell", name="1 Nov 2022").first).to_be_visible()
    # Each cell says what it is, where the heads of the columns are out of sight.
    labels = netherlands.locator("td[data-label]")
    assert labels.evaluate_all("cells => cells.map(cell => getComputedStyle(cell, '::before').content)") == [
        f'"{name}: "' for name in ("Since", "Stations listed", "Reported count", "Last response", "Last looked on")
    ]


def test_the_heads_of_the_table_sort_it(visitor, record):
    page = visitor(java_script_enabled=False)
    page.goto("/en/governments/")
    for direction in ("descending", "ascending"):
        page.get_by_role("columnheader", name="Since").get_by_role("link").click()
        expect(page.locator(f"th[aria-sort={direction}]")).to_contain_text("Since")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Ireland")


def test_a_day_is_chosen_kept_and_left_without_scripts(visitor, record):
    page = visitor(viewport=PHONE, java_script_enabled=False)
    page.goto("/en/governments/")
    page.get_by_label("As of the day").fill("2022-10-31")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("As of 31 October 2022.")).to_be_visible()
    page.get_by_role("link", name="Netherlands").click()
    expect(page).to_have_url("/en/governments/NL/?as_of=2022-10-31")
    panel = page.get_by_role("region", name="Response status")
    expect(panel).to_contain_text("Investigating")
    expect(panel).to_contain_text("25 October 2022")
    page.get_by_role("link", name="Timeline").click()
    expect(page.get_by_text("As of 31 October 2022.")).to_be_visible()
    page.get_by_role("link", name="Show today").click()
    expect(page).to_have_url("/en/timeline/")


@pytest.mark.parametrize("screen", [PHONE, {"width": 360, "height": 740}])
def test_the_first_screen_of_a_phone_says_what_is_known_and_what_is_not(visitor, settings, record, screen):
    settings.DEMO = True  # Its banner takes room.
    page = visitor(viewport=screen, java_script_enabled=False)
    page.goto("/en/governments/NL/")
    panel = page.get_by_role("region", name="Response status")
    for text in ("Closure ordered", "1 November 2022", "Minister of Foreign Affairs", "An order is not a closure"):
        expect(panel.get_by_text(text).first).to_be_in_viewport(ratio=1)


def test_the_timeline_says_in_words_what_it_draws(visitor, record):
    page = visitor(viewport=PHONE, java_script_enabled=False)
    page.goto("/en/timeline/")
    drawn = page.get_by_role("img", name="No inquiry announced, 29 October 2022 to 30 December 2022; Investigating")
    expect(drawn).to_be_visible()
    # The bars fill the width of the phone.
    assert drawn.bounding_box()["width"] > PHONE["width"] * 0.85
    page.get_by_role("link", name="2023", exact=True).click()
    days = page.get_by_role("region", name="The same, day by day")
    expect(days).to_contain_text("15 May 2023")
    expect(days).not_to_contain_text("Italy")
