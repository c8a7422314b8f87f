"""Every act, by every kind of person, on a record in every state.

What is allowed stands in `ALLOWED`, written by hand from the rules of the review and not from the table
that the services read. The services are called for each case, and a refusal must leave everything as it was.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from casetracker.accounts.models import User
from casetracker.accounts.roles import Role
from casetracker.core.errors import DomainError, InvalidContent, NotAllowed, WrongState
from casetracker.publication.log import lock_head
from casetracker.review import services
from casetracker.review.choices import Action, PublicStatus, State
from casetracker.review.content import build_content
from casetracker.review.evidence import check_results
from casetracker.review.models import Decision, ErasureRequest, Record
from casetracker.review.policies import check
from casetracker.review.services import Edit
from casetracker.review.services.base import advance
from casetracker.review.services.merging import carry_out_merge
from tests.factories.records import (
    bring_to,
    check_all,
    fresh,
    make_editor,
    make_people,
    make_researcher,
    make_station,
    retract,
)
from tests.factories.users import UserFactory
from tests.review.candidates import CANDIDATES, dress
from tests.review.fingerprints import fingerprint

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # some ten thousand acts

# How a person stands to the record in its present round, and whether the record is assigned to them.
RELATIONS = ("author", "reviewer", "neither", "assigned", "assigned author", "assigned reviewer")
NOT_AUTHOR = ("reviewer", "neither", "assigned", "assigned reviewer")
NOT_REVIEWER = ("author", "neither", "assigned", "assigned author")
AUTHOR = ("author", "assigned author")
REVIEWER = ("reviewer", "assigned reviewer")
SUBMITTER = ("author", "assigned author", "assigned")

R, E = "researcher", "editor"
ALWAYS = ("never", "live", "retracted")
PUBLISHED = ("live", "retracted")
REVIEW = ("submitted", "verified", "approved")
NOT_DISCARDED = ("idle", "draft", *REVIEW)

# action: who, as what, in which states and public statuses; then the new state and public status ("" is unchanged).
ALLOWED = [
    ("edit", (R, E), NOT_REVIEWER, ("draft",), ALWAYS, "", ""),
    ("appraise", (R, E), RELATIONS, NOT_DISCARDED, ALWAYS, "", ""),
    ("disclose", (E,), NOT_REVIEWER, ("draft",), ALWAYS, "", ""),
    ("assign", (R, E), RELATIONS, NOT_DISCARDED, ALWAYS, "", ""),
    ("submit", (R, E), SUBMITTER, ("draft",), ALWAYS, "submitted", ""),
    ("check", (R, E), NOT_AUTHOR, ("submitted",), ALWAYS, "", ""),
    ("suggest", (R, E), NOT_AUTHOR, ("submitted", "verified"), ALWAYS, "", ""),
    ("verify", (R, E), NOT_AUTHOR, ("submitted",), ALWAYS, "verified", ""),
    ("approve", (E,), NOT_AUTHOR, ("verified",), ALWAYS, "approved", ""),
    ("publish", (E,), RELATIONS, ("approved",), ALWAYS, "idle", "live"),
    ("return", (R, E), NOT_AUTHOR, ("submitted",), ALWAYS, "draft", ""),
    ("return", (R,), REVIEWER, ("verified", "approved"), ALWAYS, "draft", ""),
    ("return", (E,), NOT_AUTHOR, ("verified", "approved"), ALWAYS, "draft", ""),
    ("withdraw", (R, E), AUTHOR, REVIEW, ALWAYS, "draft", ""),
    ("revise", (R, E), RELATIONS, ("idle",), PUBLISHED, "draft", ""),
    ("abandon", (R,), AUTHOR, ("draft",), PUBLISHED, "idle", ""),
    ("abandon", (E,), RELATIONS, ("draft",), PUBLISHED, "idle", ""),
    ("discard", (R,), AUTHOR, ("draft",), ("never",), "discarded", ""),
    ("discard", (E,), RELATIONS, ("draft",), ("never",), "discarded", ""),
    ("retract", (E,), RELATIONS, ("idle", "draft"), ("live",), "", "retracted"),
    ("retract", (E,), RELATIONS, REVIEW, ("live",), "draft", "retracted"),
    ("propose", (R, E), RELATIONS, ("idle",), ("live",), "", ""),
    ("propose", (R, E), RELATIONS, ("draft",), ("never",), "", ""),
    ("drop", (R, E), RELATIONS, ("idle",), ("live",), "", ""),
    ("drop", (R, E), RELATIONS, ("draft",), ("never",), "", ""),
    ("merge", (E,), RELATIONS, ("idle",), ("live",), "", "retracted"),
    ("ask_erase", (E,), RELATIONS, ("idle",), ("retracted",), "", ""),
    ("keep", (E,), RELATIONS, NOT_DISCARDED, PUBLISHED, "", ""),
    ("erase", (E,), RELATIONS, ("idle",), ("retracted",), "", ""),
]
MAY_LOG = {R, E, "both"}

ACTS_AS = {R: {R}, E: {E}, "both": {R, E}}

POSITIONS = [
    ("draft", "never"),
    ("submitted", "never"),
    ("verified", "never"),
    ("approved", "never"),
    ("discarded", "never"),
    ("idle", "live"),
    ("draft", "live"),
    ("submitted", "live"),
    ("verified", "live"),
    ("approved", "live"),
    ("idle", "retracted"),
    ("draft", "retracted"),
    ("submitted", "retracted"),
    ("verified", "retracted"),
    ("approved", "retracted"),
]
# The rules are the same on each database; what a second one may do otherwise shows in any position.
ON_EACH_DATABASE = ("draft", "live")
IMPOSSIBLE = [("idle", "never"), ("discarded", "live"), ("discarded", "retracted")]


@dataclass(frozen=True)
class Case:
    """A record in a position, with all that the acts on it need."""

    record: Record
    state: str
    public: str
    target: Record
    term_id: Any
    citation_id: str
    digest: str
    asker: User


ACTS: dict[str, Callable[[Case, User], Any]] = {
    "edit": lambda case, by: services.edit_record(case.record.pk, Edit(fields={"summary": "Other."}), **_by(case, by)),
    "disclose": lambda case, by: services.mark_publishable(case.term_id, reason="A court named it.", **_by(case, by)),
    "assign": lambda case, by: services.assign_record(case.record.pk, to=None, **_by(case, by)),
    "submit": lambda case, by: services.submit_record(case.record.pk, **_by(case, by)),
    "check": lambda case, by: services.check_citation(
        case.record.pk, case.citation_id, verdict="supports", citation_digest=case.digest, **_by(case, by)
    ),
    "suggest": lambda case, by: services.suggest_wording(
        case.record.pk, field="summary", text="Better.", **_by(case, by)
    ),
    "appraise": lambda case, by: services.appraise_citation(
        case.record.pk, case.citation_id, credibility="2", **_by(case, by)
    ),
    "verify": lambda case, by: services.verify_record(case.record.pk, **_by(case, by)),
    "approve": lambda case, by: services.approve_record(case.record.pk, **_by(case, by)),
    "publish": lambda case, by: services.publish_records([(case.record.pk, case.record.lock_version)], by=by),
    "return": lambda case, by: services.return_to_author(case.record.pk, comment="Where is it?", **_by(case, by)),
    "withdraw": lambda case, by: services.withdraw_record(case.record.pk, **_by(case, by)),
    "revise": lambda case, by: services.revise_record(case.record.pk, **_by(case, by)),
    "abandon": lambda case, by: services.abandon_revision(case.record.pk, **_by(case, by)),
    "discard": lambda case, by: services.discard_record(case.record.pk, **_by(case, by)),
    "retract": lambda case, by: services.retract_record(
        case.record.pk, reason="error", note="It was wrong.", **_by(case, by)
    ),
    "propose": lambda case, by: services.propose_merge(
        case.record.pk,
        into=case.target.pk,
        target_version=case.target.lock_version,
        comment="The same door.",
        **_by(case, by),
    ),
    "drop": lambda case, by: _waiting(case, lambda: services.drop_merge(case.record.pk, **_by(case, by))),
    "merge": lambda case, by: _waiting(case, lambda: _merge(case, by)),
    "ask_erase": lambda case, by: services.ask_for_erasure(
        case.record.pk, version=1, ground="court", note="A court ordered it.", **_by(case, by)
    ),
    "keep": lambda case, by: _asked(case, lambda key: services.withdraw_erasure(key, **_by(case, by))),
    "erase": lambda case, by: _asked(case, lambda key: services.erase_version(key, **_by(case, by))),
}


def _asked(case: Case, act: Callable[[Any], Any]) -> None:
    """Do an act on a request of somebody else to erase the record's first version."""
    with transaction.atomic():
        request = ErasureRequest(
            record=case.record, version=1, ground="court", note="A court ordered it.", asked_by=case.asker
        )
        request.save()
        act(request.pk)


def _merge(case: Case, by: User) -> None:
    """Do what the publication of the target does. It discards what was never published, which is another action."""
    check(fresh(case.record), Action.MERGE, by)
    carry_out_merge(lock_head(), fresh(case.record), case.target, by=by, release=None)


def _waiting(case: Case, act: Callable[[], Any]) -> None:
    """Do an act on the record as if its merge had been proposed, where such a record can stand."""
    with transaction.atomic():
        if (case.state, case.public) in (("idle", "live"), ("draft", "never")):
            Record.objects.filter(pk=case.record.pk).update(merged_into=case.target)
        act()


def _by(case: Case, person: User) -> dict[str, Any]:
    return {"by": person, "lock_version": case.record.lock_version}


def expected(action: str, candidate: str, relation: str, case: Case) -> tuple[str, str] | type[DomainError]:
    """Give the state and public status after the act, or the error that refuses it."""
    rows = [row[1:] for row in ALLOWED if row[0] == action]
    here = [row for row in rows if case.state in row[2] and case.public in row[3]]
    for_them = [row for row in rows if ACTS_AS.get(candidate, set()) & set(row[0]) and relation in row[1]]
    for row in for_them:
        if row in here:
            return row[4] or case.state, row[5] or case.public
    return WrongState if for_them and not here else NotAllowed


def outcome(action: str, case: Case, person: User) -> tuple[str, str] | type[DomainError]:
    """Try an act and undo it. Checks what it left behind: all of it, or nothing."""
    before = fingerprint(case.record)
    with undone():
        refusal = refused(ACTS[action], case, person)
        if refusal:
            assert fingerprint(case.record) == before, f"the refused “{action}” left something behind"
            assert str(refusal)
            return type(refusal)
        after = fresh(case.record)
        assert after.lock_version == before.lock_version + 1
        decision = Decision.objects.filter(record=after).latest("pk")
        assert (decision.action, decision.person_id) == (action, person.pk)
        assert (decision.from_state, decision.to_state) == (case.state, after.state)
        assert fingerprint(case.record).decisions == before.decisions + 1
        return after.state, after.public_status


def refused(act: Callable[[Case, User], Any], case: Case, person: User) -> DomainError | None:
    """Do an act; return the error that refuses it, if one does."""
    try:
        act(case, person)
    except DomainError as error:
        return error
    return None


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Undo on leaving what was written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("state", "public"),
    [pytest.param(*at, marks=() if at == ON_EACH_DATABASE else pytest.mark.once) for at in POSITIONS],
)
def test_each_act_is_allowed_exactly_where_the_table_says(state, public):
    case, people = make_case(state, public)
    wrong = []
    for relation in RELATIONS:
        with undone():
            assigned = people[relation] if relation.startswith("assigned") else None
            Record.objects.filter(pk=case.record.pk).update(assigned_to=assigned)
            for candidate in CANDIDATES:
                with undone():
                    person = dress(people[relation], candidate)
                    for action in ACTS:
                        wanted, got = expected(action, candidate, relation, case), outcome(action, case, person)
                        if got != wanted:
                            wrong.append(f"{action} by {candidate} ({relation}): {got}, not {wanted}")
    assert not wrong, "\n".join(wrong)


def make_case(state: str, public: str) -> tuple[Case, dict[str, User]]:
    """Bring a record to a position, with an author and a reviewer in its present round."""
    people, helper, other = make_people(), make_researcher(), UserFactory()
    record = make_station(by=people.author, private_terms=[{"kind": "person", "text": "Jan Jansen"}])
    if public != "never":
        record = bring_to(record, "live", **vars(people))
    if public == "retracted":
        retract(record, by=people.editor)
        record = fresh(record)
    if public != "never" and state != "idle":
        services.revise_record(record.pk, by=people.author, lock_version=record.lock_version)
    if state != "idle":
        # Verified and returned once, so that the draft has a reviewer. The checks stay good.
        record = bring_to(record, "submitted", author=people.author)
        record = check_all(record, by=helper)
        services.verify_record(record.pk, by=people.reviewer, lock_version=record.lock_version)
        record = fresh(record)
        services.return_to_author(record.pk, by=people.reviewer, lock_version=record.lock_version, comment="Once more.")
    if state == "discarded":
        services.discard_record(record.pk, by=people.author, lock_version=fresh(record).lock_version)
    elif state not in ("idle", "draft"):
        record = bring_to(record, state, **vars(people))
    record = fresh(record)
    assert (record.state, record.public_status) == (state, public)
    result = check_results(record, build_content(record))[0]
    term = record.private_terms.get()
    target = bring_to(make_station(), "live")
    case = Case(record, state, public, target, term.pk, result.citation["id"], result.digest, asker=make_editor())
    standing = {"author": people.author, "reviewer": people.reviewer}
    return case, {relation: standing.get(relation.split()[-1], other) for relation in RELATIONS}


@pytest.mark.parametrize("candidate", CANDIDATES)
def test_logging_needs_a_role(candidate):
    person = dress(UserFactory(), candidate)
    edit = Edit(fields={"kind": "police_service_station", "country": "NL", "locality": "Utrecht"})
    if candidate in MAY_LOG:
        record = services.log_record("station", edit, by=person)
        assert (record.state, record.public_status) == ("draft", "never")
        assert record.decisions.get().action == "log"
    else:
        with pytest.raises(NotAllowed):
            services.log_record("station", edit, by=person)
        assert not Record.objects.exists()


@pytest.mark.parametrize(("state", "public"), IMPOSSIBLE)
def test_the_positions_left_out_cannot_exist(state, public):
    given = {} if public == "never" else {"reference": "S-1", "published_version": 1}
    with pytest.raises(IntegrityError), transaction.atomic():
        Record(kind="station", state=state, public_status=public, **given).save()


@pytest.mark.parametrize(
    ("action", "state"), [("disclose", "draft"), ("return", "submitted"), ("retract", "live")], ids=str
)
def test_some_acts_are_not_done_without_a_word(action, state):
    record, editor = bring_to(make_station(), state), make_editor()
    before = fingerprint(record)
    with pytest.raises(InvalidContent):
        advance(record, Action(action), by=editor, digest="0" * 64, comment=" ")
    assert fingerprint(record) == before


def test_the_table_above_knows_every_action_state_status_and_role():
    assert {row[0] for row in ALLOWED} | {"log"} == set(Action.values), "give the new action rows in ALLOWED"
    assert set(ACTS) | {"log"} == set(Action.values), "say in ACTS how the new action is done"
    assert {*POSITIONS, *IMPOSSIBLE} == {(state, public) for state in State.values for public in PublicStatus.values}
    alone = {next(iter(roles)) for roles, account in CANDIDATES.values() if len(roles) == 1 and not account}
    assert alone == set(Role), "add a candidate who has the new role"
