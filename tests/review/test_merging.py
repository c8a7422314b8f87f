"""Merging one station into another: proposed, reviewed by others, and carried out with the publication."""

import pytest

from casetracker.core.errors import ChangedMeanwhile, DomainError, InvalidContent, NotAllowed, WrongState
from casetracker.publication.chain import verify_chain
from casetracker.publication.models import LogEntry
from casetracker.review import services
from casetracker.review.models import Decision, Record
from casetracker.review.services import Edit
from stations.models import Station
from tests.factories.records import (
    bring_to,
    check_all,
    citation,
    fresh,
    make_response,
    make_source,
    make_station,
    retract,
)

pytestmark = pytest.mark.django_db


def pair(people, state="live", other="live", **changes):
    """Two stations in Utrecht. The first is brought to one state, the second to the other."""
    one = make_station(by=people.author, locality="Utrecht", **changes)
    target = make_station(by=people.author, locality="Utrecht")
    return bring_to(one, state, **vars(people)), bring_to(target, other, **vars(people))


def propose(one, target, *, by, comment="The same door."):
    one, target = fresh(one), fresh(target)
    return services.propose_merge(
        one.pk,
        into=target.pk,
        by=by,
        comment=comment,
        lock_version=one.lock_version,
        target_version=target.lock_version,
    )


def publish(target, people):
    """Bring a target to publication; the author of the proposal is the author."""
    return bring_to(target, "live", **vars(people))


def refused(error, act, *args, **kwargs):
    before = {record.pk: record.lock_version for record in Record.objects.all()}
    with pytest.raises(error) as caught:
        act(*args, **kwargs)
    assert {record.pk: record.lock_version for record in Record.objects.all()} == before
    return str(caught.value)


def test_a_merge_gives_the_other_record_what_it_lacks(people):
    shared, own = make_source(by=people.author), make_source(by=people.author)
    name = {"text": "福州警侨服务站", "language": "zh-Hans"}
    one = make_station(
        by=people.author,
        locality="Utrecht",
        opened="2018",
        operator_jurisdiction="Fuzhou",
        names=[name, {"text": "Service station", "language": "en"}],
        replies=[{"asked": "The embassy", "answer": "No.", "language": "en"}],
        citations=[
            citation(shared),
            citation(own, field="opened", locator="page 3", notes="Ask her again."),
            citation(own, field="operator_jurisdiction"),
        ],
        private_terms=[{"kind": "host", "text": "Golden Dragon Travel"}],
        notes="For us.",
    )
    target = make_station(
        by=people.author,
        locality="Utrecht",
        operator_jurisdiction="Qingtian",
        names=[{"text": "SERVICE STATION", "language": "en"}],
        citations=[citation(shared), citation()],
    )
    one, target = (bring_to(record, "live", **vars(people)) for record in (one, target))
    propose(one, target, by=people.author)
    station = Station.objects.get(pk=target.pk)
    assert (station.opened, station.operator_jurisdiction, station.notes) == ("2018", "Qingtian", "")
    assert {row.text for row in station.names.all()} == {"SERVICE STATION", name["text"]}
    assert [row.answer for row in station.replies.all()] == ["No."]
    gained = list(target.citations.order_by("position"))[2:]
    assert [(row.source, row.field, row.stance, row.locator, row.value_given, row.notes) for row in gained] == [
        (own, "opened", "supports", "page 3", "", "Ask her again."),
        (own, "operator_jurisdiction", "mentions", "", "Fuzhou", ""),
    ]
    assert [term.text for term in target.private_terms.all()] == ["Golden Dragon Travel"]
    assert Station.objects.get(pk=one.pk).names.count() == 2, "the other keeps what it had"


def test_nothing_public_changes_before_the_publication_and_both_with_it(people):
    one, target = pair(people)
    before = LogEntry.objects.count()
    propose(one, target, by=people.author)
    bring_to(target, "approved", **vars(people))
    assert LogEntry.objects.count() == before
    assert fresh(one).public_status == "live"
    bring_to(target, "live", start="approved", **vars(people))
    one, target = fresh(one), fresh(target)
    assert (one.state, one.public_status, one.merged_into) == ("idle", "retracted", target)
    assert (target.state, target.public_status, target.published_version) == ("idle", "live", 2)
    revise, merge = LogEntry.objects.order_by("sequence")[before:]
    assert (revise.reference, revise.action) == (target.reference, "revise")
    assert (merge.reference, merge.action, merge.version) == (one.reference, "merge", None)
    assert list(verify_chain()) == []
    decision = Decision.objects.filter(record=one).latest("pk")
    assert (decision.action, decision.person) == ("merge", people.editor)


def test_who_proposes_can_neither_check_nor_approve_it(people):
    one, target = pair(people)
    propose(one, target, by=people.editor)
    record = services.submit_record(target.pk, by=people.editor, lock_version=fresh(target).lock_version)
    record = check_all(record, by=people.reviewer)
    refused(NotAllowed, services.verify_record, target.pk, by=people.editor, lock_version=record.lock_version)
    record = services.verify_record(target.pk, by=people.reviewer, lock_version=record.lock_version)
    for act in (services.approve_record, services.approve_and_publish):
        refused(NotAllowed, act, target.pk, by=people.editor, lock_version=record.lock_version)
    assert fresh(one).public_status == "live"


def test_new_citations_are_checked_again_and_old_checks_hold(people):
    one, target = pair(people)
    propose(one, target, by=people.author)
    bring_to(target, "submitted", **vars(people))
    message = refused(
        InvalidContent, services.verify_record, target.pk, by=people.reviewer, lock_version=fresh(target).lock_version
    )
    assert "2" in message or "Citation" in message


def test_a_draft_is_discarded_with_the_publication_and_keeps_the_pointer(people):
    one, target = pair(people, state="draft")
    propose(one, target, by=people.author)
    entries = LogEntry.objects.count()
    publish(target, people)
    one = fresh(one)
    assert (one.state, one.public_status, one.reference, one.merged_into_id) == ("discarded", "never", None, target.pk)
    assert LogEntry.objects.count() == entries + 1, "what was never public leaves nothing in the log"


def test_two_drafts_become_one(people):
    one, target = pair(people, state="draft", other="draft")
    propose(one, target, by=people.author)
    assert (fresh(target).state, fresh(target).round) == ("draft", 1)
    publish(target, people)
    assert fresh(one).state == "discarded"


@pytest.mark.parametrize("give_up", ["abandon", "discard"])
def test_giving_the_draft_up_lets_the_other_go(people, give_up):
    state = "live" if give_up == "abandon" else "draft"
    one, target = pair(people, state=state, other=state)
    before = fresh(one)
    propose(one, target, by=people.author)
    act = {"abandon": services.abandon_revision, "discard": services.discard_record}[give_up]
    act(target.pk, by=people.author, lock_version=fresh(target).lock_version)
    one = fresh(one)
    assert (one.merged_into, one.state, one.public_status) == (None, before.state, before.public_status)
    assert Decision.objects.filter(record=one).latest("pk").action == "drop"
    assert target.citations.count() == 1 or give_up == "discard", "the revision is undone"


def test_a_merge_can_be_dropped_while_the_draft_is_open_but_not_under_reviewers(people):
    one, target = pair(people)
    propose(one, target, by=people.author)
    bring_to(target, "submitted", **vars(people))
    message = refused(WrongState, services.drop_merge, one.pk, by=people.editor, lock_version=fresh(one).lock_version)
    assert "is in review" in message
    services.withdraw_record(target.pk, by=people.author, lock_version=fresh(target).lock_version)
    services.drop_merge(one.pk, by=people.editor, lock_version=fresh(one).lock_version, comment="Two doors.")
    assert fresh(one).merged_into is None
    publish(target, people)
    assert fresh(one).public_status == "live"


def test_a_retraction_goes_before_everything_and_drops_the_merge(people):
    one, target = pair(people)
    propose(one, target, by=people.author)
    retract(fresh(one), by=people.editor)
    assert (fresh(one).merged_into, fresh(one).public_status) == (None, "retracted")
    publish(target, people)
    assert LogEntry.objects.filter(action="merge").count() == 0


def test_a_record_that_waits_or_was_merged_stands_still(people):
    one, target = pair(people)
    propose(one, target, by=people.author)
    message = refused(
        WrongState, services.revise_record, one.pk, by=people.author, lock_version=fresh(one).lock_version
    )
    assert "to be merged into" in message
    publish(target, people)
    for act in (services.revise_record, services.drop_merge):
        refused(WrongState, act, one.pk, by=people.editor, lock_version=fresh(one).lock_version)
    assert "was merged into" in refused(
        WrongState, services.revise_record, one.pk, by=people.editor, lock_version=fresh(one).lock_version
    )


def test_a_draft_that_waits_is_not_edited(people):
    one, target = pair(people, state="draft")
    propose(one, target, by=people.author)
    edit = Edit(fields={"summary": "Otherwise."})
    lock = fresh(one).lock_version
    refused(WrongState, services.edit_record, one.pk, edit, by=people.author, lock_version=lock)
    services.discard_record(one.pk, by=people.author, lock_version=lock)
    assert fresh(one).merged_into is None, "its author may still give it up"


@pytest.mark.parametrize(
    ("state", "other", "words"),
    [
        ("live", "draft", "is not published"),
        ("live", "retracted", "is not published"),
        ("draft", "submitted", "is in review"),
        ("live", "verified", "is in review"),
        ("revision", "live", "is under revision"),
        ("submitted", "live", "is not possible"),
        ("retracted", "live", "is not possible"),
    ],
)
def test_what_cannot_be_merged_now_is_refused_with_the_reason(people, state, other, words):
    one, target = pair(people, state=state, other=other)
    assert words in refused(WrongState, propose, one, target, by=people.author)


def test_what_is_no_pair_is_refused(people):
    one, target = pair(people)
    response = bring_to(make_response(by=people.author), "live", **vars(people))
    for duplicate, into in ((one, one), (one, response), (response, response), (response, one)):
        assert "two stations" in refused(InvalidContent, propose, duplicate, into, by=people.author)
    assert "Say why" in refused(InvalidContent, propose, one, target, by=people.author, comment=" ")


def test_there_are_no_circles_and_no_second_proposal(people):
    one, target = pair(people)
    third = bring_to(make_station(by=people.author, locality="Utrecht"), "live", **vars(people))
    propose(one, target, by=people.author)
    for duplicate, into in ((one, third), (third, one), (target, one), (target, third)):
        refused(WrongState, propose, duplicate, into, by=people.author)
    propose(third, target, by=people.author)
    publish(target, people)
    assert {fresh(record).public_status for record in (one, third)} == {"retracted"}
    refused(WrongState, propose, target, one, by=people.author)


def test_what_was_told_apart_is_not_merged_and_what_is_to_be_merged_not_told_apart(people):
    one, target = pair(people)
    services.tell_apart(target.pk, one.pk, by=people.reviewer)
    assert "marked the two as not the same" in refused(WrongState, propose, one, target, by=people.author)
    services.forget_distinction(one.pk, target.pk, by=people.author)
    propose(one, target, by=people.author)
    with pytest.raises(WrongState):
        services.tell_apart(target.pk, one.pk, by=people.reviewer)


@pytest.mark.parametrize("stale", ["lock_version", "target_version"])
def test_both_are_merged_as_they_were_seen(people, stale):
    one, target = pair(people)
    seen = {"lock_version": one.lock_version, "target_version": target.lock_version}
    seen[stale] -= 1
    refused(ChangedMeanwhile, services.propose_merge, one.pk, into=target.pk, by=people.author, comment="x", **seen)


def test_a_reviewer_of_the_draft_cannot_propose(people):
    one, target = pair(people, other="revision")
    bring_to(target, "verified", start="draft", **vars(people))
    services.return_to_author(
        target.pk, by=people.reviewer, comment="See the other one.", lock_version=fresh(target).lock_version
    )
    refused(NotAllowed, propose, one, target, by=people.reviewer)


def test_live_records_that_link_to_it_are_listed_for_revision(people):
    one, target = pair(people)
    response = bring_to(make_response(by=people.author, stations=[one]), "live", **vars(people))
    approved = bring_to(make_response(by=people.author, stations=[one]), "approved", **vars(people))
    propose(one, target, by=people.author)
    publish(target, people)
    assert fresh(response).needs_revision
    assert target.reference in Decision.objects.filter(record=response).latest("pk").comment
    with pytest.raises(DomainError, match="link to that instead"):
        services.publish_records([(approved.pk, approved.lock_version)], by=people.editor)


def test_what_links_to_it_does_not_go_out_together_with_the_merge(people):
    one, target = pair(people)
    approved = bring_to(make_response(by=people.author, stations=[one]), "approved", **vars(people))
    propose(one, target, by=people.author)
    target = bring_to(target, "approved", **vars(people))
    with pytest.raises(InvalidContent, match="link to that instead"):
        services.publish_records([(row.pk, row.lock_version) for row in (target, approved)], by=people.editor)
    assert fresh(one).public_status == "live"


def test_private_terms_of_the_one_guard_the_text_of_the_other(people):
    """Also a term that was taken out after reviewers had seen it."""
    one, target = pair(people, private_terms=[{"kind": "host", "text": "Golden Dragon Travel"}])
    services.revise_record(one.pk, by=people.author, lock_version=one.lock_version)
    services.edit_record(one.pk, Edit(private_terms=[]), by=people.author, lock_version=fresh(one).lock_version)
    one = bring_to(one, "live", **vars(people))
    propose(one, target, by=people.author)
    services.edit_record(
        target.pk,
        Edit(fields={"summary": "At Golden Dragon Travel."}),
        by=people.author,
        lock_version=fresh(target).lock_version,
    )
    with pytest.raises(InvalidContent, match="Golden Dragon Travel"):
        publish(target, people)


def test_what_does_not_fit_is_said_in_words(people):
    """A region has no point: the coordinates of a site cannot be taken over as they are."""
    one = make_station(
        by=people.author, region="Utrecht", locality="", place_precision="region", operating_status="unknown"
    )
    target = make_station(by=people.author, locality="Utrecht")
    propose(one, target, by=people.author)
    assert Station.objects.get(pk=target.pk).region == "", "known less precisely: kept apart"


def test_the_same_place_in_two_scripts_does_not_differ(people):
    one = make_station(
        by=people.author,
        locality="Utrecht",
        operator_jurisdiction="福州",
        citations=[citation(field="operator_jurisdiction"), citation()],
    )
    target = make_station(by=people.author, locality="Utrecht", operator_jurisdiction="Fuzhou")
    propose(one, target, by=people.author)
    assert [row.stance for row in target.citations.all()] == ["supports"] * 3
