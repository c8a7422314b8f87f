"""What the database and the model keep of an agreement, whatever the code above them does."""

import pytest

from casetracker.core.errors import InvalidContent
from responses.models import Agreement, Response
from tests.factories.records import make_agreement, make_response
from tests.raw_writes import raw_update, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return Agreement.objects.get(pk=make_agreement().pk)


def test_it_is_with_china_unless_said_otherwise(agreement):
    assert (agreement.country, agreement.counterpart) == ("IT", "CN")


def test_it_is_between_two(agreement):
    refused(raw_update(agreement, counterpart="IT"), "responses_agreement_between_two")


@pytest.mark.parametrize("values", [{"title": "Memorandum d’intesa"}, {"title_language": "it"}], ids=str)
def test_a_title_has_its_language_and_only_a_title(agreement, values):
    refused(raw_update(agreement, **values), "responses_agreement_title_with_its_language")


def test_a_status_is_as_of_a_day(agreement):
    refused(raw_update(agreement, status="in_force"), "responses_agreement_status_as_of_a_day")
    raw_update(agreement, status="in_force", status_as_of="2022-12")()


@pytest.mark.parametrize("status", ["unknown", "in_force", "completed", "disputed"])
def test_a_response_ends_only_what_ended(agreement, status):
    response = Response.objects.get(pk=make_response().pk)
    rule = "responses_agreement_ended_by_a_response_only_if_ended"
    refused(raw_update(agreement, status=status, status_as_of="2022-12", ended_by=response), rule)


@pytest.mark.parametrize("status", ["ended", "suspended"])
def test_a_response_ends_or_suspends_it(status):
    response = make_response(responder="IT", concerns="IT")
    record = make_agreement(status=status, status_as_of="2022-12-19", ended_by=response)
    assert Agreement.objects.get(pk=record.pk).ended_by_id == response.pk


@pytest.mark.parametrize(
    ("starts", "ends"), [("2016-05", "2015-12"), ("2016-05-02", "2016-05-01"), ("2016/2018", "2015")]
)
def test_it_does_not_end_before_it_begins(starts, ends):
    with pytest.raises(InvalidContent) as caught:
        make_agreement(in_force_from=starts, in_force_to=ends)
    assert "It ends before it begins" in caught.value.field_errors["in_force_to"][0]


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("2016-05", "2016"), ("2019-11-05", "2019-11-05"), ("2004", ""), ("", "2022"), ("../2016", "2015")],
)
def test_vague_and_open_dates_are_given_the_benefit(starts, ends):
    assert make_agreement(in_force_from=starts, in_force_to=ends)


def test_a_date_that_is_none_is_refused_at_its_field():
    with pytest.raises(InvalidContent) as caught:
        make_agreement(in_force_from="spring", in_force_to="2022")
    assert list(caught.value.field_errors) == ["in_force_from"]
