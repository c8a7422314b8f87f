"""Every page of the desk, Django's own included: what axe finds, and what the browser complains of."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.desk_pages import addresses, build, desk_routes, is_closed, opens

pytestmark = pytest.mark.slow

# What axe finds in Django's own templates and widgets: the rule, and what the element holds. Nothing else passes.
DJANGOS_OWN = (
    # The search box of a list is labelled by a picture of a lens with its alternative text. axe asks for more as
    # soon as the box has a help text too.
    ("label-title-only", 'id="searchbar"'),
    # The column of a table of rows in which Django writes what each row is called has no heading.
    ("empty-table-header", '<th class="original"></th>'),
    # In a table of rows a field is named by the heading of its column alone.
    ("label", 'name="private_terms-'),
    ("select-name", 'name="private_terms-'),
    # The search boxes that stand in for a list of many choices (select2) are named by what is chosen, and so have no
    # name while nothing is. The select behind them keeps its label.
    ("label", "select2-search__field"),
    ("aria-input-field-name", "select2-selection"),
)
LOOKS = (("light", 1280), ("dark", 390))
# The parts that are walked apart, so that they can be walked at once: by the start of the address.
PARTS = (
    "/desk/stations/",
    "/desk/responses/",
    "/desk/sources/",
    "/desk/review/",
    "/desk/queue/",
    "/desk/confidential/",
    "/accounts/",
    "",
)


@pytest.fixture
def world(db):
    return build()


def test_every_page_is_known_and_opens_for_somebody_unless_it_is_closed(world):
    for route in desk_routes():
        paths = [] if is_closed(route) else addresses(route, world)
        for path in paths:
            found = any(opens(path, person) for person in world.people.values())
            assert found, f"nobody gets {path}: is it no page, or closed? Say so in desk_pages.py"


def test_what_is_closed_opens_for_nobody(world):
    closed = [
        path for route in desk_routes() if is_closed(route) and not route.parameters for path in addresses(route, world)
    ]
    assert len(closed) == 1
    assert [path for path in closed for person in world.people.values() if opens(path, person)] == []


@pytest.mark.parametrize(
    ("role", "part"),
    [
        *(("editor", part) for part in PARTS if part != "/desk/confidential/"),
        ("cleared", "/desk/confidential/"),
        ("administrator", "/accounts/"),
        ("administrator", ""),
        ("stranger", "/accounts/"),
    ],
)
def test_nothing_is_wrong_on_any_page(visitor, world, role, part):
    person = world.people[role]
    paths = [path for path in _pages(world) if _part_of(path) == part and opens(path, person)]
    assert paths
    page = visitor(person)
    faults = []
    for path in paths:
        page.goto(path)
        for colors, width in LOOKS:
            page.emulate_media(color_scheme=colors)
            page.set_viewport_size({"width": width, "height": 900})
            # Django's links fade from one colour to the other.
            page.evaluate("Promise.all(document.getAnimations().map(animation => animation.finished))")
            faults += [f"{path} {colors} {width}: {fault}" for fault in _found(page)]
    assert not faults, "\n".join(faults)


def _pages(world):
    return [path for route in desk_routes() if not is_closed(route) for path in addresses(route, world)]


def _part_of(path):
    return next(part for part in PARTS if path.startswith(part))


def _found(page):
    # Without preloading: for a shadow tree axe would write styles into the page, which the policy forbids.
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [
        f"{rule['id']}: {node['html']} {node['target']}"
        for rule in found
        for node in rule["nodes"]
        if not any(rule["id"] == known and part in node["html"] for known, part in DJANGOS_OWN)
    ]
