"""What is vague, what nobody knows to be true any longer, and what was not published then."""

import pytest

from casetracker.public.status import NO_RESPONSE, Possibly, status_of
from tests.factories.publications import closed, investigating, no_action, publish_response, retract
from tests.public.status.asking import on, seen, words

pytestmark = pytest.mark.django_db


def test_a_negative_fact_is_confirmed_until_its_day():
    publish_response(1, **no_action(), date="2022-10-29", last_known_true="2022-12-05")
    assert status_of("NL").last_confirmed == on(2022, 12, 5)
    assert seen("NL", on(2022, 11, 1)).last_confirmed == on(2022, 11, 1)
    publish_response(2, **no_action(), date="2022-11-29")
    assert (status_of("NL").set_by, status_of("NL").last_confirmed) == ("R-2", on(2022, 12, 5))


def test_an_end_that_is_not_known_confirms_nothing():
    publish_response(1, **no_action(), date="2022-10-29", last_known_true="2022-10-29/..")
    assert status_of("NL").last_confirmed == on(2022, 10, 29)


def test_a_vague_date_may_already_have_been():
    publish_response(1, **investigating(), date="2022", counts_from="2022-11-07")
    status = seen("NL", on(2022, 1, 15))
    assert (status.value, status.reason) == ("", "no_response")
    assert status.possibly == Possibly("investigating", "", "Investigating", "R-1")
    assert seen("NL", on(2021, 12, 31)).possibly is None
    assert seen("NL", on(2022, 11, 7)).possibly is None
    assert status_of("NL").possibly is None


def test_of_what_may_already_have_been_the_last_is_named():
    publish_response(1, **closed(), date="2022-10", order_in_day=1)
    publish_response(2, **closed("claimed"), level="embassy", date="2022-10", order_in_day=2)
    publish_response(3, **closed("confirmed"), date="2022-11")
    assert seen("NL", on(2022, 10, 15)).possibly.label == "Closure claimed by the embassy"
    assert seen("NL", on(2022, 10, 31)).possibly is None
    assert seen("NL", on(2022, 11, 1)).possibly.label == "Closure confirmed"


def test_what_is_so_already_is_not_possible_too():
    publish_response(1, **investigating(), date="2022-10-01")
    publish_response(2, **investigating(), date="2022-10")
    assert seen("NL", on(2022, 10, 15)).possibly is None


def test_a_date_that_leaves_more_than_a_year_open_says_nothing_about_what_may_have_been():
    publish_response(1, **investigating(), date="2020/2022-12-31")
    publish_response(2, **investigating(), date="../2022-12-31")
    assert seen("NL", on(2022, 6, 1)).possibly is None


@pytest.mark.parametrize("change", [{"scope": "stations"}, {"sets_status": ""}, {"level": "operator"}])
def test_only_what_would_decide_is_possible(change):
    publish_response(1, **{**investigating(), **change}, date="2022")
    assert seen("NL", on(2022, 6, 1)).possibly is None


def test_what_was_not_published_then_was_not_known():
    first = publish_response(1, **investigating(), date="2022-10-25").sequence
    second = publish_response(2, **closed(), date="2022-11-01").sequence
    assert seen("NL", known_at=0) == NO_RESPONSE
    assert seen("NL", known_at=first).value == "investigating"
    assert seen("NL", known_at=second).value == "closed"
    assert seen("NL", on(2022, 10, 31), second).value == "investigating"


def test_a_backdated_correction_changes_what_was_so_and_not_what_was_known():
    published = publish_response(1, **closed("claimed"), date="2022-11-01").sequence
    corrected = publish_response(1, version=2, **closed("ordered"), date="2022-10-01").sequence
    assert words("NL", on(2022, 10, 15)) == "Closure ordered"
    assert seen("NL", on(2022, 10, 15), corrected).label == "Closure ordered"
    assert seen("NL", on(2022, 10, 15), published).label == "No response recorded"
    assert seen("NL", None, published).label == "Closure claimed"


def test_a_correction_may_move_a_response_to_another_government():
    published = publish_response(1, **closed()).sequence
    publish_response(1, version=2, **closed(), concerns="BE", responder="BE")
    assert (words("NL"), words("BE")) == ("No response recorded", "Closure ordered")
    assert seen("NL", known_at=published).label == "Closure ordered"


def test_what_was_retracted_is_hidden_at_every_time():
    published = publish_response(1, **closed()).sequence
    retract("R-1")
    assert seen("NL", known_at=published) == NO_RESPONSE
    back = publish_response(1, version=2, **closed()).sequence
    assert seen("NL", known_at=published) == NO_RESPONSE
    assert seen("NL", known_at=back).value == "closed"
