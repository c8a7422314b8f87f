"""What was private stays so until somebody else has agreed: by a draft or a deletion nobody makes it public."""

import json

import pytest

from casetracker.core.errors import InvalidContent
from casetracker.publication.models import LogEntry, Snapshot
from casetracker.review import services
from casetracker.review.services import Edit
from tests.factories.records import bring_to, edit_draft, fresh, make_people, make_response, make_station, retract
from tests.review.fingerprints import fingerprint

pytestmark = pytest.mark.django_db

HOST = "Golden Dragon Travel"
TERMS = [{"kind": "host", "text": HOST}]
TOLD = f"The police searched {HOST}."


@pytest.fixture
def people(researcher, other_researcher, editor):
    return make_people(author=researcher, reviewer=other_researcher, editor=editor)


@pytest.fixture
def station(people):
    """A live station with a private host."""
    return bring_to(make_station(by=people.author, private_terms=TERMS), "live", **vars(people))


def refused(act, *args, **options) -> str:
    """The message with which an act is refused; nothing may be left behind."""
    before = fingerprint(fresh(args[0]))
    with pytest.raises(InvalidContent) as caught:
        act(*args, **options)
    assert fingerprint(fresh(args[0])) == before
    return str(caught.value)


def approve(record, people):
    return services.approve_record(record.pk, by=people.editor, lock_version=fresh(record).lock_version)


def publish(*records, by):
    chosen = [(record.pk, fresh(record).lock_version) for record in records]
    return services.publish_records(chosen, by=by.editor)


def revise(record, person):
    return services.revise_record(record.pk, by=person, lock_version=fresh(record).lock_version)


def send_back(record, people):
    return services.return_to_author(
        record.pk, by=people.reviewer, lock_version=fresh(record).lock_version, comment="No."
    )


def set_terms(record, person, terms):
    edit = Edit(private_terms=terms)
    return services.edit_record(record.pk, edit, by=person, lock_version=fresh(record).lock_version)


def mark(record, person):
    term = record.private_terms.get()
    services.mark_publishable(term.pk, reason="A court named it.", by=person, lock_version=fresh(record).lock_version)


def disclose(record, people, editor):
    """Publish the term of a live record with its next version."""
    revise(record, people.author)
    mark(record, people.editor)
    bring_to(record, "live", author=people.author, reviewer=people.reviewer, editor=editor)


def reword(record, person, text):
    return set_terms(record, person, [{"id": record.private_terms.get().pk, "kind": "host", "text": text}])


# --- Marked in a draft ---


def test_a_mark_in_a_draft_frees_no_linked_record(people, station):
    response = bring_to(make_response(stations=[station], summary=TOLD), "verified")
    revise(station, people.editor)
    mark(station, people.editor)
    assert "publish that record first" in refused(approve, response, people)


def test_a_deletion_in_a_draft_frees_no_linked_record(people, station):
    response = bring_to(make_response(stations=[station], summary=TOLD), "verified")
    revise(station, people.editor)
    set_terms(station, people.editor, [])
    assert "was taken out" in refused(approve, response, people)


def test_a_published_disclosure_frees_linked_records(people, station, other_editor):
    disclose(station, people, other_editor)
    bring_to(make_response(stations=[station], summary=TOLD), "live", editor=people.editor)
    assert json.loads(Snapshot.objects.latest("pk").content)["summary"] == TOLD


def test_a_retracted_disclosure_frees_no_linked_record(people, station, other_editor):
    disclose(station, people, other_editor)
    response = bring_to(make_response(stations=[station], summary=TOLD), "verified")
    retract(station, by=people.editor)
    assert HOST in refused(approve, response, people)


def test_a_disclosure_frees_records_that_go_out_with_it(people, other_editor):
    station = bring_to(make_station(by=people.author), "live", **vars(people))
    response = bring_to(make_response(stations=[station], summary=TOLD), "approved", editor=people.editor)
    revise(station, people.author)
    set_terms(station, people.author, TERMS)
    mark(station, people.editor)
    bring_to(station, "approved", author=people.author, reviewer=people.reviewer, editor=other_editor)
    refused(publish, response, by=people)
    assert len(publish(response, station, by=people)) == 2


def test_a_disclosure_that_ends_binds_records_that_go_out_with_it(people, station, other_editor):
    disclose(station, people, other_editor)
    response = bring_to(make_response(stations=[station], summary=TOLD), "approved", editor=people.editor)
    revise(station, people.author)
    reword(station, people.author, f"{HOST} Ltd")
    reword(station, people.author, HOST)
    bring_to(station, "approved", author=people.author, reviewer=people.reviewer, editor=people.editor)
    refused(publish, response, station, by=people)


def test_a_mark_in_a_draft_frees_no_note_of_a_retraction(people, station):
    revise(station, people.editor)
    mark(station, people.editor)
    assert HOST in refused(retract, station, by=people.editor, note=TOLD)


def test_a_link_taken_out_in_a_draft_frees_no_note_of_a_retraction(people, station):
    response = bring_to(make_response(by=people.author, stations=[station]), "live", **vars(people))
    revise(response, people.editor)
    edit_draft(response, by=people.editor, stations=[])
    assert HOST in refused(retract, response, by=people.editor, note=TOLD)


def test_a_published_disclosure_frees_the_note_of_a_retraction(people, station, other_editor):
    disclose(station, people, other_editor)
    retract(station, by=people.editor, note=TOLD)
    assert LogEntry.objects.latest("sequence").snapshot.note == TOLD


# --- Taken out or changed ---

CHANGES = {"taken out": [], "changed": [{"kind": "host", "text": "Golden Drgn Travel"}]}


@pytest.mark.parametrize("terms", CHANGES.values(), ids=CHANGES)
def test_a_term_that_reviewers_saw_stays_private(people, terms):
    record = bring_to(make_station(by=people.author, private_terms=TERMS, summary=TOLD), "verified", **vars(people))
    refused(approve, record, people)
    send_back(record, people)
    set_terms(record, people.author, terms)
    bring_to(record, "verified", author=people.author, reviewer=people.reviewer)
    assert refused(approve, record, people) == (
        f"“{HOST}” (host organisation) stands in “summary”. It was taken out of the private terms, or changed, after "
        "the record was submitted, but stays private. Take it out there, or put it back among the private terms and "
        "let an editor mark it publishable with a reason."
    )


def test_a_term_of_an_earlier_round_stays_private(people, station):
    revise(station, people.author)
    set_terms(station, people.author, [])
    bring_to(station, "live", **vars(people))
    revise(station, people.author)
    edit_draft(station, by=people.author, summary=TOLD)
    bring_to(station, "verified", **vars(people))
    assert "was taken out" in refused(approve, station, people)


def test_a_term_that_was_put_back_and_marked_is_published(people, other_editor):
    record = bring_to(make_station(by=people.author, private_terms=TERMS, summary=TOLD), "verified", **vars(people))
    send_back(record, people)
    set_terms(record, people.author, [])
    set_terms(record, people.author, TERMS)
    mark(record, people.editor)
    bring_to(record, "live", author=people.author, reviewer=people.reviewer, editor=other_editor)
    assert json.loads(Snapshot.objects.get().content)["disclosures"] == TERMS


def test_a_mistake_that_no_reviewer_saw_is_simply_corrected(people):
    record = make_station(by=people.author, private_terms=[{"kind": "host", "text": "police"}], summary="The police.")
    set_terms(record, people.author, TERMS)
    assert bring_to(record, "live", **vars(people)).public_status == "live"


def test_a_mistake_blocks_no_text_without_it(people):
    terms = [{"kind": "host", "text": "Golden Drgn Travel"}]
    record = bring_to(make_station(by=people.author, private_terms=terms), "submitted")
    send_back(record, people)
    reword(record, people.author, HOST)
    assert bring_to(record, "live", **vars(people)).public_status == "live"


def test_a_part_of_what_is_disclosed_blocks_no_more(people, other_editor):
    terms = [{"kind": "host", "text": "Golden Dragon"}]
    record = bring_to(make_station(by=people.author, private_terms=terms, summary=TOLD), "submitted")
    send_back(record, people)
    reword(record, people.author, HOST)
    mark(record, people.editor)
    bring_to(record, "live", author=people.author, reviewer=people.reviewer, editor=other_editor)
    assert json.loads(Snapshot.objects.get().content)["disclosures"] == TERMS


def test_names_are_also_private_the_other_way_around(people):
    terms = [{"kind": "person", "text": "Li Wu"}]
    record = bring_to(make_station(by=people.author, private_terms=terms, summary="Ask @wuli."), "verified")
    assert "Li Wu" in refused(approve, record, people)
