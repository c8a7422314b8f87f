"""One check-and-save: what the database refuses comes back as messages for people."""

import pytest
from django.core.exceptions import ValidationError

from casetracker.core.saving import save_checked
from casetracker.review.models import Record
from stations.models import Station

pytestmark = pytest.mark.django_db


def station(**fields):
    record = Record.objects.create(kind="station")
    values = {"kind": "police_service_station", "country": "NL", "locality": "Amsterdam"}
    return Station(record=record, **{**values, **fields})


def messages(instance):
    with pytest.raises(ValidationError) as refusal:
        save_checked(instance)
    return refusal.value.message_dict


def test_what_is_right_is_saved():
    save_checked(station())
    assert Station.objects.get().locality == "Amsterdam"


def test_a_constraint_says_what_is_wrong():
    assert messages(station(latitude=52)) == {"__all__": ["Give both coordinates, or neither."]}
    assert not Station.objects.exists()


def test_fields_and_constraints_are_told_together():
    told = messages(station(kind="no such kind", latitude=52))
    assert told.keys() == {"kind", "__all__"}


def test_all_constraints_that_are_broken_are_told():
    told = messages(station(latitude=52, locality="", operating_status="closure_claimed"))
    assert len(told["__all__"]) == 3


def test_work_goes_on_after_a_refusal():
    first = station(latitude=52)
    messages(first)
    first.longitude = 5
    save_checked(first)
    assert Station.objects.get().longitude == 5


def test_constraints_that_hold_cost_no_question_of_their_own(django_assert_max_num_queries):
    instance = station()
    with django_assert_max_num_queries(7):
        save_checked(instance)
