"""Every page of the desk, Django's own included: what axe finds, and what the browser complains of."""

import pytest

from tests.browser.axe import LOOKS, found_by_axe
from tests.browser.desk_pages import addresses, build, desk_routes, is_closed

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
# Colours of the dark and the narrow page take as long again.
VIEWS = (("light", 1280, {}), pytest.param("dark", 390, LOOKS, marks=pytest.mark.long))
# The parts of the desk, by the start of the address.
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
# Who walks which of them: the many pages of an editor are walked apart, so that they can be walked at once.
WALKS = (
    ("editor", ("/desk/stations/",)),
    pytest.param("editor", ("/desk/responses/", "/desk/review/"), marks=pytest.mark.long),
    pytest.param("editor", ("/desk/sources/", "/desk/queue/", "/accounts/", ""), marks=pytest.mark.long),
    ("cleared", ("/desk/confidential/",)),
    pytest.param("administrator", ("/accounts/", ""), marks=pytest.mark.long),  # who sees little else than an editor
    ("stranger", ("/accounts/",)),
)


@pytest.fixture
def world(db):
    return build()


@pytest.mark.parametrize(("colors", "width", "rules"), VIEWS)
@pytest.mark.parametrize(("role", "parts"), WALKS)
def test_nothing_is_wrong_on_any_page(visitor, world, role, parts, colors, width, rules):
    page = visitor(world.people[role])
    page.emulate_media(color_scheme=colors)
    page.set_viewport_size({"width": width, "height": 900})
    opened, faults = set(), []
    for path in _pages(world):
        # Who is sent elsewhere does not get this page.
        if _part_of(path) not in parts or (answer := page.goto(path)).status != 200 or answer.request.redirected_from:
            continue
        opened.add(_part_of(path))
        faults += [f"{path}: {fault}" for fault in _found(page, rules)]
    assert opened == set(parts)
    assert not faults, "\n".join(faults)


def _pages(world):
    return [path for route in desk_routes() if not is_closed(route) for path in addresses(route, world)]


def _part_of(path):
    return next(part for part in PARTS if path.startswith(part))


def _found(page, rules):
    return [
        f"{rule}: {html} {target}"
        for rule, html, target in found_by_axe(page, **rules)
        if not any(rule == known and part in html for known, part in DJANGOS_OWN)
    ]
