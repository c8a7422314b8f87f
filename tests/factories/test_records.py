"""The factories bring records where they say."""

import pytest

from tests.factories.records import (
    MAKERS,
    STATES,
    bring_to,
    make_people,
    make_station,
    publish_next_version,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
@pytest.mark.parametrize("state", STATES)
def test_a_record_is_brought_to_each_state(make, state):
    record = bring_to(make(), state)
    reached = {
        "live": ("idle", "live"),
        "revision": ("draft", "live"),
        "retracted": ("idle", "retracted"),
    }.get(state, (state, "never"))
    assert (record.state, record.public_status) == reached


def test_a_live_record_gets_a_next_version():
    people = make_people()
    record = bring_to(make_station(by=people.author), "live", **vars(people))
    again = publish_next_version(record, people, summary="Now with words.")
    assert (again.published_version, again.state) == (2, "idle")
