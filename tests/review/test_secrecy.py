"""Private terms: no way into public text, and the one way to allow it."""

import json

import pytest

from casetracker.core.errors import InvalidContent, NotAllowed
from casetracker.publication.models import LogEntry, Snapshot
from casetracker.review import services
from casetracker.review.models import PrivateTerm
from casetracker.review.services import Edit
from tests.factories.records import (
    bring_to,
    check_all,
    citation,
    edit_draft,
    fresh,
    make_people,
    make_response,
    make_source,
    make_station,
    retract,
)
from tests.review.fingerprints import fingerprint

pytestmark = pytest.mark.django_db

HOST = "Golden Dragon Travel"
TERMS = [{"kind": "host", "text": HOST}]


@pytest.fixture
def people(researcher, other_researcher, editor):
    return make_people(author=researcher, reviewer=other_researcher, editor=editor)


def refusal(act, record) -> list[str]:
    """The lines of the message with which an act is refused; nothing may be left behind."""
    before = fingerprint(record)
    with pytest.raises(InvalidContent) as caught:
        act()
    assert fingerprint(record) == before
    return str(caught.value).splitlines()


def approve(record, people):
    return services.approve_record(record.pk, by=people.editor, lock_version=fresh(record).lock_version)


def publish(record, people, note="", **options):
    lock_version = fresh(record).lock_version
    return services.publish_records([(record.pk, lock_version)], by=people.editor, note=note, **options)[0]


def message(place: str, term: str = HOST, kind: str = "host organisation") -> str:
    return (
        f"The private term “{term}” ({kind}) stands in “{place}”. "
        "Take it out there, or let an editor mark it publishable with a reason."
    )


# Where the host stands: in the station or in its citation or source; and what the refusal calls the place.
LEAKS = {
    "summary": ({"summary": f"In the office of {HOST}."}, {}, {}),
    "locality": ({"locality": "Dordrecht (GOLDEN-DRAGON travel)"}, {}, {}),
    "names 1 text": ({"names": [{"text": f"Station at {HOST}", "language": "en"}]}, {}, {}),
    "replies 1 answer": ({"replies": [{"asked": "It", "answer": f"We are {HOST} only.", "language": "en"}]}, {}, {}),
    "citations 1 quote": ({}, {"quote": f"Bij {HOST}.", "quote_language": "nl"}, {}),
    "citations 1 quote translation": ({}, {"quote_translation": f"At {HOST}."}, {}),
    "citations 1 source title": ({}, {}, {"title": f"{HOST} denies"}),
    "citations 1 source url": ({}, {}, {"url": "https://paper.example/golden%2Ddragon%20travel/"}),
}


def make_leak(people, place: str = "summary"):
    """A station with a private host, and that host in one public place."""
    station, cited, source = LEAKS[place]
    citations = [citation(make_source(**source), **cited)]
    return make_station(by=people.author, private_terms=TERMS, citations=citations, **station)


@pytest.mark.parametrize("place", LEAKS)
def test_approval_is_refused_wherever_the_term_stands(people, place):
    record = bring_to(make_leak(people, place), "verified")
    assert message(place) in refusal(lambda: approve(record, people), record)


def test_terms_in_other_scripts_and_spellings_are_found(people):
    terms = [{"kind": "person", "text": "侯某"}, {"kind": "address", "text": "Rue de l’Église 12"}]
    words = {"summary": "联系人侯某。", "region": "near RUE DE L'EGLISE, 12"}
    record = bring_to(make_station(by=people.author, private_terms=terms, **words), "verified")
    lines = refusal(lambda: approve(record, people), record)
    assert message("summary", "侯某", "person") in lines
    assert message("region", "Rue de l’Église 12", "street address") in lines


def test_private_words_may_stand_in_private_places(people):
    cited = [citation(notes=f"The page shows {HOST}.")]
    record = make_station(by=people.author, private_terms=TERMS, citations=cited, notes=f"Ask {HOST}.")
    record = bring_to(record, "live", **vars(people))
    content = Snapshot.objects.get().content
    assert HOST not in content
    assert "Ask" not in content
    assert json.loads(content)["disclosures"] == []


def test_a_term_marked_publishable_is_published_with_its_kind(people, other_editor):
    record = make_leak(people)
    term = record.private_terms.get()
    with pytest.raises(NotAllowed):
        services.mark_publishable(term.pk, reason="Why not?", by=people.author, lock_version=record.lock_version)
    with pytest.raises(InvalidContent, match="Say why the public must know this"):
        services.mark_publishable(term.pk, reason=" ", by=people.editor, lock_version=record.lock_version)
    services.mark_publishable(term.pk, reason="A court named it.", by=people.editor, lock_version=record.lock_version)
    bring_to(record, "live", author=people.author, reviewer=people.reviewer, editor=other_editor)
    assert json.loads(Snapshot.objects.get().content)["disclosures"] == [{"kind": "host", "text": HOST}]


def test_the_editor_who_marked_a_term_is_an_author(people):
    record = make_leak(people)
    term = record.private_terms.get()
    services.mark_publishable(term.pk, reason="A court named it.", by=people.editor, lock_version=record.lock_version)
    assert record.decisions.get(action="disclose").comment == "A court named it."
    record = bring_to(record, "verified", author=people.author)
    with pytest.raises(NotAllowed, match="You wrote on this record"):
        approve(record, people)


def test_a_changed_term_is_private_again(people):
    record = make_leak(people)
    term = record.private_terms.get()
    services.mark_publishable(term.pk, reason="A court named it.", by=people.editor, lock_version=record.lock_version)
    rows = [{"id": term.pk, "kind": "host", "text": "Golden Dragon"}]
    edit = Edit(private_terms=rows)
    services.edit_record(record.pk, edit, by=people.author, lock_version=fresh(record).lock_version)
    assert not PrivateTerm.objects.get().is_publishable


def test_a_term_stays_publishable_when_it_is_saved_unchanged(people):
    record = make_leak(people)
    term = record.private_terms.get()
    services.mark_publishable(term.pk, reason="A court named it.", by=people.editor, lock_version=record.lock_version)
    edit = Edit(private_terms=[{"id": term.pk, "kind": "host", "text": HOST}])
    services.edit_record(record.pk, edit, by=people.author, lock_version=fresh(record).lock_version)
    assert PrivateTerm.objects.get().is_publishable


def test_a_response_may_not_tell_the_terms_of_its_stations(people):
    station = bring_to(make_station(private_terms=TERMS), "live")
    record = make_response(by=people.author, stations=[station], summary=f"The police searched {HOST}.")
    record = bring_to(record, "verified")
    assert message("summary") in refusal(lambda: approve(record, people), record)


def test_a_term_that_came_after_the_approval_stops_the_publication(people):
    """A station's new private term also holds for responses that were approved before."""
    station = bring_to(make_station(), "live")
    record = make_response(by=people.author, stations=[station], summary=f"The police searched {HOST}.")
    record = bring_to(record, "approved")
    services.revise_record(station.pk, by=people.author, lock_version=station.lock_version)
    edit = Edit(private_terms=TERMS)
    services.edit_record(station.pk, edit, by=people.author, lock_version=fresh(station).lock_version)
    assert message("summary") in refusal(lambda: publish(record, people), record)


@pytest.mark.parametrize("corrects", [True, False])
def test_the_note_of_a_revision_tells_no_term(people, corrects):
    record = bring_to(make_station(by=people.author, private_terms=TERMS), "live", **vars(people))
    services.revise_record(record.pk, by=people.author, lock_version=record.lock_version)
    record = bring_to(record, "approved", **vars(people))
    note = f"It is not at {HOST}."
    lines = refusal(lambda: publish(record, people, note=note, corrects=corrects), record)
    assert lines == [message("public note")]


def test_the_note_of_a_retraction_tells_no_term(people):
    record = bring_to(make_station(by=people.author, private_terms=TERMS), "live", **vars(people))
    lines = refusal(lambda: retract(record, by=people.editor, note=f"{HOST} is a shop."), record)
    assert lines == [message("public note")]
    assert LogEntry.objects.count() == 1


def test_notes_tell_no_term_of_linked_stations(people):
    station = bring_to(make_station(private_terms=TERMS), "live")
    record = bring_to(make_response(by=people.author, stations=[station]), "live", **vars(people))
    lines = refusal(lambda: retract(record, by=people.editor, note=f"{HOST} is a shop."), record)
    assert lines == [message("public note")]
    services.revise_record(record.pk, by=people.author, lock_version=record.lock_version)
    record = bring_to(record, "approved", **vars(people))
    assert refusal(lambda: publish(record, people, note=f"Not at {HOST}."), record) == [message("public note")]


def test_taking_the_term_out_of_the_text_lets_it_pass(people):
    record = bring_to(make_leak(people), "submitted")
    record = services.return_to_author(
        record.pk, by=people.reviewer, lock_version=record.lock_version, comment="Take out the host."
    )
    edit_draft(record, by=people.author, summary="In an office.")
    check_all(bring_to(record, "submitted"), by=people.reviewer)
    assert bring_to_live(record, people).public_status == "live"


def bring_to_live(record, people):
    services.verify_record(record.pk, by=people.reviewer, lock_version=fresh(record).lock_version)
    services.approve_and_publish(record.pk, by=people.editor, lock_version=fresh(record).lock_version)
    return fresh(record)
