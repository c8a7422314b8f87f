"""The status of a government on every day: segments that follow one another."""

import datetime as dt
from itertools import pairwise

import pytest
from django.conf import settings

from casetracker.public.status import histories, status_history, status_of
from casetracker.public.view import View
from tests.factories.publications import closed, investigating, no_action, publish_response, retract

pytestmark = pytest.mark.django_db


def told(view=None):
    segments = status_history("NL", view or View())
    return [(str(segment.from_), str(segment.to or ""), segment.status.label) for segment in segments]


def test_nothing_recorded_is_no_history():
    publish_response(1, concerns="", date="2022-10-25")
    publish_response(2, level="press", date="2022-10-25")
    assert told() == []


def test_a_history_begins_with_the_first_response_and_goes_on():
    publish_response(1, date="2022-10-20")
    publish_response(2, **investigating(), date="2022-10-25")
    publish_response(3, **investigating(), date="2022-10-28")
    publish_response(4, **closed(), date="2022-11-01")
    assert told() == [
        ("2022-10-20", "2022-10-24", "Responded, no inquiry or closure recorded"),
        ("2022-10-25", "2022-10-31", "Investigating"),
        ("2022-11-01", "", "Closure ordered"),
    ]
    assert [segment.status.set_by for segment in status_history("NL")] == ["", "R-2", "R-4"]


def test_the_last_act_of_a_day_stands_for_the_day():
    publish_response(1, **no_action("inquiry_ended"), date="2023-06-06", order_in_day=1)
    publish_response(2, **closed("ordered"), date="2023-06-06", order_in_day=2)
    publish_response(3, **closed("claimed"), level="embassy", date="2023-06-06", order_in_day=3)
    assert told() == [("2023-06-06", "", "Closure claimed by the embassy")]


def test_a_contradicted_claim_is_a_segment_of_its_own():
    publish_response(1, **closed("ordered"), date="2022-11-03")
    publish_response(2, **closed("claimed"), date="2023-02-01")
    publish_response(3, kind="activity_continues", date="2023-05-15")
    segments = status_history("NL")
    assert [(segment.status.basis, segment.status.activity_continues) for segment in segments] == [
        ("ordered", False),
        ("claimed", False),
        ("ordered", True),
    ]


def test_an_act_without_a_known_day_is_in_no_segment():
    publish_response(1, **closed(), date="2022/..", counts_from=None)
    assert told() == []


def test_a_history_is_seen_from_a_view():
    first = publish_response(1, **investigating(), date="2022-10-25").sequence
    publish_response(2, **closed(), date="2022-11-01")
    assert told(View(dt.date(2022, 10, 31))) == [("2022-10-25", "", "Investigating")]
    assert told(View(known_at=first)) == [("2022-10-25", "", "Investigating")]
    assert told(View(known_at=0)) == []
    retract("R-1")
    assert told(View(known_at=first)) == []


def test_the_accused_state_has_no_history():
    accused = settings.ACCUSED_STATE
    publish_response(1, **investigating(), concerns=accused, responder=accused)
    assert status_history(accused) == []
    assert histories() == {}


def test_all_histories_take_one_query_and_agree_with_the_status_of_each_day(django_assert_num_queries):
    publish_response(1, **investigating(), date="2022-10-25")
    publish_response(2, **closed(), date="2022-11-01")
    publish_response(3, **no_action(), concerns="IT", responder="IT", date="2022-10-29")
    with django_assert_num_queries(1):
        found = histories()
    assert set(found) == {"NL", "IT"}
    for code, segments in found.items():
        for segment in segments:
            status = status_of(code, View(segment.from_))
            assert (status.label, status.set_by) == (segment.status.label, segment.status.set_by)
        for segment, following in pairwise(segments):
            assert segment.to == following.from_ - dt.timedelta(days=1)
