"""Editing a source that records share: who becomes an author, what is flagged, what stays."""

import json

import pytest

from casetracker.core.errors import ChangedMeanwhile, InvalidContent, NotAllowed
from casetracker.publication.models import LogEntry, Snapshot
from casetracker.review import services
from casetracker.review.content import build_content, content_digest
from casetracker.sources.models import Source
from tests.factories.records import (
    bring_to,
    check_all,
    citation,
    fresh,
    make_editor,
    make_researcher,
    make_source,
    make_station,
)
from tests.review.fingerprints import fingerprint

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return make_source()


@pytest.fixture
def cite(source):
    """Bring a record that cites the source to a state."""

    def make(state, **people):
        return bring_to(make_station(citations=[citation(source)]), state, **people)

    return make


def edit(source, by, **fields):
    lock_version = Source.objects.get(pk=source.pk).lock_version
    return services.edit_source(source.pk, fields=fields or {"title": "Another"}, by=by, lock_version=lock_version)


def sides(record):
    record = fresh(record)
    return dict(record.participations.filter(round=record.round).values_list("person", "role"))


@pytest.mark.parametrize("state", ["draft", "submitted", "verified", "approved", "revision"])
def test_whoever_edits_it_becomes_an_author_of_what_is_in_work(source, cite, researcher, state):
    record = cite(state)
    before = fingerprint(record)
    edit(source, researcher)
    assert sides(record)[researcher.pk] == "author"
    after = fresh(record)
    assert after.lock_version == before.lock_version + 1
    decision = record.decisions.latest("pk")
    assert (decision.action, decision.from_state, decision.to_state) == ("edit", after.state, after.state)
    assert (decision.person, decision.comment) == (researcher, f"Changed the source {Source.objects.get()}")
    assert decision.digest == content_digest(after, build_content(after))


def test_so_the_same_person_does_not_review_it(source, cite, editor):
    record = cite("submitted")
    edit(source, editor)
    with pytest.raises(NotAllowed, match="You wrote on this record"):
        services.verify_record(record.pk, by=editor, lock_version=fresh(record).lock_version)


@pytest.mark.parametrize("state", ["verified", "approved"])
def test_reviewers_of_a_record_do_not_edit_its_sources(source, cite, editor, state):
    record = cite(state, reviewer=editor)
    other = cite("submitted")
    before = fingerprint(record), fingerprint(other)
    with pytest.raises(NotAllowed, match=r"^You review “.+”, which cites this source\. Ask a colleague"):
        edit(source, editor)
    assert (fingerprint(record), fingerprint(other)) == before
    assert Source.objects.get().title != "Another"
    assert Source.history.count() == 1


@pytest.mark.parametrize(
    ("state", "flagged"), [("live", True), ("revision", True), ("retracted", False), ("approved", False)]
)
def test_live_records_are_flagged_for_revision(source, cite, researcher, state, flagged):
    record = cite(state)
    edit(source, researcher)
    assert fresh(record).needs_revision is flagged


def test_what_is_published_stays_as_it_is(source, cite, researcher):
    record = cite("live")
    edit(source, researcher)
    assert LogEntry.objects.count() == 1
    shown = json.loads(Snapshot.objects.get().content)["citations"][0]["source"]["title"]
    assert shown == source.title
    assert sides(record).get(researcher.pk) is None, "nobody writes on what is not in work"


def test_reviewers_of_a_round_that_is_over_may_edit(source, cite, editor):
    record = cite("live", editor=editor)
    edit(source, editor)
    assert fresh(record).needs_revision


def test_private_notes_touch_no_record(source, cite, researcher):
    record = cite("approved")
    before = fingerprint(record)
    edit(source, researcher, notes="Ours.")
    assert fingerprint(record) == before


def test_saving_the_same_values_touches_no_record(source, cite, researcher):
    record = cite("approved")
    before = fingerprint(record)
    edit(source, researcher, title=source.title, publisher=source.publisher)
    assert fingerprint(record) == before


def test_discarded_records_stay_as_they_were(source, cite, researcher):
    record = cite("draft")
    author = record.participations.get().person
    services.discard_record(record.pk, by=author, lock_version=record.lock_version)
    before = fingerprint(record)
    edit(source, researcher)
    assert fingerprint(record) == before


def test_records_with_other_sources_stay_as_they_were(source, researcher):
    record = bring_to(make_station(), "approved")
    before = fingerprint(record)
    edit(source, researcher)
    assert fingerprint(record) == before


@pytest.mark.parametrize(("change", "touched"), [("type", True), ("derived_from", True), ("title", False)])
def test_a_new_origin_touches_records_that_cite_what_derives_from_it(source, researcher, change, touched):
    child = make_source(derived_from=source, derivation="reports_on")
    grandchild = make_source(derived_from=child, derivation="copy")
    record = bring_to(make_station(citations=[citation(grandchild)]), "verified")
    fields = {
        "type": {"type": "government"},
        "derived_from": {"derived_from": make_source(), "derivation": "quotes"},
        "title": {"title": "Another"},
    }[change]
    before = content_digest(fresh(record), build_content(fresh(record)))
    edit(source, researcher, **fields)
    assert (content_digest(fresh(record), build_content(fresh(record))) != before) is touched
    assert (researcher.pk in sides(record)) is touched


def test_after_an_edit_the_record_goes_through_review_again(source, cite):
    writer, reviewer, editor = make_researcher(), make_researcher(), make_editor()
    record = cite("approved", reviewer=reviewer, editor=editor)
    edit(source, writer)
    record = fresh(record)
    with pytest.raises(ChangedMeanwhile):
        services.publish_records([(record.pk, record.lock_version)], by=editor)
    services.withdraw_record(record.pk, by=writer, lock_version=record.lock_version)
    services.submit_record(record.pk, by=writer, lock_version=fresh(record).lock_version)
    with pytest.raises(InvalidContent, match="has not been checked as it is now"):
        services.verify_record(record.pk, by=reviewer, lock_version=fresh(record).lock_version)


def test_a_circle_is_refused_and_touches_nothing(source, cite, researcher):
    child = make_source(derived_from=source, derivation="copy")
    record = cite("verified")
    before = fingerprint(record)
    with pytest.raises(InvalidContent) as caught:
        edit(source, researcher, derived_from=child, derivation="copy")
    assert caught.value.field_errors.keys() == {"derived_from"}
    assert fingerprint(record) == before


def test_the_loser_of_a_race_learns_who_won(source, researcher, other_researcher):
    edit(source, researcher)
    with pytest.raises(ChangedMeanwhile, match=f"changed meanwhile by {researcher}"):
        services.edit_source(source.pk, fields={"title": "Mine"}, by=other_researcher, lock_version=1)


def test_sources_are_edited_by_researchers_and_editors_only(source, observer, administrator, superuser):
    for person in (observer, administrator, superuser):
        with pytest.raises(NotAllowed, match="Only researchers and editors write sources"):
            edit(source, person)


def through_review(record, *, by):
    """Let one editor alone check, verify, approve and publish a submitted record."""
    check_all(record, by=by)
    services.verify_record(record.pk, by=by, lock_version=fresh(record).lock_version)
    return services.approve_and_publish(record.pk, by=by, lock_version=fresh(record).lock_version)


def revise(record, by):
    return services.revise_record(record.pk, by=by, lock_version=fresh(record).lock_version)


def abandon(record, by):
    return services.abandon_revision(record.pk, by=by, lock_version=fresh(record).lock_version)


@pytest.mark.parametrize("state", ["live", "retracted"])
def test_whoever_edits_it_between_two_rounds_becomes_an_author_of_the_next(source, cite, researcher, editor, state):
    record = cite(state)
    edit(source, editor)
    revise(record, researcher)
    assert sides(record) == {researcher.pk: "author", editor.pk: "author"}
    record = bring_to(record, "submitted", author=researcher)
    with pytest.raises(NotAllowed, match="You wrote on this record"):
        through_review(record, by=editor)
    through_review(record, by=make_editor())
    assert fresh(record).published_version == 2


def test_whoever_edited_it_may_revise_too(source, cite, editor):
    record = cite("live")
    edit(source, editor)
    revise(record, editor)
    assert sides(record) == {editor.pk: "author"}


def test_an_abandoned_round_does_not_free_whoever_edited_it(source, cite, researcher, editor):
    record = revise(cite("live"), researcher)
    edit(source, editor)
    abandon(record, editor)
    revise(record, researcher)
    assert sides(record) == {researcher.pk: "author", editor.pk: "author"}


def test_nor_does_leaving_it_out_meanwhile(source, cite, researcher, editor):
    record = revise(cite("live"), researcher)
    others = services.Edit(citations=[citation()])
    services.edit_record(record.pk, others, by=researcher, lock_version=record.lock_version)
    edit(source, editor)
    abandon(record, researcher)
    assert fresh(record).needs_revision
    revise(record, researcher)
    assert sides(record) == {researcher.pk: "author", editor.pk: "author"}


def test_what_was_published_meanwhile_is_settled(source, cite, researcher, editor):
    record = cite("live")
    edit(source, editor)
    bring_to(revise(record, researcher), "live", author=researcher)
    revise(record, researcher)
    assert sides(record) == {researcher.pk: "author"}


@pytest.mark.parametrize(("change", "writes"), [("type", True), ("title", False), ("notes", False)])
def test_so_does_whoever_changes_what_it_derives_from(source, researcher, editor, change, writes):
    child = make_source(derived_from=source, derivation="reports_on")
    record = bring_to(make_station(citations=[citation(child)]), "live")
    edit(source, editor, **{change: {"type": "government"}.get(change, "Other words.")})
    revise(record, researcher)
    assert (editor.pk in sides(record)) is writes


def test_notes_between_two_rounds_make_no_author(source, cite, researcher, editor):
    record = cite("live")
    edit(source, editor, notes="Ours.")
    revise(record, researcher)
    assert sides(record) == {researcher.pk: "author"}


def test_whoever_logged_a_source_may_review_a_record_of_which_somebody_else_cites_it(researcher, editor):
    """The one who cites it answers for its words: two people have seen them."""
    record = make_station(by=researcher, citations=[citation(make_source(by=editor))])
    through_review(bring_to(record, "submitted"), by=editor)
    assert fresh(record).public_status == "live"
