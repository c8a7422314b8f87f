"""What fails on a real site, a few times. `python -m bench.reliability` does it often, and writes down the figures."""

import os
import shutil

import pytest

from tests.faults import away, bounded, slow
from tests.faults.sites import site

pytestmark = pytest.mark.slow
WHY_NOT = bounded.why_not()


@pytest.fixture
def a_site(db):
    with site(os.environ.get("DATABASE_URL", "")) as one:
        yield one


@pytest.mark.both
def test_nothing_is_lost_or_half_done_when_it_is_killed(a_site):
    found = a_site.ask("tests.faults.killed", 4)
    assert found["problems"] == []
    assert found["killed"].get("approve", 0) + found["killed"].get("publish", 0) == 4


@pytest.mark.long
@pytest.mark.both
def test_a_release_goes_out_once_although_its_workers_are_killed(a_site):
    assert a_site.ask("tests.faults.worker", 2)["problems"] == []


def goes_on_with_room(found):
    refused = sum(found["said"].values()) - found["said"].get("published", 0)
    return found["problems"] == [] and found["published_later"] == refused > 0


@pytest.mark.long
def test_what_is_refused_for_want_of_room_goes_on_with_room():
    with site() as one:
        assert goes_on_with_room(one.ask("tests.faults.full"))


@pytest.mark.long
@pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT or "tried")
@pytest.mark.parametrize("holds", [bounded.TABLES, bounded.WAL])
def test_so_it_does_on_a_postgresql_that_is_made_for_it(holds):
    with bounded.small_postgres(holds) as (one, disk):
        assert goes_on_with_room(one.ask("tests.faults.full", disk))


@pytest.mark.long
@pytest.mark.both
def test_readers_are_told_to_come_back_while_the_database_is_away(a_site):
    found = away.measure(a_site, seconds=2)
    assert found["before"].keys() == found["after"].keys() == {"200"}
    assert found["during"].keys() <= {"200", "503, Retry-After"}
    assert "503, Retry-After" in found["during"]


@pytest.mark.long
def test_slow_ones_keep_no_honest_reader_out():
    with_proxy = shutil.which("nginx") is not None
    with site() as one:
        assert slow.measure(one, sockets=100, seconds=2, with_proxy=with_proxy)["answers"].keys() == {"200"}
