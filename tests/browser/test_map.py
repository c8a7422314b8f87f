"""The map: by keyboard, by pointer, by touch of a phone, without scripts, in the dark, read aloud."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_readable_by_all, no_width_is_too_small
from tests.factories.publications import closed, investigating, no_action, publish_response, publish_station

PATHS = ["/en/", "/en/map/", "/en/map/?region=europe&as_of=2022-10-26", "/en/map/?region=asia", "/en/map/?as_of=x"]
PHONE = {"width": 375, "height": 812}


@pytest.fixture
def record():
    publish_response(1, **investigating(date="2022-10-25"))
    publish_response(2, **closed("ordered", date="2022-11-01"))
    publish_response(3, concerns="SG", responder="SG", **no_action(date="2022-10-29"))
    publish_response(4, concerns="HU", responder="HU", kind="denial", date="2022-10-31")
    publish_station(1)
    publish_station(2, country="BR", locality="", place_precision="country", latitude=None, longitude=None)


def test_no_map_shuts_anybody_out(visitor, settings, record):
    settings.DEMO = True
    page = visitor()
    for path in PATHS:
        page.goto(path)
        no_width_is_too_small(page, 320, 375, 1440)
        assert_readable_by_all(page, 375, 1280)


def test_the_keyboard_walks_the_map_and_sees_where_it_is(visitor, record):
    page = visitor()
    page.goto("/en/map/")
    page.locator("nav[aria-label='Parts of the world'] a").last.focus()
    walked = []
    for _step in range(5):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        walked.append(focused.get_attribute("aria-label"))
        # Seen by a thick line, and said in the words below the map.
        width = focused.evaluate(
            "area => Math.max(...[...area.querySelectorAll('path, circle')]"
            ".map(shape => parseFloat(getComputedStyle(shape).strokeWidth)))"
        )
        assert width >= 7, walked
        expect(page.locator(".map-said")).to_have_text(walked[-1])
    assert walked == [
        "Brazil: No response recorded. 1 station listed.",
        "China: The accused state: its own statements count in no tally.",
        "Hungary: Responded, no inquiry or closure recorded.",
        "Netherlands: Closure ordered. 1 station listed.",
        "Singapore: No inquiry announced.",
    ]
    page.keyboard.press("Enter")
    expect(page).to_have_url("/en/governments/SG/")


def test_the_map_works_without_scripts(visitor, record):
    page = visitor(java_script_enabled=False, viewport=PHONE)
    page.goto("/en/")
    page.get_by_role("link", name="The map, on any day").click()
    page.get_by_label("As of the day").fill("2022-10-26")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("navigation", name="Parts of the world").get_by_role("link", name="Europe").click()
    expect(page).to_have_url("/en/map/?as_of=2022-10-26&region=europe")
    expect(page.locator("main").get_by_role("button")).to_have_count(1)  # no zoom and no slider that do nothing
    # Not in its middle, which may lie in a neighbour: on its very shape.
    page.get_by_role("link", name="Netherlands: Investigating").locator("path").click()
    expect(page).to_have_url("/en/governments/NL/?as_of=2022-10-26")


def test_scripts_say_what_one_points_at_and_bring_it_closer(visitor, record):
    page = visitor(viewport={"width": 1280, "height": 900})
    page.goto("/en/map/")
    brazil = page.get_by_role("link", name="Brazil: No response recorded").locator("path")
    brazil.hover()
    expect(page.locator(".map-said")).to_have_text("Brazil: No response recorded. 1 station listed.")
    before = brazil.bounding_box()["width"]
    page.get_by_role("button", name="Closer").click()
    assert brazil.bounding_box()["width"] > before * 1.4
    page.get_by_role("button", name="All of it").click()
    expect(page.get_by_role("button", name="Further away")).to_be_disabled()
    # The line around what one points at is a little wider.
    assert brazil.bounding_box()["width"] == pytest.approx(before, rel=0.1)


def test_the_slider_asks_for_its_day(visitor, record):
    page = visitor()
    page.goto("/en/map/?region=europe")
    slider = page.get_by_role("slider", name="Slide to another day")
    slider.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/en/map/?as_of=2022-10-01&region=europe")
    expect(page.get_by_text("As of 1 October 2022.")).to_be_visible()
    expect(page.get_by_role("slider")).to_have_value("1")
    page.get_by_role("slider").click()  # in its middle
    expect(page).not_to_have_url("/en/map/?as_of=2022-10-01&region=europe")
    expect(page.get_by_role("complementary", name="Not as of today")).to_be_visible()


# What a browser does that shows no drawings: their elements are unknown ones, and only their text would be seen.
WITHOUT_DRAWINGS = """() => {
    const unknown = (node) => {
        if (node.nodeType !== Node.ELEMENT_NODE) return node.cloneNode(true);
        const copy = document.createElementNS("urn:unknown", node.localName);
        for (const attribute of node.attributes) copy.setAttribute(attribute.name, attribute.value);
        copy.append(...[...node.childNodes].map(unknown));
        return copy;
    };
    const drawings = [...document.querySelectorAll("svg")].filter((svg) => !svg.parentElement.closest("svg"));
    drawings.forEach((svg) => svg.replaceWith(unknown(svg)));
}"""


def test_where_drawings_are_switched_off_their_texts_do_not_litter_the_page(visitor, record):
    page = visitor(viewport=PHONE)
    for path in ("/en/map/", "/en/governments/NL/"):
        page.goto(path)
        page.evaluate(WITHOUT_DRAWINGS)
        assert page.locator("title, desc").evaluate_all("all => all.filter(one => one.checkVisibility()).length") == 0
        colours = page.locator("text").evaluate_all("all => all.map(one => getComputedStyle(one).color)")
        assert set(colours) == {"rgba(0, 0, 0, 0)"}
