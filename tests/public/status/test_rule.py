"""The status of a government is the latest live response that sets one."""

import datetime as dt

import pytest
from django.conf import settings

from casetracker.public.status import NO_RESPONSE, Line, Status, status_of, statuses, without
from casetracker.public.view import NOW, View
from tests.factories.publications import closed, investigating, no_action, publish_response, retract
from tests.public.status.asking import on, seen, today, words

pytestmark = pytest.mark.django_db


def test_nothing_recorded():
    assert status_of("FR") == NO_RESPONSE == Status(reason="no_response", label="No response recorded")
    assert statuses() == {}


def test_the_latest_response_counts():
    publish_response(1, **investigating(), date="2022-10-25")
    publish_response(2, **closed(), date="2022-11-01")
    assert status_of("NL") == Status(
        value="closed",
        basis="ordered",
        label="Closure ordered",
        since=on(2022, 11, 1),
        last_confirmed=on(2022, 11, 1),
        last_looked_on=today(),
        set_by="R-2",
        inquiry=Line("running", "", "Inquiry running", on(2022, 10, 25), "R-1"),
        closure=Line("", "ordered", "Closure ordered", on(2022, 11, 1), "R-2"),
    )


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (on(2022, 10, 24), ""),
        (on(2022, 10, 25), "investigating"),
        (on(2022, 10, 31), "investigating"),
        (on(2022, 11, 1), "closed"),
    ],
)
def test_a_response_counts_from_its_day_on(day, value):
    publish_response(1, **investigating(), date="2022-10-25")
    publish_response(2, **closed(), date="2022-11-01")
    assert seen("NL", day).value == value


def test_the_day_from_which_a_response_counts_decides_and_not_its_date():
    publish_response(1, **investigating(), date="2022", counts_from="2022-12-31")
    publish_response(2, **closed(), date="2022-11-01", counts_from="2022-11-01")
    assert status_of("NL").value == "investigating"
    assert seen("NL", on(2022, 12, 30)).value == "closed"
    assert seen("NL", on(2022, 10, 15)).value == ""


def test_within_a_day_the_given_order_counts_and_then_the_order_of_publication():
    publish_response(1, **closed("claimed"), level="embassy", order_in_day=3)
    publish_response(2, **closed(), order_in_day=2)
    publish_response(3, **no_action("inquiry_ended"), order_in_day=1)
    publish_response(4, **investigating(), order_in_day=None)
    assert status_of("NL").set_by == "R-1"
    retract("R-1")
    assert status_of("NL").set_by == "R-2"
    retract("R-2")
    assert status_of("NL").set_by == "R-3"
    retract("R-3")
    publish_response(5, **no_action("declined"), order_in_day=None)
    assert status_of("NL").set_by == "R-5"


def test_a_corrected_typing_error_makes_no_response_later():
    publish_response(1, **investigating())
    publish_response(2, **closed())
    publish_response(1, version=2, **investigating(), summary="Corrected.")
    assert status_of("NL").set_by == "R-2"


def test_who_responds_does_not_matter():
    publish_response(1, **closed("claimed"), concerns="GB", responder="CN", level="embassy")
    assert words("GB") == "Closure claimed by the embassy"
    assert words("CN") == without("accused_state").label


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"scope": "stations"}, id="about named stations only"),
        pytest.param({"concerns": "DE", "responder": "DE"}, id="about another government"),
        pytest.param({"concerns": ""}, id="about no single government"),
        pytest.param({"sets_status": "", "closure_basis": "", "kind": "statement"}, id="sets no status"),
        pytest.param({"unrelated_offence": True}, id="an unrelated offence"),
        pytest.param({"level": "operator"}, id="by an operator"),
        pytest.param({"level": "private_party"}, id="by a private party"),
    ],
)
def test_what_sets_no_status_leaves_the_earlier_one(change):
    publish_response(1, **investigating(), date="2022-10-25")
    publish_response(2, **{**closed(), **change}, date="2022-11-01")
    assert status_of("NL").set_by == "R-1"


def test_a_retracted_response_stops_counting():
    publish_response(1, **investigating(), date="2022-10-25")
    publish_response(2, **closed(), date="2022-11-01")
    retract("R-2")
    assert status_of("NL").value == "investigating"
    retract("R-1")
    assert status_of("NL") == NO_RESPONSE


def test_a_superseded_version_does_not_count():
    publish_response(1, **closed())
    publish_response(1, version=2, **investigating())
    assert status_of("NL").value == "investigating"


def test_without_a_known_day_a_response_counts_only_where_no_day_is_asked_for():
    publish_response(1, **closed(), date="2022/..", counts_from=None)
    status = status_of("NL")
    assert (status.label, status.since, status.last_confirmed, status.set_by) == ("Closure ordered", None, None, "R-1")
    assert (seen("NL", dt.date.max).value, seen("NL", dt.date.max).last_looked_on) == ("", today())
    publish_response(2, **investigating(), date="2022-01-01")
    assert status_of("NL").set_by == "R-2"


def test_since_is_the_start_of_the_unbroken_run_with_this_value_and_basis():
    publish_response(1, **closed(), date="2022-10-01")
    publish_response(2, **closed("claimed"), date="2022-10-02")
    publish_response(3, **closed(), date="2022-10-03")
    publish_response(4, date="2022-10-04")
    publish_response(5, **closed(), date="2022-10-05")
    assert (status_of("NL").since, status_of("NL").set_by) == (on(2022, 10, 3), "R-5")
    assert seen("NL", on(2022, 10, 2)).since == on(2022, 10, 2)
    assert seen("NL", on(2022, 10, 1)).since == on(2022, 10, 1)


def test_since_goes_back_to_the_first_response_there_is():
    publish_response(1, **investigating(), date="2022-10-01")
    publish_response(2, **investigating(), date="2022-10-09")
    assert status_of("NL").since == on(2022, 10, 1)


def test_we_have_looked_when_a_response_was_published_last():
    publish_response(1, scope="stations", level="press")
    assert (words("NL"), status_of("NL").last_looked_on) == ("No response recorded", today())
    assert seen("NL", on(2022, 1, 1)).last_looked_on == today()
    assert seen("NL", known_at=0).last_looked_on is None


@pytest.mark.parametrize(
    ("status", "label"),
    [
        (investigating(), "Investigating"),
        (closed("ordered"), "Closure ordered"),
        (closed("claimed"), "Closure claimed"),
        (closed("claimed", level="embassy"), "Closure claimed by the embassy"),
        (closed("ordered", level="embassy"), "Closure ordered"),
        (closed("confirmed"), "Closure confirmed"),
        (no_action("declined"), "Declined to act"),
        (no_action("none_announced"), "No inquiry announced"),
        (no_action("nothing_found"), "Nothing found"),
        (no_action("inquiry_ended"), "Inquiry ended"),
    ],
)
def test_a_status_is_said_with_its_basis(status, label):
    publish_response(1, **status)
    assert words("NL") == label


@pytest.mark.parametrize(
    ("change", "label"),
    [
        pytest.param({}, "Responded, no inquiry or closure recorded", id="itself"),
        pytest.param({"scope": "stations"}, "Responded, no inquiry or closure recorded", id="about stations"),
        pytest.param({"responder": "CN", "level": "embassy"}, "No response recorded", id="an embassy only"),
        pytest.param({"level": "press"}, "No response recorded", id="its press only"),
        pytest.param({"level": "private_party"}, "No response recorded", id="a private party only"),
        pytest.param({"level": "operator"}, "No response recorded", id="an operator only"),
    ],
)
def test_without_a_status_it_matters_whether_the_government_has_responded_itself(change, label):
    publish_response(1, **change)
    assert words("NL") == label
    assert statuses()["NL"].label == label


def test_a_response_before_its_day_is_no_response():
    publish_response(1, date="2022-11-01")
    assert words("NL", on(2022, 10, 31)) == "No response recorded"
    assert words("NL", on(2022, 11, 1)) == "Responded, no inquiry or closure recorded"


def test_the_accused_state_is_in_no_tally():
    publish_response(1, **investigating(), concerns=settings.ACCUSED_STATE, responder=settings.ACCUSED_STATE)
    assert status_of(settings.ACCUSED_STATE) == without("accused_state")
    assert statuses() == {}


def test_the_european_union_is_a_government():
    publish_response(1, **investigating(), concerns="EU", responder="EU", level="international_body")
    assert words("EU") == "Investigating"


def test_a_status_takes_as_many_queries_for_all_governments_as_for_one(django_assert_num_queries):
    for number in range(1, 8):
        publish_response(number, **(closed() if number % 2 else investigating()), concerns=["NL", "DE"][number % 2])
    for view, queries in ((NOW, 3), (View(on(2022, 11, 1), 7), 4)):
        with django_assert_num_queries(queries):
            status_of("NL", view)
        with django_assert_num_queries(queries):
            assert set(statuses(view)) == {"NL", "DE"}
    with django_assert_num_queries(0):
        status_of(settings.ACCUSED_STATE)
