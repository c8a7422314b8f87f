"""Every page of the desk opens for somebody, on every database; in a browser they are looked at elsewhere."""

import pytest

from tests.browser.desk_pages import addresses, build, desk_routes, is_closed, opens

pytestmark = [pytest.mark.slow, pytest.mark.both]


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
