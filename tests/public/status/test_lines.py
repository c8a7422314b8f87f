"""Inquiry and closure as lines of their own, and claims of closure that are contradicted."""

import pytest

from casetracker.public.status import Line, status_of
from tests.factories.publications import closed, investigating, no_action, publish_response
from tests.public.status.asking import on, seen, words

pytestmark = pytest.mark.django_db


def test_activity_that_is_reported_to_continue_is_said():
    publish_response(1, **closed(), activity_continues=True)
    assert status_of("NL").activity_continues
    assert status_of("NL").closure.activity_continues


def test_activity_may_be_reported_by_an_act_that_sets_no_status():
    publish_response(1, **closed("confirmed"), date="2022-10-01")
    publish_response(2, kind="activity_continues", date="2022-10-05")
    assert not seen("NL", on(2022, 10, 4)).activity_continues
    assert seen("NL", on(2022, 10, 5)).activity_continues
    assert (words("NL"), status_of("NL").set_by) == ("Closure confirmed", "R-1")


@pytest.mark.parametrize("change", [{"scope": "stations"}, {"unrelated_offence": True}, {"level": "operator"}])
def test_activity_at_named_stations_or_of_another_sort_contradicts_no_country(change):
    publish_response(1, **closed("claimed"), date="2022-10-01")
    publish_response(2, kind="activity_continues", date="2022-10-05", **change)
    assert not status_of("NL").activity_continues


def test_a_later_closure_is_not_contradicted_by_an_earlier_report():
    publish_response(1, kind="activity_continues", date="2022-10-01")
    publish_response(2, **closed("claimed"), date="2022-10-05")
    assert not status_of("NL").activity_continues


def contradicted():
    """The order of closure, repeated; its fulfilment claimed; and that claim contradicted."""
    publish_response(1, **investigating(), date="2022-10-01")
    publish_response(2, **closed("ordered"), date="2022-11-03")
    publish_response(3, **closed("ordered"), date="2022-11-10")
    publish_response(4, **closed("claimed"), date="2023-02-01")
    publish_response(5, kind="activity_continues", date="2023-05-15")


def test_a_contradicted_claim_of_closure_falls_back_to_the_order():
    contradicted()
    assert words("NL", on(2023, 5, 14)) == "Closure claimed"
    status = status_of("NL")
    assert (status.label, status.since, status.set_by) == ("Closure ordered", on(2022, 11, 3), "R-3")
    assert status.activity_continues
    assert status.last_confirmed == on(2022, 11, 10)
    assert status.closure == Line("", "ordered", "Closure ordered", on(2022, 11, 3), "R-3", activity_continues=True)


def test_a_contradicted_claim_without_an_order_stays_and_says_so():
    publish_response(1, **closed("claimed"), date="2023-02-01")
    publish_response(2, kind="activity_continues", date="2023-05-15")
    status = status_of("NL")
    assert (status.label, status.activity_continues) == ("Closure claimed", True)


def test_a_claim_that_reports_activity_itself_falls_back_too():
    publish_response(1, **closed("ordered"), date="2022-11-03")
    publish_response(2, **closed("claimed"), activity_continues=True, date="2023-02-01")
    assert status_of("NL").set_by == "R-1"


def test_a_confirmed_closure_does_not_fall_back():
    publish_response(1, **closed("ordered"), date="2022-11-03")
    publish_response(2, **closed("confirmed"), date="2023-02-01")
    publish_response(3, kind="activity_continues", date="2023-05-15")
    assert (words("NL"), status_of("NL").activity_continues) == ("Closure confirmed", True)


def test_the_closure_falls_back_beside_another_status():
    contradicted()
    publish_response(6, **investigating(), date="2023-06-01")
    status = status_of("NL")
    assert (status.value, status.activity_continues) == ("investigating", False)
    assert (status.closure.basis, status.closure.since, status.closure.activity_continues) == (
        "ordered",
        on(2022, 11, 3),
        True,
    )


def test_a_closure_does_not_end_an_inquiry():
    publish_response(1, **investigating(), date="2022-10-25")
    publish_response(2, **investigating(), date="2022-10-28")
    publish_response(3, **closed(), date="2022-11-01")
    inquiry = status_of("NL").inquiry
    assert (inquiry.state, inquiry.since, inquiry.set_by) == ("running", on(2022, 10, 25), "R-2")
    assert seen("NL", on(2022, 10, 24)).inquiry is None


@pytest.mark.parametrize(
    ("ending", "basis"),
    [
        (no_action("inquiry_ended"), "inquiry_ended"),
        (no_action("nothing_found"), "nothing_found"),
        ({"kind": "investigation_ended"}, "inquiry_ended"),
        (closed(kind="investigation_ended"), "inquiry_ended"),
    ],
)
def test_an_inquiry_ends_when_somebody_says_so(ending, basis):
    publish_response(1, **investigating(), date="2022-10-25")
    publish_response(2, **ending, date="2022-11-01")
    publish_response(3, **ending, date="2022-11-09")
    inquiry = status_of("NL").inquiry
    assert inquiry == Line(
        "ended", basis, "Inquiry ended", on(2022, 11, 1), "R-3", ended_on=on(2022, 11, 1), activity_continues=False
    )
    publish_response(4, **investigating(), date="2022-12-01")
    assert (status_of("NL").inquiry.state, status_of("NL").inquiry.since) == ("running", on(2022, 12, 1))


@pytest.mark.parametrize("change", [{"scope": "stations"}, {"unrelated_offence": True}, {"level": "operator"}])
def test_the_end_of_an_inquiry_into_named_stations_ends_none_of_the_country(change):
    publish_response(1, **investigating(), date="2022-10-25")
    publish_response(2, kind="investigation_ended", date="2022-11-01", **change)
    assert status_of("NL").inquiry.state == "running"


@pytest.mark.parametrize("basis", ["declined", "none_announced"])
def test_what_says_that_there_was_no_inquiry_ends_none(basis):
    publish_response(1, **no_action(basis))
    assert status_of("NL").inquiry is None


def test_the_closure_stays_beside_a_later_inquiry():
    publish_response(1, **closed("claimed"), date="2023-04-27")
    publish_response(2, **investigating(), date="2023-04-28")
    publish_response(3, **closed("claimed"), date="2023-04-29")
    status = seen("NL", on(2023, 4, 28))
    assert (status.label, status.closure.label) == ("Investigating", "Closure claimed")
    assert (status_of("NL").since, status_of("NL").closure.since) == (on(2023, 4, 29), on(2023, 4, 27))
