"""Suggested wording: a reviewer proposes and stays a reviewer, an author takes over."""

import pytest

from casetracker.core.errors import ChangedMeanwhile, InvalidContent, NotAllowed, WrongState
from casetracker.review import services
from casetracker.review.content import build_content
from casetracker.review.evidence import check_results
from casetracker.review.models import Suggestion
from stations.models import Station
from tests.factories.records import bring_to, check_all, citation, edit_draft, fresh, make_researcher, make_station

pytestmark = pytest.mark.django_db


def suggest(record, *, by, text="It opened in 2022.", field="summary"):
    return services.suggest_wording(record.pk, field=field, text=text, by=by, lock_version=fresh(record).lock_version)


def accept(suggestion, *, by):
    return services.accept_suggestion(suggestion.pk, by=by, lock_version=fresh(suggestion.record).lock_version)


def decline(suggestion, *, by):
    return services.decline_suggestion(suggestion.pk, by=by, lock_version=fresh(suggestion.record).lock_version)


def verdicts(record):
    record = fresh(record)
    return {result.citation["field"]: result.verdict for result in check_results(record, build_content(record))}


@pytest.fixture
def submitted(researcher, other_researcher):
    """A station in review whose citations were all checked; the summary has a typo."""
    cited = [citation(field=name) for name in ("kind", "country", "locality", "summary")]
    record = make_station(by=researcher, citations=cited, summary="It opend in 2022.")
    return check_all(bring_to(record, "submitted"), by=other_researcher)


def test_a_suggestion_changes_nothing_and_makes_nobody_an_author(submitted, other_researcher):
    suggestion = suggest(submitted, by=other_researcher)
    assert (suggestion.state, suggestion.current_text) == ("open", "It opend in 2022.")
    assert Station.objects.get(pk=submitted.pk).summary == "It opend in 2022."
    assert not submitted.participations.filter(person=other_researcher).exists()
    assert submitted.decisions.get(action="suggest").comment == "summary"


def test_the_author_takes_it_over_and_other_checks_stay_good(submitted, researcher, other_researcher):
    record = accept(suggest(submitted, by=other_researcher), by=researcher)
    assert record.state == "submitted"
    assert Station.objects.get(pk=record.pk).summary == "It opened in 2022."
    assert verdicts(record) == {"kind": "supports", "country": "supports", "locality": "supports", "summary": None}
    last = record.decisions.order_by("-pk")[:3]
    assert [decision.action for decision in last] == ["submit", "edit", "withdraw"]
    assert last[1].comment == f"Wording suggested by {other_researcher}"


def test_the_one_who_suggested_may_still_review(submitted, researcher, other_researcher):
    record = accept(suggest(submitted, by=other_researcher), by=researcher)
    record = check_all(record, by=other_researcher)
    record = services.verify_record(record.pk, by=other_researcher, lock_version=record.lock_version)
    assert record.verified_by == other_researcher


def test_a_verified_record_goes_back_to_review(submitted, researcher, other_researcher, editor):
    record = bring_to_verified(submitted, other_researcher)
    record = accept(suggest(record, by=editor), by=researcher)
    assert (record.state, record.verified_by, record.verified_digest) == ("submitted", None, "")


def bring_to_verified(record, by):
    return services.verify_record(record.pk, by=by, lock_version=fresh(record).lock_version)


def test_in_a_returned_draft_it_is_taken_over_without_submitting(submitted, researcher, other_researcher):
    suggestion = suggest(submitted, by=other_researcher)
    lock_version = fresh(submitted).lock_version
    services.return_to_author(submitted.pk, by=other_researcher, lock_version=lock_version, comment="See there.")
    assert accept(suggestion, by=researcher).state == "draft"
    assert Station.objects.get(pk=submitted.pk).summary == "It opened in 2022."


def test_only_an_author_takes_it_over_from_review(submitted, other_researcher, editor):
    suggestion = suggest(submitted, by=other_researcher)
    for person in (other_researcher, editor):
        with pytest.raises(NotAllowed, match="Only an author"):
            accept(suggestion, by=person)
    assert Suggestion.objects.get().state == "open"


def test_a_reviewer_takes_nothing_over_in_a_draft(submitted, other_researcher):
    record = bring_to_verified(submitted, other_researcher)
    suggestion = suggest(record, by=make_researcher())
    lock_version = fresh(record).lock_version
    services.return_to_author(record.pk, by=other_researcher, lock_version=lock_version, comment="See there.")
    with pytest.raises(NotAllowed, match="You reviewed this record in this round"):
        accept(suggestion, by=other_researcher)


def test_a_stale_suggestion_is_refused(submitted, researcher, other_researcher):
    suggestion = suggest(submitted, by=other_researcher)
    services.withdraw_record(submitted.pk, by=researcher, lock_version=fresh(submitted).lock_version)
    edit_draft(submitted, by=researcher, summary="Opened in October 2022.")
    with pytest.raises(ChangedMeanwhile, match="Edit it by hand"):
        accept(suggestion, by=researcher)
    assert Station.objects.get(pk=submitted.pk).summary == "Opened in October 2022."


def test_an_author_declines(submitted, researcher, other_researcher):
    suggestion = suggest(submitted, by=other_researcher)
    with pytest.raises(NotAllowed):
        decline(suggestion, by=other_researcher)
    decline(suggestion, by=researcher)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.decided_by) == ("declined", researcher)
    assert suggestion.decided_at is not None
    assert Station.objects.get(pk=submitted.pk).summary == "It opend in 2022."


@pytest.mark.parametrize("decide", [accept, decline])
def test_what_was_decided_is_not_decided_again(submitted, researcher, other_researcher, decide):
    suggestion = suggest(submitted, by=other_researcher)
    decline(suggestion, by=researcher)
    with pytest.raises(WrongState, match="decided already"):
        decide(suggestion, by=researcher)


@pytest.mark.parametrize("ending", ["published", "abandoned", "discarded"])
def test_what_nobody_took_over_is_declined_when_the_round_ends(researcher, other_researcher, editor, ending):
    record = make_station(by=researcher, summary="It opend in 2022.")
    if ending == "abandoned":
        record = bring_to(record, "revision", author=researcher)
    record = bring_to(record, "submitted", author=researcher)
    suggestion = suggest(record, by=other_researcher)
    if ending == "published":
        bring_to(record, "live", start="submitted", editor=editor)
    else:
        services.withdraw_record(record.pk, by=researcher, lock_version=fresh(record).lock_version)
        end = {"abandoned": services.abandon_revision, "discarded": services.discard_record}[ending]
        end(record.pk, by=editor, lock_version=fresh(record).lock_version)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.decided_by) == ("declined", editor)
    for decide in (accept, decline):
        with pytest.raises(WrongState):
            decide(suggestion, by=researcher)


@pytest.mark.parametrize("decide", [accept, decline])
def test_on_an_idle_record_nothing_is_decided(researcher, other_researcher, decide):
    record = bring_to(make_station(by=researcher, summary="It opend in 2022."), "live")
    suggestion = Suggestion(
        record=record,
        round=1,
        field="summary",
        current_text="It opend in 2022.",
        suggested_text="It opened in 2022.",
        person=other_researcher,
    )
    suggestion.save()
    with pytest.raises(WrongState, match="The record is idle: revise it"):
        decide(suggestion, by=researcher)


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("locality", "Utrecht", "for text fields only"),
        ("notes", "Other", "for text fields only"),
        ("summary", "  ", "Write the wording"),
        ("summary", "It opend in 2022.", "reads already"),
    ],
)
def test_suggestions_that_suggest_nothing(submitted, other_researcher, field, text, message):
    with pytest.raises(InvalidContent, match=message):
        suggest(submitted, by=other_researcher, field=field, text=text)
    assert not Suggestion.objects.exists()


def test_words_that_may_not_be_public_are_refused_at_approval(submitted, researcher, other_researcher, editor):
    """Accepting is an edit like any other: it opens no way around the guards."""
    record = fresh(submitted)
    services.withdraw_record(record.pk, by=researcher, lock_version=record.lock_version)
    edit = services.Edit(private_terms=[{"kind": "host", "text": "Golden Dragon Travel"}])
    services.edit_record(record.pk, edit, by=researcher, lock_version=fresh(record).lock_version)
    services.submit_record(record.pk, by=researcher, lock_version=fresh(record).lock_version)
    suggestion = suggest(record, by=other_researcher, text="It opened at Golden Dragon Travel.")
    check_all(accept(suggestion, by=researcher), by=other_researcher)
    record = bring_to_verified(record, other_researcher)
    with pytest.raises(InvalidContent, match="stands in “summary”"):
        services.approve_record(record.pk, by=editor, lock_version=record.lock_version)
