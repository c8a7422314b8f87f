"""Withdrawing what is published."""

import json

import pytest

from casetracker.core.errors import InvalidContent, NotAllowed, WrongState
from casetracker.public.models import StationDocument
from casetracker.publication.chain import verify_chain
from casetracker.publication.models import LogEntry
from casetracker.review import services
from casetracker.review.choices import RetractionReason
from tests.factories.records import (
    bring_to,
    edit_draft,
    fresh,
    make_response,
    make_station,
    publish_next_version,
    retract,
)
from tests.review.fingerprints import fingerprint

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(people):
    return bring_to(make_station(by=people.author), "live", **vars(people))


@pytest.mark.parametrize("reason", RetractionReason)
def test_a_retraction_is_an_entry_with_reason_and_note(live, people, reason):
    entry = retract(live, by=people.editor, reason=reason, note=" It was another place. ")
    assert (entry.action, entry.reference, entry.version) == ("retract", "S-1", None)
    assert json.loads(entry.snapshot.content) == {
        "schema": 1,
        "record_kind": "station",
        "reference": "S-1",
        "reason": reason.value,
    }
    assert entry.snapshot.note == "It was another place."
    record = fresh(live)
    assert (record.state, record.public_status, record.published_version) == ("idle", "retracted", 1)
    assert record.decisions.get(action="retract").comment == "It was another place."
    assert list(verify_chain()) == []


def test_every_version_is_hidden(live, people):
    publish_next_version(live, people, summary="Now with words.")
    assert StationDocument.objects.live().count() == 1
    retract(live, by=people.editor)
    assert not StationDocument.objects.live().exists()
    assert not StationDocument.objects.readable().exists()


def test_the_public_must_learn_why(live, people):
    before = fingerprint(live)
    with pytest.raises(InvalidContent) as caught:
        retract(live, by=people.editor, note="  ")
    assert caught.value.field_errors.keys() == {"comment"}
    assert fingerprint(live) == before


def test_only_known_reasons(live, people):
    with pytest.raises(ValueError, match="whim"):
        retract(live, by=people.editor, reason="whim")
    assert LogEntry.objects.count() == 1


def test_only_editors_retract(live, people):
    for person in (people.author, people.reviewer):
        with pytest.raises(NotAllowed, match="needs the role Editor"):
            retract(live, by=person)


def test_what_is_not_public_is_not_retracted(live, people):
    retract(live, by=people.editor)
    for record in (live, make_station()):
        with pytest.raises(WrongState):
            retract(record, by=people.editor)


@pytest.mark.parametrize("state", ["draft", "submitted", "verified", "approved"])
def test_a_revision_is_reviewed_again_after_a_retraction(live, people, state):
    """Nobody who reviewed it before knew the reason."""
    services.revise_record(live.pk, by=people.author, lock_version=live.lock_version)
    edit_draft(live, by=people.author, summary="Now with words.")
    bring_to(live, state, **vars(people))
    retract(live, by=people.editor)
    record = fresh(live)
    assert (record.state, record.public_status) == ("draft", "retracted")
    assert (record.submitted_digest, record.verified_digest, record.approved_digest) == ("", "", "")
    decision = record.decisions.get(action="retract")
    assert (decision.from_state, decision.to_state) == (state, "draft")
    assert not StationDocument.objects.live().exists()
    with pytest.raises(WrongState):
        services.publish_records([(record.pk, record.lock_version)], by=people.editor)
    record = bring_to(record, "live", **vars(people))
    assert (record.public_status, record.published_version) == ("live", 2)
    shown = StationDocument.objects.live().get()
    assert (shown.version, shown.content["summary"]) == (2, "Now with words.")


def test_a_response_to_a_retracted_station_can_be_revised_without_the_link(live, people):
    response = bring_to(make_response(by=people.author, stations=[live]), "live", **vars(people))
    retract(live, by=people.editor)
    services.revise_record(response.pk, by=people.author, lock_version=response.lock_version)
    approved = bring_to(response, "approved", **vars(people))
    with pytest.raises(InvalidContent, match="which is not published"):
        services.publish_records([(approved.pk, approved.lock_version)], by=people.editor)
    services.withdraw_record(approved.pk, by=people.author, lock_version=approved.lock_version)
    edit_draft(response, by=people.author, stations=[])
    assert bring_to(response, "live", **vars(people)).published_version == 2
