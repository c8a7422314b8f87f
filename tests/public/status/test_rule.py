"""The status of a government is the latest live response that sets one."""

import datetime as dt

import pytest
from django.conf import settings

from casetracker.public.status import NO_RESPONSE, Line, Possibly, Status, status_of, statuses, without
from casetracker.public.view import NOW, View
from tests.factories.publications import closed, investigating, no_action, publish_response, retract

pytestmark = pytest.mark.django_db


def on(year, month, day):
    return dt.date(year, month, day)


def seen(government, day=None, known_at=None):
    return status_of(government, View(day, known_at))


def words(government, day=None):
    return seen(government, day).label


def today():
    return dt.datetime.now(dt.UTC).date()


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
