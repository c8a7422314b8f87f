"""What the database keeps of a response, whatever the code above it does."""

import pytest

from casetracker.core.errors import InvalidContent
from responses.models import Response
from tests.factories.records import make_response
from tests.raw_writes import raw_update, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def response():
    return Response.objects.get(pk=make_response(stations=[], sets_status="", kind="statement").pk)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"sets_status": "closed"}, "closed"),
        ({"sets_status": "closed", "closure_basis": "hoped"}, "closed"),
        ({"closure_basis": "ordered"}, "closed"),
        ({"sets_status": "investigating", "closure_basis": "ordered"}, "closed"),
        ({"sets_status": "no_action"}, "no_action"),
        ({"sets_status": "no_action", "no_action_basis": "tired"}, "no_action"),
        ({"no_action_basis": "declined"}, "no_action"),
        ({"sets_status": "closed", "closure_basis": "ordered", "no_action_basis": "declined"}, "no_action"),
    ],
)
def test_a_basis_stands_exactly_with_its_status(response, values, rule):
    refused(raw_update(response, **values), f"responses_{rule}_with_its_basis")


@pytest.mark.parametrize(
    "values",
    [
        {"scope": "stations"},
        {"unrelated_offence": True},
        {"concerns": ""},
        {"level": "operator"},
        {"level": "private_party"},
    ],
)
def test_a_status_is_set_for_a_country_only(response, values):
    refused(raw_update(response, sets_status="investigating", **values), "responses_status_only_for_a_country")


def test_only_known_statuses(response):
    refused(raw_update(response, sets_status="thinking"), "responses_status_known")


def test_bounds_are_ordered(response):
    refused(raw_update(response, date_earliest="2022-11-02", date_latest="2022-11-01"), "date_bounds_ordered")


def test_a_quote_has_its_language(response):
    refused(raw_update(response, quote="Nee"), "responses_quote_with_its_language")


def test_who_is_anonymous_has_no_name(response):
    refused(raw_update(response, anonymous=True, person="Jan Jansen"), "responses_anonymous_without_a_name")
    with pytest.raises(InvalidContent) as caught:
        make_response(anonymous=True, person="Jan Jansen")
    messages = [text for texts in caught.value.field_errors.values() for text in texts]
    assert messages == ["Who is anonymous has no name here: empty the person, or untick anonymous."]
    make_response(anonymous=True, person="", actor="An official in Shanghai")


def test_a_response_is_not_the_same_act_as_itself(response):
    refused(raw_update(response, same_act_as=response), "responses_not_the_same_as_itself")
