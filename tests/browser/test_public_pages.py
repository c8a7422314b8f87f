"""The public pages in a browser: readable by everyone, at every width, with scripts switched off."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import nobody_is_shut_out
from tests.factories.publications import (
    append,
    citation_part,
    closed,
    publish_response,
    publish_station,
    retract,
    source_part,
    station_snapshot,
)

PATHS = [
    "/en/",
    "/en/stations/",
    "/en/stations/?country=XX&first_reported_after=x",
    "/en/stations/S-1/",
    "/en/stations/S-1/versions/1/",
    "/en/stations/S-2/",
    "/en/stations/S-3/",
    "/en/governments/",
    "/en/governments/NL/",
    "/en/governments/CN/",
    "/en/responses/",
    "/en/responses/R-1/",
    "/en/sources/",
    "/en/sources/D-1/",
    "/en/method/",
    "/en/search/?q=amsterdam",
    "/en/search/?q=amsterdma",
    "/en/corrections/",
    "/en/feeds/",
    "/en/log/",
    "/en/downloads/",
    "/en/downloads/columns/",
    "/en/reply/?about=S-1",
    "/en/nothing/",
    "/nl/",
    "/nl/governments/NL/",
    "/zh-hans/",
    "/zh-hans/stations/S-1/",
]
LONG = "https://news.example/" + "a-very-long-address-without-a-break" * 8


@pytest.fixture
def record():
    citations = [
        citation_part(source_part(url=LONG), quote="Dicht.", quote_language="nl", quote_translation="Shut."),
        citation_part(source_part("D-2"), stance="denies", attributed_to="The embassy"),
        citation_part(source_part("D-3", derived_from="D-1", derivation="copy"), stance="mentions"),
    ]
    publish_station(
        1, citations=citations, verification={"level": "corroborated", "disputed": True, "independent_origins": 2}
    )
    append(
        station_snapshot(1, version=2, citations=citations), action="correct", version=2, note="A town was misspelt."
    )
    publish_station(2)
    retract("S-2")
    publish_station(3, country="IE", standing="inquiry_ended_without_charges", label="Dublin: station 3")
    publish_response(1, stations=["S-1"], summary="Both must close.", **closed("ordered", activity_continues=True))
    publish_response(2, kind="denial", responder="CN", concerns="", actor="Foreign Ministry", summary="There are none.")


def test_no_page_shuts_anybody_out_or_leaves_a_cookie_behind(visitor, settings, record):
    settings.DEMO = True  # with its banner
    page = visitor()
    nobody_is_shut_out(page, PATHS)
    assert page.context.cookies() == []


def test_the_status_of_a_government_is_on_the_first_screen_of_a_phone(visitor, record):
    page = visitor(viewport={"width": 390, "height": 800})
    page.goto("/en/governments/NL/")
    for text in ("Closure ordered", "1 November 2022", "Minister of Foreign Affairs", "An order is not a closure"):
        expect(page.get_by_text(text).first).to_be_in_viewport()


def test_filters_work_without_scripts(visitor, record):
    page = visitor(java_script_enabled=False)
    page.goto("/en/stations/")
    page.get_by_role("checkbox", name="Ireland").check()
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url("/en/stations/?country=IE")
    expect(page.get_by_role("link", name="Dublin: station 3")).to_be_visible()
    expect(page.get_by_text("Amsterdam: station 1")).to_be_hidden()
    page.get_by_role("link", name="Country: Ireland").click()
    expect(page.get_by_role("link", name="Amsterdam: station 1")).to_be_visible()


def test_every_page_is_whole_without_scripts(visitor, record):
    page = visitor(java_script_enabled=False)
    for path in PATHS:
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_role("contentinfo")).to_be_visible()
        for button in page.get_by_role("button").all():
            # What one can press sends a form: nothing waits for a script.
            assert button.evaluate("one => one.type === 'submit' && one.form !== null"), path


def test_the_keyboard_filters_and_searches(visitor, record):
    page = visitor()
    page.goto("/en/stations/")
    page.get_by_role("checkbox", name="Ireland").focus()
    page.keyboard.press("Space")
    press_tab_until(page, "button", "Show")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/en/stations/?country=IE")
    press_tab_until(page, "input", "q")
    page.keyboard.type("amsterdam")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/en/search/?q=amsterdam")
    press_tab_until(page, "a", "Amsterdam: station 1")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/en/stations/S-1/")


def press_tab_until(page, tag, name):
    """Walk to an element by its words or its name, seeing on the way where one is."""
    for _step in range(120):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if not focused.count():
            continue
        assert focused.evaluate("one => getComputedStyle(one).outlineStyle") != "none", focused.inner_text()
        is_it = focused.evaluate(
            "(one, [tag, name]) => one.localName === tag && (one.name === name || one.textContent.trim() === name)",
            [tag, name],
        )
        if is_it:
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def test_the_keyboard_skips_to_the_content(visitor, record):
    page = visitor()
    page.goto("/en/stations/S-1/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
