"""What is due for another look: what the public reads as still so, although nobody has confirmed it for long."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories.records import bring_to, make_people, make_response

LONG_AGO = "2022-10-26"
NO_ACTION = {"kind": "declined_to_act", "sets_status": "no_action", "no_action_basis": "declined"}
CLOSED = {"kind": "closure_claimed", "sets_status": "closed"}


def published(**fields):
    people = make_people()
    return bring_to(make_response(by=people.author, **({"date": LONG_AGO} | fields)), "live", **vars(people))


def days_ago(days):
    return (timezone.now().date() - dt.timedelta(days=days)).isoformat()


def due(browser):
    return browser.open("/desk/queue/due/").records


@pytest.mark.parametrize(
    "fields",
    [NO_ACTION, {**CLOSED, "closure_basis": "claimed"}, {**CLOSED, "closure_basis": "ordered"}],
    ids=["no action", "claimed", "ordered"],
)
def test_an_old_status_without_a_confirmation_is_due(author, fields):
    record = published(**fields)
    page = author.open("/desk/queue/due/")
    assert page.records == [str(record.pk)]
    assert "last known true on 2022-10-26" in page.text
    assert "Netherlands: " in page.text
    assert "Due for another look 1" in author.open("/desk/").text


@pytest.mark.parametrize("fields", [{**CLOSED, "closure_basis": "confirmed"}, {"sets_status": "investigating"}])
def test_what_is_confirmed_or_still_running_is_not(author, fields):
    published(**fields)
    assert due(author) == []


def test_a_day_on_which_it_was_still_so_puts_the_look_off(author, settings):
    record = published(**NO_ACTION, last_known_true=days_ago(100))
    assert due(author) == []
    settings.LOOK_AGAIN_MONTHS = 3
    page = author.open("/desk/queue/due/")
    assert page.records == [str(record.pk)]
    assert f"last known true on {days_ago(100)}" in page.text
    assert "Nobody has confirmed it for 3 months." in page.text


def test_what_a_later_response_overtook_needs_no_look(author):
    published(**NO_ACTION)
    published(date="2023-01-10", sets_status="investigating")
    assert due(author) == []


def test_a_negative_fact_that_sets_no_status_is_due_too(author):
    fact = {"kind": "statement", "sets_status": "", "scope": "country"}
    record = published(**fact, last_known_true="2022-11-30")
    published(**fact)
    published(**fact, last_known_true=days_ago(5))
    page = author.open("/desk/queue/due/")
    assert page.records == [str(record.pk)]
    assert "last known true on 2022-11-30 A negative fact." in page.text


def test_the_longest_unknown_comes_first_and_what_is_being_revised_is_left_out(author):
    later = published(**NO_ACTION, concerns="FR", responder="FR", last_known_true="2023-02-01")
    first = published(**NO_ACTION, concerns="BE", responder="BE")
    assert due(author) == [str(first.pk), str(later.pk)]
    author.act(first, "revise")
    assert due(author) == [str(later.pk)]
