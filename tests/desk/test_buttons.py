"""A button is there exactly when the rules allow what it does."""

import pytest

from casetracker.accounts.roles import Role
from casetracker.review.admin.acts import ACTS, ELSEWHERE
from casetracker.review.choices import Action
from casetracker.review.policies import available_actions
from casetracker.review.services import discard_record
from tests.desk.browser import Browser
from tests.factories.records import (
    STATES,
    bring_to,
    fresh,
    make_agreement,
    make_claim,
    make_people,
    make_response,
    make_station,
)
from tests.factories.users import UserFactory

pytestmark = pytest.mark.pages

# Which button does which action. Editing has the form instead of a button; logging and proposing a merge have
# pages of their own, and a merge comes with a publication.
BUTTONS = {
    Action.DISCLOSE: {"mark-publishable"},
    Action.ASSIGN: {"assign", "assign-to-me"},
    Action.SUBMIT: {"submit"},
    Action.CHECK: {"check"},
    Action.SUGGEST: {"suggest"},
    Action.APPRAISE: {"appraise"},
    Action.VERIFY: {"verify"},
    Action.APPROVE: {"approve", "approve-and-publish"},
    Action.PUBLISH: {"publish"},
    Action.RETURN: {"return"},
    Action.WITHDRAW: {"withdraw"},
    Action.REVISE: {"revise"},
    Action.ABANDON: {"abandon"},
    Action.DISCARD: {"discard"},
    Action.RETRACT: {"retract"},
    Action.DROP: {"drop-merge"},
    Action.ASK_ERASE: {"ask-for-erasure"},
    Action.ERASE: {"erase"},
    Action.KEEP: {"withdraw-erasure"},
}
ROLES = {"researcher": Role.RESEARCHER, "editor": Role.EDITOR, "observer": Role.OBSERVER}


def in_state(state, people, make=make_station):
    record = make(by=people.author, private_terms=[{"kind": "host", "text": "A society"}])
    if state == "discarded":
        return discard_record(record.pk, by=people.author, lock_version=record.lock_version)
    return bring_to(record, state, **vars(people))


WITHOUT = {Action.LOG, Action.EDIT, Action.PROPOSE, Action.MERGE}
# Somebody must have asked for an erasure first; see tests/erasure.
ON_REQUEST = {Action.ERASE, Action.KEEP}


def has_button(action, record):
    """Tell whether an action that the rules allow has something to act on. Only what was withdrawn can be erased."""
    if action is Action.ASK_ERASE:
        return fresh(record).public_status == "retracted"
    return action not in WITHOUT | ON_REQUEST


def test_every_action_but_some_has_its_buttons():
    assert BUTTONS.keys() == set(Action) - WITHOUT
    named = set().union(*BUTTONS.values())
    assert named == ACTS.keys() - {"comment", "accept-suggestion", "decline-suggestion"}
    assert ELSEWHERE - named == {"comment", "accept-suggestion", "decline-suggestion"}


@pytest.mark.parametrize(
    "state",
    [
        "draft",
        "live",
        *(
            pytest.param(state, marks=pytest.mark.slow)
            for state in (*STATES, "discarded")
            if state not in ("draft", "live")
        ),
    ],
)
def test_the_buttons_are_those_that_the_rules_allow(db, state):
    people = make_people()
    record = in_state(state, people)
    others = {name: UserFactory(roles=[role]) for name, role in ROLES.items()}
    seen = set()
    for name, person in {**vars(people), **others}.items():
        page, actions = Browser(person).open_record(record), available_actions(fresh(record), person)
        expected = set().union(*(BUTTONS[action] for action in actions if has_button(action, record)))
        if name != "observer":
            expected.add("comment")
        assert page.acts == expected, name
        assert page.is_editable == (Action.EDIT in actions), name
        seen |= page.acts
    assert seen - {"comment", "assign", "assign-to-me"} or state == "discarded"


@pytest.mark.parametrize("make", [make_response, make_claim, make_agreement])
def test_every_kind_has_the_same_buttons(db, make):
    people = make_people()
    record = in_state("verified", people, make)
    page = Browser(people.editor).open_record(record)
    moves = {"approve", "approve-and-publish", "assign", "assign-to-me", "return"}
    assert page.acts == {*moves, "appraise", "comment", "suggest"}


def test_somebody_with_two_roles_has_the_buttons_of_both(db):
    both = UserFactory(roles=[Role.OBSERVER, Role.EDITOR])
    page = Browser(both).open_record(in_state("verified", make_people()))
    assert "approve" in page.acts


def test_opening_a_page_writes_nothing(db):
    people = make_people()
    record = in_state("submitted", people)
    browser = Browser(people.reviewer)
    before = fresh(record).changed_at, record.decisions.count(), record.participations.count()
    browser.open_record(record)
    assert (fresh(record).changed_at, record.decisions.count(), record.participations.count()) == before
