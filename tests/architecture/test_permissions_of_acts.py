"""Every act on a record, posted in every state by whoever stands to it in every way: what the second table says.

Refused is refused by the rules, with a reason that is read on the page; what is allowed may still lack something else.
"""

import re

import pytest
from django.db import transaction

from casetracker.accounts.roles import Role
from casetracker.operations.permissions.acts import ROLES, Standing, act_rows
from casetracker.review.admin.acts import ACTS
from casetracker.review.choices import Action, PublicStatus, State
from casetracker.review.models import Decision, Participation, Record
from tests.architecture.asking import act_values
from tests.desk.browser import Browser, address
from tests.desk.pages import Page
from tests.factories.records import bring_to, make_station
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]

# What `review.policies` says to whom it refuses something, and nobody else.
_RULE = re.compile(
    r"needs the role|is not possible: the record is|is not to be merged|Only an author|Only a reviewer"
    r"|You wrote on this record|You reviewed this record"
)
_OTHERS = {"observer": [Role.OBSERVER], "administrator": [Role.ADMINISTRATOR], "superuser": []}
STATES = ("draft", "submitted", "verified", "approved", "live", "revision", "retracted")
# Each state is gone through in the transition table, where services are asked; one by HTTP is enough in CI.
OFTEN = [pytest.param(state, marks=[] if state == "verified" else pytest.mark.long) for state in STATES]


def stand(record, person, standing):
    """Let somebody be this to the record in its present round."""
    if standing in (Standing.AUTHOR, Standing.REVIEWER):
        Participation(record=record, round=record.round, person=person, role=standing.value).save()
    elif standing is Standing.ASSIGNED:
        Record.objects.filter(pk=record.pk).update(assigned_to=person)


def is_refused(browser, record, act):
    """Post an act, and take it back. Fails if a refusal left anything, or gave no reason."""
    before = Decision.objects.count()
    with transaction.atomic():
        response = browser.send(address(record, act), act_values(record, act))
        if response.status_code == 302:
            response = browser.get(response.headers["Location"])
        wrote = Decision.objects.count() - before
        transaction.set_rollback(True)
    refused = response.status_code == 403 or any(_RULE.search(message) for message in Page(response).messages)
    assert not (refused and wrote), f"{act} was refused, and yet something was written"
    return refused


def is_for(act, record, role, standing):
    """Tell whether the table lets somebody do this."""
    return any(
        (role, standing) in row.allowed
        for row in act_rows()
        if row.action is ACTS[act].action
        and State(record.state) in row.states
        and PublicStatus(record.public_status) in row.public
    )


# What is asked about an open request or a withdrawn version, which a form lacks in most states: see tests/erasure.
_ON_REQUEST = {Action.DROP, Action.ASK_ERASE, Action.ERASE, Action.KEEP}
BY_RULE = [name for name, act in ACTS.items() if act.action in set(Action) - _ON_REQUEST]


@pytest.mark.parametrize("state", OFTEN)
def test_acts_are_for_whom_the_table_says(state):
    record = bring_to(make_station(private_terms=[{"kind": "host", "text": "A society"}]), state)
    wrong = []
    for role in ROLES:
        for standing in Standing:
            browser = Browser(UserFactory(roles=[role]))
            stand(record, browser.person, standing)
            wrong += [
                f"{act}, {role.value} as {standing.value}: {'refused' if refused else 'let'}"
                for act in BY_RULE
                if (refused := is_refused(browser, record, act)) == is_for(act, record, role, standing)
            ]
    assert wrong == []


@pytest.mark.parametrize("state", OFTEN)
def test_nobody_else_may_act(state):
    record = bring_to(make_station(private_terms=[{"kind": "host", "text": "A society"}]), state)
    for name, roles in _OTHERS.items():
        browser = Browser(UserFactory(roles=roles, is_superuser=name == "superuser"))
        assert [act for act in BY_RULE if not is_refused(browser, record, act)] == []


def test_every_act_of_the_desk_is_an_action_or_a_remark():
    on_request = {name for name, act in ACTS.items() if act.action in _ON_REQUEST}
    assert on_request == {"drop-merge", "ask-for-erasure", "erase", "withdraw-erasure"}
    assert ACTS.keys() - BY_RULE - on_request == {
        "comment",
        "accept-suggestion",  # as editing
        "decline-suggestion",
    }
