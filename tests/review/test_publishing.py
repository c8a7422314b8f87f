"""The door: what goes out, under which reference, with which entry in the log."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casetracker.core.errors import ChangedMeanwhile, InvalidContent, NotAllowed
from casetracker.publication.chain import verify_chain
from casetracker.publication.models import LogEntry, PublicationHead, Snapshot
from casetracker.review import services
from casetracker.review.collected import collect_contents
from casetracker.review.models import PublishedContent, Record
from casetracker.sources.models import Source
from responses.models import Response
from tests.desk.many import add_in_work
from tests.factories.records import (
    bring_to,
    citation,
    edit_draft,
    fresh,
    make_agreement,
    make_claim,
    make_researcher,
    make_response,
    make_source,
    make_station,
    retract,
)
from tests.review.fingerprints import fingerprint

pytestmark = pytest.mark.django_db


def publish(*records, by, **options):
    chosen = [(record.pk, fresh(record).lock_version) for record in records]
    return services.publish_records(chosen, by=by, **options)


def snapshot(entry) -> dict:
    return json.loads(entry.snapshot.content)


def refused(*records, by, **options) -> str:
    """The message with which a publication is refused; nothing may be left behind."""
    before = [fingerprint(record) for record in records]
    heads = list(PublicationHead.objects.values())
    with pytest.raises((InvalidContent, ChangedMeanwhile)) as caught:
        publish(*records, by=by, **options)
    assert [fingerprint(record) for record in records] == before
    assert [head for head in PublicationHead.objects.values() if head["sequence"]] == [
        h for h in heads if h["sequence"]
    ]
    return str(caught.value)


def test_what_is_approved_goes_out(people):
    record = bring_to(make_station(by=people.author, locality="Utrecht"), "approved", **vars(people))
    digest = record.approved_digest
    [entry] = publish(record, by=people.editor)
    assert (entry.action, entry.reference, entry.version, entry.release) == ("publish", "S-1", 1, None)
    assert snapshot(entry)["locality"] == "Utrecht"
    record = fresh(record)
    assert (record.state, record.public_status, record.reference) == ("idle", "live", "S-1")
    decision = record.decisions.get(action="publish")
    assert (decision.digest, decision.version, decision.person) == (digest, 1, people.editor)
    assert list(verify_chain()) == []


def test_what_goes_out_together_costs_the_same_queries_however_much_it_is(people):
    def cost(count):
        records = add_in_work(count, state="approved", by=people.author)
        contents = collect_contents(records)
        for record in records:
            record.approved_digest = contents.digest(record)
        Record.objects.bulk_update(records, ["approved_digest"])
        with CaptureQueriesContext(connection) as captured:
            services.publish_records([(record.pk, record.lock_version) for record in records], by=people.editor)
        return len(captured)

    few = cost(2)
    assert cost(20) <= few
    assert list(verify_chain()) == []


def test_nothing_about_people_goes_out(people):
    bring_to(make_station(by=people.author), "live", **vars(people))
    public = Snapshot.objects.get().content + json.dumps(LogEntry.objects.values().get(), default=str)
    for person in vars(people).values():
        assert person.name not in public
        assert person.username not in public


def test_approve_and_publish_is_one_step(people):
    record = bring_to(make_station(by=people.author), "verified", **vars(people))
    services.approve_and_publish(record.pk, by=people.editor, lock_version=record.lock_version)
    assert fresh(record).public_status == "live"
    actions = record.decisions.order_by("-pk").values_list("action", flat=True)[:2]
    assert list(actions) == ["publish", "approve"]


def test_approve_and_publish_leaves_no_half(people):
    station = make_station()
    record = bring_to(make_response(by=people.author, stations=[station]), "verified", **vars(people))
    before = fingerprint(record)
    with pytest.raises(InvalidContent, match="is not published"):
        services.approve_and_publish(record.pk, by=people.editor, lock_version=record.lock_version)
    assert fingerprint(record) == before
    assert fresh(record).state == "verified"


def test_an_author_who_is_an_editor_may_publish_but_not_approve(people):
    """Publishing decides nothing about the content: that is approved by then."""
    record = bring_to(make_station(by=people.editor), "approved")
    publish(record, by=people.editor)
    with pytest.raises(NotAllowed):
        publish(bring_to(make_station(), "approved"), by=people.author)


def test_approval_is_refused_after_a_source_was_changed(people):
    source = make_source()
    record = bring_to(make_station(citations=[citation(source)]), "verified")
    services.edit_source(source.pk, fields={"title": "Another"}, by=make_researcher(), lock_version=1)
    lock_version = fresh(record).lock_version
    with pytest.raises(ChangedMeanwhile, match="Return it, so that it is checked again"):
        services.approve_record(record.pk, by=people.editor, lock_version=lock_version)


def test_publication_is_refused_after_a_source_was_changed(people):
    source = make_source()
    record = bring_to(make_station(citations=[citation(source)]), "approved")
    services.edit_source(source.pk, fields={"title": "Another"}, by=make_researcher(), lock_version=1)
    assert "Return it, so that it is checked again" in refused(record, by=people.editor)


def test_private_notes_on_a_source_change_no_content(people):
    source = make_source()
    record = bring_to(make_station(citations=[citation(source)]), "approved")
    services.edit_source(source.pk, fields={"notes": "Ours."}, by=make_researcher(), lock_version=1)
    assert publish(record, by=people.editor)


@pytest.mark.parametrize("state", ["draft", "submitted", "verified", "approved", "retracted"])
def test_a_response_waits_for_its_stations(people, state):
    station = bring_to(make_station(), state)
    record = bring_to(make_response(stations=[station]), "approved")
    message = refused(record, by=people.editor)
    assert message == (
        f"It links to “{station.label}”, which is not published: publish that first or together, or take out the link."
    )


@pytest.mark.parametrize("state", ["draft", "approved", "retracted"])
def test_a_claim_waits_for_the_one_that_supersedes_it(people, state):
    later = bring_to(make_claim(value=3), state)
    record = bring_to(make_claim(superseded_by=later), "approved")
    assert f"It links to “{later.label}”, which is not published" in refused(record, by=people.editor)


@pytest.mark.parametrize("state", ["draft", "approved", "retracted"])
def test_an_agreement_waits_for_the_response_that_ended_it(people, state):
    response = bring_to(make_response(responder="IT", concerns="IT"), state)
    record = bring_to(make_agreement(status="ended", status_as_of="2022-12", ended_by=response), "approved")
    assert f"It links to “{response.label}”, which is not published" in refused(record, by=people.editor)


def test_a_batch_of_all_kinds_goes_out_with_its_links(people):
    station = bring_to(make_station(), "approved")
    response = bring_to(make_response(stations=[station]), "approved")
    later = bring_to(make_claim(value=3), "approved")
    earlier = bring_to(make_claim(superseded_by=later), "approved")
    ended = {"status": "ended", "status_as_of": "2022-12", "ended_by": response}
    agreement = bring_to(make_agreement(**ended), "approved")
    entries = publish(agreement, earlier, response, later, station, by=people.editor)
    assert [entry.reference for entry in entries] == ["S-1", "C-1", "C-2", "R-1", "A-1"]
    assert [snapshot(entry).get("superseded_by") for entry in entries] == [None, "C-2", None, None, None]
    assert snapshot(entries[-1])["ended_by"] == "R-1"


@pytest.mark.parametrize("state", ["live", "revision"])
def test_a_response_goes_out_when_its_stations_are_live(people, state):
    station = bring_to(make_station(), state)
    [entry] = publish(bring_to(make_response(stations=[station]), "approved"), by=people.editor)
    assert snapshot(entry)["stations"] == ["S-1"]


def test_a_batch_goes_out_together_stations_first(people):
    station = bring_to(make_station(), "approved")
    response = bring_to(make_response(stations=[station]), "approved")
    again = make_response(stations=[station], same_act_as=Response.objects.get(pk=response.pk))
    again = bring_to(again, "approved")
    entries = publish(again, response, station, by=people.editor)
    assert [entry.reference for entry in entries] == ["S-1", "R-1", "R-2"]
    assert [entry.sequence for entry in entries] == [1, 2, 3]
    assert {entry.release for entry in entries} == {1}
    assert [snapshot(entry)["stations"] for entry in entries[1:]] == [["S-1"], ["S-1"]]
    assert [snapshot(entry)["same_act_as"] for entry in entries[1:]] == ["R-2", None]


def test_each_batch_has_its_number_and_single_ones_have_none(people):
    def batch(size):
        return publish(*(bring_to(make_station(), "approved") for _ in range(size)), by=people.editor)

    numbers = [{entry.release for entry in batch(size)} for size in (2, 1, 3)]
    assert numbers == [{1}, {None}, {2}]


def test_a_batch_goes_out_whole_or_not_at_all_and_names_all_that_keeps_it_back(people):
    good = bring_to(make_station(), "approved")
    early = bring_to(make_station(), "verified")
    linked = bring_to(make_response(stations=[early, make_station()]), "approved")
    lines = refused(good, early, linked, by=people.editor).splitlines()
    assert [line.split(":")[0] for line in lines] == [early.label, linked.label.split(":")[0]]
    assert "“publish” is not possible" in lines[0]
    assert "It links to" in lines[1]
    assert not Record.objects.exclude(public_status="never").exists()


def test_a_record_chosen_twice_goes_out_once(people):
    record = bring_to(make_station(), "approved")
    assert len(publish(record, record, by=people.editor)) == 1
    assert fresh(record).published_version == 1


def test_nothing_chosen_publishes_nothing(people):
    assert publish(by=people.editor) == []


def test_references_leave_no_gap_for_drafts_and_refusals(people):
    make_station()
    services.discard_record(
        (record := make_station(by=people.author)).pk, by=people.author, lock_version=record.lock_version
    )
    make_source()
    first = bring_to(make_station(), "live")
    refused(bring_to(make_response(stations=[make_station()]), "approved"), by=people.editor)
    second = bring_to(make_station(), "live")
    response = bring_to(make_response(stations=[first]), "live")
    assert [first.reference, second.reference, response.reference] == ["S-1", "S-2", "R-1"]
    given = sorted(Source.objects.filter(reference__isnull=False).values_list("reference", flat=True))
    assert given == ["D-1", "D-2", "D-3"]


def test_sources_get_references_in_the_order_of_citations_and_keep_them(people):
    one, two, three = (make_source() for _ in range(3))
    bring_to(make_station(citations=[citation(two), citation(one), citation(two, field="locality")]), "live")
    bring_to(make_station(citations=[citation(three), citation(one)]), "live")
    for source in (one, two, three):
        source.refresh_from_db()
    assert [two.reference, one.reference, three.reference] == ["D-1", "D-2", "D-3"]


def test_a_source_shows_what_it_derives_from_only_if_that_is_public(people):
    root = make_source()
    copy = make_source(derived_from=root, derivation="copy")
    bring_to(make_station(citations=[citation(copy)]), "live")
    bring_to(make_station(citations=[citation(root)]), "live")
    bring_to(make_station(citations=[citation(copy)]), "live")
    shown = [
        json.loads(text)["citations"][0]["source"]["derived_from"]
        for text in Snapshot.objects.order_by("pk").values_list("content", flat=True)
    ]
    assert shown == [None, None, "D-2"]


def test_a_revision_is_the_next_version_under_the_same_reference(people):
    record = bring_to(make_station(by=people.author), "live", **vars(people))
    services.revise_record(record.pk, by=people.author, lock_version=record.lock_version)
    edit_draft(record, by=people.author, summary="Now with words.")
    record = bring_to(record, "approved", **vars(people))
    [entry] = publish(record, by=people.editor, note="More is known.")
    assert (entry.action, entry.reference, entry.version) == ("revise", "S-1", 2)
    assert (entry.snapshot.note, snapshot(entry)["summary"]) == ("More is known.", "Now with words.")
    assert list(PublishedContent.objects.values_list("version", flat=True)) == [1, 2]
    assert list(verify_chain()) == []


def test_a_correction_says_what_was_wrong(people):
    record = bring_to(make_station(by=people.author), "live", **vars(people))
    services.revise_record(record.pk, by=people.author, lock_version=record.lock_version)
    record = bring_to(record, "approved", **vars(people))
    assert "Say what was wrong" in refused(record, by=people.editor, corrects=True, note=" ")
    [entry] = publish(record, by=people.editor, corrects=True, note=" The city was wrong. ")
    assert (entry.action, entry.snapshot.note) == ("correct", "The city was wrong.")


def test_a_first_publication_corrects_nothing(people):
    record = bring_to(make_station(), "approved")
    [entry] = publish(record, by=people.editor, corrects=True, note="The city was wrong.")
    assert (entry.action, entry.snapshot.note) == ("publish", "")


def test_an_outdated_view_of_one_record_stops_the_batch(people):
    one, two = (bring_to(make_station(), "approved") for _ in range(2))
    with pytest.raises(ChangedMeanwhile, match="Changed meanwhile by"):
        services.publish_records([(one.pk, one.lock_version), (two.pk, two.lock_version - 1)], by=people.editor)
    assert not LogEntry.objects.exists()


def test_a_published_record_is_no_longer_flagged_for_revision(people):
    source = make_source()
    record = bring_to(make_station(by=people.author, citations=[citation(source)]), "live", **vars(people))
    services.edit_source(source.pk, fields={"title": "Another"}, by=people.author, lock_version=1)
    assert fresh(record).needs_revision
    services.revise_record(record.pk, by=people.author, lock_version=fresh(record).lock_version)
    assert not bring_to(record, "live", **vars(people)).needs_revision


def test_a_retracted_record_comes_back_as_its_next_version(people):
    record = bring_to(make_station(by=people.author), "live", **vars(people))
    retract(record, by=people.editor)
    services.revise_record(record.pk, by=people.author, lock_version=fresh(record).lock_version)
    record = bring_to(record, "approved", **vars(people))
    [entry] = publish(record, by=people.editor)
    assert (entry.action, entry.reference, entry.version) == ("publish", "S-1", 2)
    assert fresh(record).public_status == "live"
