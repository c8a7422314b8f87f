"""Two people at the same moment: exactly one wins, and the other reads who was faster."""

import re
import threading
from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone

from casetracker.core.errors import ChangedMeanwhile
from casetracker.publication.chain import verify_chain
from casetracker.publication.models import LogEntry
from casetracker.review import services
from casetracker.review.models import Record
from casetracker.review.services import Edit
from casetracker.sources.models import Source
from stations.models import Station
from tests.factories.records import (
    bring_to,
    citation,
    fresh,
    make_editor,
    make_researcher,
    make_source,
    make_station,
)
from tests.factories.releases import AN_HOUR, again, let_time_pass, make_release, make_scheduled
from tests.races import race, winner_and_loser

pytestmark = [pytest.mark.slow, pytest.mark.both, pytest.mark.django_db(transaction=True)]

RACES = 200
REFUSAL = r"Changed meanwhile by {person} \({action}, \d\d:\d\d:\d\d UTC\)\. Reload the page and try again\."


def assert_names(error, person, action: str) -> None:
    """The loser reads who was faster, and with what."""
    assert isinstance(error, ChangedMeanwhile)
    assert re.fullmatch(REFUSAL.format(person=re.escape(str(person)), action=action), str(error)), str(error)


def back_to_verified(record, people) -> Record:
    """Return a record and verify it again; its checks stay good."""
    record = fresh(record)
    services.return_to_author(record.pk, by=people.reviewer, lock_version=record.lock_version, comment="Again.")
    services.submit_record(record.pk, by=people.author, lock_version=fresh(record).lock_version)
    return services.verify_record(record.pk, by=people.reviewer, lock_version=fresh(record).lock_version)


def test_exactly_one_of_two_approvers_wins(people):
    editors = [make_editor(), make_editor()]
    record = bring_to(make_station(by=people.author), "verified", **vars(people))
    for number in range(RACES):
        if number:
            record = back_to_verified(record, people)
        approve = partial(services.approve_record, record.pk, lock_version=record.lock_version)
        winner, loser = winner_and_loser(*(partial(approve, by=editor) for editor in editors))
        assert_names(loser.error, editors[winner.number], "approve")
        after = fresh(record)
        assert (after.state, after.approved_by) == ("approved", editors[winner.number])
        assert after.lock_version == record.lock_version + 1
        assert record.decisions.filter(action="approve").count() == number + 1


def test_two_publishers_of_one_record(people):
    editors = [make_editor(), make_editor()]
    record = bring_to(make_station(by=people.author), "approved", **vars(people))
    for version in range(1, 21):
        if version > 1:
            services.revise_record(record.pk, by=people.author, lock_version=fresh(record).lock_version)
            record = bring_to(record, "approved", **vars(people))
        chosen = [(record.pk, record.lock_version)]
        winner, loser = winner_and_loser(*(partial(services.publish_records, chosen, by=editor) for editor in editors))
        assert_names(loser.error, editors[winner.number], "publish")
        assert (fresh(record).published_version, LogEntry.objects.count()) == (version, version)
    assert list(verify_chain()) == []


def test_two_publishers_of_different_records_both_succeed():
    editors = [make_editor(), make_editor()]
    for _ in range(10):
        records = [bring_to(make_station(), "approved") for _ in editors]
        outcomes = race(
            *(
                partial(services.publish_records, [(record.pk, record.lock_version)], by=editor)
                for record, editor in zip(records, editors, strict=True)
            )
        )
        assert [outcome.error for outcome in outcomes] == [None, None]
    entries = LogEntry.objects.order_by("sequence")
    assert [entry.sequence for entry in entries] == list(range(1, 21))
    assert [entry.reference for entry in entries] == [f"S-{number}" for number in range(1, 21)]
    assert list(verify_chain()) == []


def test_two_batches_in_opposite_order():
    """They wait for one another in one direction only: no deadlock."""
    editors = [make_editor(), make_editor()]
    for _ in range(10):
        records = [bring_to(make_station(), "approved") for _ in editors]
        chosen = [(record.pk, record.lock_version) for record in records]
        _winner, loser = winner_and_loser(
            partial(services.publish_records, chosen, by=editors[0]),
            partial(services.publish_records, chosen[::-1], by=editors[1]),
        )
        assert isinstance(loser.error, ChangedMeanwhile)
    assert LogEntry.objects.count() == 20


def test_submit_against_edit(researcher, other_researcher):
    record = make_station(by=researcher)
    for number in range(25):
        record = fresh(record)
        if record.state == "submitted":
            record = services.withdraw_record(record.pk, by=researcher, lock_version=record.lock_version)
        before, words = Station.objects.get(pk=record.pk).summary, f"Words {number}."
        winner, loser = winner_and_loser(
            partial(services.submit_record, record.pk, by=researcher, lock_version=record.lock_version),
            partial(
                services.edit_record,
                record.pk,
                Edit(fields={"summary": words}),
                by=other_researcher,
                lock_version=record.lock_version,
            ),
        )
        submitted = winner.number == 0
        assert_names(loser.error, researcher if submitted else other_researcher, "submit" if submitted else "edit")
        assert fresh(record).state == ("submitted" if submitted else "draft")
        assert Station.objects.get(pk=record.pk).summary == (before if submitted else words)


def test_one_person_in_two_windows(people):
    """The second click is refused by name, and the person stands in the round once."""
    record = bring_to(make_station(by=people.author), "verified", **vars(people))
    for _ in range(20):
        reviewer = make_researcher()
        record = fresh(record)
        services.return_to_author(record.pk, by=people.reviewer, lock_version=record.lock_version, comment="Again.")
        record = services.submit_record(record.pk, by=people.author, lock_version=fresh(record).lock_version)
        verify = partial(services.verify_record, record.pk, by=reviewer, lock_version=record.lock_version)
        _winner, loser = winner_and_loser(verify, verify)
        assert_names(loser.error, reviewer, "verify")
        assert record.participations.filter(person=reviewer).count() == 1


def test_one_person_as_author_and_reviewer_at_once(people):
    """With a new source in one window and a verification in the other: one side only."""
    for _ in range(10):
        person, source = make_researcher(), make_source()
        record = make_station(by=people.author, citations=[citation(source)])
        record = bring_to(record, "submitted", **vars(people))
        verified = bring_to(record, "verified", start="submitted", **vars(people))
        services.return_to_author(record.pk, by=people.reviewer, lock_version=verified.lock_version, comment="Again.")
        record = services.submit_record(record.pk, by=people.author, lock_version=fresh(record).lock_version)
        _winner, _loser = winner_and_loser(
            partial(services.verify_record, record.pk, by=person, lock_version=record.lock_version),
            partial(services.edit_source, source.pk, fields={"title": "Another"}, by=person, lock_version=1),
        )
        assert record.participations.filter(person=person).count() == 1


def test_approval_against_an_edit_of_a_source(people):
    """Whoever is first: changed words are never approved, or approved ones cannot go out."""
    for _ in range(10):
        editor, writer, source = make_editor(), make_researcher(), make_source()
        record = bring_to(make_station(citations=[citation(source)]), "verified")
        approval, edit = race(
            partial(services.approve_record, record.pk, by=editor, lock_version=record.lock_version),
            partial(services.edit_source, source.pk, fields={"title": "Another"}, by=writer, lock_version=1),
        )
        assert edit.error is None
        after = fresh(record)
        if approval.error:
            assert isinstance(approval.error, ChangedMeanwhile)
            assert after.state == "verified"
        else:
            with pytest.raises(ChangedMeanwhile):
                services.publish_records([(after.pk, after.lock_version)], by=editor)
    assert not LogEntry.objects.exists()


def test_retraction_against_a_new_version(people):
    record = bring_to(make_station(by=people.author), "live", **vars(people))
    for _ in range(10):
        services.revise_record(record.pk, by=people.author, lock_version=fresh(record).lock_version)
        record = bring_to(record, "approved", **vars(people))
        retract = partial(services.retract_record, record.pk, reason="error", note="Wrong.", by=people.editor)
        winner, loser = winner_and_loser(
            partial(retract, lock_version=record.lock_version),
            partial(services.publish_records, [(record.pk, record.lock_version)], by=people.editor),
        )
        assert isinstance(loser.error, ChangedMeanwhile)
        record = fresh(record)
        assert record.public_status == ("retracted" if winner.number == 0 else "live")
        if record.public_status == "retracted":
            record = bring_to(record, "live", **vars(people))
    assert list(verify_chain()) == []


def test_a_source_is_not_changed_under_somebody_who_is_citing_it(people):
    """Else whoever changed its words would be no author of that record, and could verify it."""
    source, cited_it, done = make_source(by=people.author), threading.Event(), threading.Event()

    def cite():
        with transaction.atomic():
            record = make_station(by=people.author, citations=[citation(source)])
            cited_it.set()
            while connection.vendor == "postgresql" and not done.is_set() and not somebody_waits():
                pass
        return record

    def change():
        cited_it.wait(timeout=30)
        try:
            services.edit_source(
                source.pk, fields={"title": "Other"}, by=people.reviewer, lock_version=source.lock_version
            )
        finally:
            done.set()

    cited, changed = race(cite, change)
    if changed.error:
        assert "began to cite this source at this moment" in str(changed.error)
        assert fresh_source(source).title != "Other"
    else:
        logged_after = cited.result.decisions.get(action="log").at >= fresh_source(source).history.latest().history_date
        assert logged_after or cited.result.participations.filter(person=people.reviewer, role="author").exists()


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone()[0]


def fresh_source(source: Source) -> Source:
    return Source.objects.get(pk=source.pk)


def test_two_workers_and_cron_at_the_end_of_an_embargo(people):
    """Whoever is first publishes; to the others nothing is due."""
    for number in range(1, 9):
        release = make_scheduled(by=people.editor)
        let_time_pass(release)
        outcomes = race(*(services.publish_due_releases for _ in range(3)))
        assert sorted(len(outcome.result.published) for outcome in outcomes) == [0, 0, 1]
        assert [outcome.result.held_back for outcome in outcomes] == [(), (), ()]
        assert (again(release).state, LogEntry.objects.count()) == ("published", 2 * number)
    assert list(verify_chain()) == []


def test_the_end_of_an_embargo_against_taking_the_schedule_back(people):
    """Either it goes out, whole, and the editor is told; or it does not, and the task finds nothing due."""
    for _ in range(8):
        before = LogEntry.objects.count()
        release = make_scheduled(by=people.editor)
        let_time_pass(release)
        back = partial(services.unschedule_release, release.pk, by=people.editor, lock_version=release.lock_version)
        task, editor = race(services.publish_due_releases, back)
        if editor.error:
            assert isinstance(editor.error, ChangedMeanwhile)
        went_out = bool(editor.error)
        assert task.result.published == ((release.pk,) if went_out else ())
        assert again(release).state == ("published" if went_out else "open")
        assert LogEntry.objects.count() - before == (2 if went_out else 0)


def test_publishing_a_record_alone_against_scheduling_its_release(people):
    """It goes out before, and the release is not scheduled; or the embargo holds."""
    for _ in range(8):
        record = bring_to(make_station(by=people.author), "approved", **vars(people))
        release = make_release(record, by=people.editor)
        alone, scheduled = race(
            partial(services.publish_records, [(record.pk, record.lock_version)], by=people.editor),
            partial(
                services.schedule_release,
                release.pk,
                embargo_until=timezone.now() + AN_HOUR,
                by=people.editor,
                lock_version=release.lock_version,
            ),
        )
        assert (alone.error is None) != (scheduled.error is None)
        assert fresh(record).public_status == ("live" if scheduled.error else "never")
