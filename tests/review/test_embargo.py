"""Scheduled releases: nothing goes out before, everything at once when the time has come, or nothing with reasons."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from casetracker.accounts.roles import Role
from casetracker.core.errors import InvalidContent, WrongState
from casetracker.publication import registry
from casetracker.publication.models import LogEntry
from casetracker.review import services
from casetracker.review.models import Release
from casetracker.review.services import Edit
from tests.factories.records import (
    bring_to,
    citation,
    edit_draft,
    fresh,
    make_people,
    make_researcher,
    make_response,
    make_source,
    make_station,
)
from tests.factories.releases import (
    AN_HOUR,
    again,
    let_the_worker_work,
    let_time_pass,
    make_release,
    make_scheduled,
    schedule,
)

pytestmark = pytest.mark.django_db


def run_cron():
    call_command("publish_due_releases")


def seen(release):
    return {"lock_version": again(release).lock_version}


# The worker closes its connection now and then, which a test inside one transaction does not survive.
with_the_worker = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[pytest.param("worker", marks=with_the_worker), "cron"])
def keep_time(request):
    """What looks whether an embargo has passed."""
    return let_the_worker_work if request.param == "worker" else run_cron


def test_nothing_goes_out_before_and_everything_after(editor, keep_time):
    release = make_scheduled(by=editor)
    keep_time()
    assert (again(release).state, LogEntry.objects.count()) == ("scheduled", 0)
    let_time_pass(release)
    keep_time()
    release = again(release)
    assert (release.state, release.published_by, LogEntry.objects.count()) == ("published", editor, 2)
    assert {entry.release for entry in LogEntry.objects.all()} == {release.number}
    assert {member.record.public_status for member in release.members.all()} == {"live"}
    assert not release.members.filter(is_pending=True).exists()
    keep_time()
    assert LogEntry.objects.count() == 2, "once, however often somebody looks"
    assert list(release.decisions.values_list("action", flat=True))[-2:] == ["schedule", "publish"]


def test_the_task_is_queued_with_the_schedule_or_not_at_all(editor):
    release = make_release(bring_to(make_station(), "approved"), by=editor)
    with transaction.atomic():
        schedule(release, by=editor)
        assert DBTaskResult.objects.count() == 1
        transaction.set_rollback(True)
    assert (DBTaskResult.objects.count(), again(release).state) == (0, "open")
    release = schedule(release, by=editor)
    task = DBTaskResult.objects.get()
    assert task.run_after == release.embargo_until
    assert task.args_kwargs == {"args": [], "kwargs": {}}, "the queue says nothing of what is to come"


def test_a_release_that_was_opened_again_does_not_go_out(editor, keep_time):
    release = make_scheduled(by=editor)
    services.unschedule_release(release.pk, by=editor, **seen(release))
    let_time_pass(release)
    keep_time()
    assert (again(release).state, LogEntry.objects.count()) == ("open", 0)
    with pytest.raises(WrongState, match="not scheduled"):
        services.unschedule_release(release.pk, by=editor, **seen(release))


def test_a_cancelled_release_does_not_go_out_and_frees_its_records(editor, keep_time):
    release = make_scheduled(record := bring_to(make_station(), "approved"), by=editor)
    services.cancel_release(release.pk, by=editor, **seen(release))
    let_time_pass(release)
    keep_time()
    assert LogEntry.objects.count() == 0
    services.publish_records([(record.pk, record.lock_version)], by=editor)


@with_the_worker
def test_a_moved_embargo_counts_and_the_first_task_does_nothing(editor):
    release = make_scheduled(by=editor)
    schedule(release, by=editor, after=4 * AN_HOUR)
    let_time_pass(release)
    let_the_worker_work()
    assert (again(release).state, DBTaskResult.objects.filter(status="SUCCESSFUL").count()) == ("scheduled", 1)
    let_time_pass(release)
    let_time_pass(release)
    let_the_worker_work()
    assert (again(release).state, LogEntry.objects.count()) == ("published", 2)


def test_a_moment_that_has_passed_is_refused_with_the_time_it_is(editor):
    release = make_release(bring_to(make_station(), "approved"), by=editor)
    with pytest.raises(InvalidContent, match=r"in UTC it is \d{4}-\d\d-\d\d \d\d:\d\d now") as refusal:
        services.schedule_release(release.pk, embargo_until=timezone.now(), by=editor, **seen(release))
    assert "embargo_until" in refusal.value.field_errors
    assert (again(release).state, DBTaskResult.objects.count()) == ("open", 0)


def test_the_time_is_kept_in_utc_whatever_the_zone_it_was_given_in(editor):
    release = make_release(bring_to(make_station(), "approved"), by=editor)
    there = dt.datetime(2999, 1, 1, 2, tzinfo=dt.timezone(dt.timedelta(hours=3)))
    services.schedule_release(release.pk, embargo_until=there, by=editor, **seen(release))
    assert release.decisions.last().comment == "2998-12-31 23:00 UTC"


def test_what_could_not_go_out_today_is_not_scheduled(editor):
    source = make_source()
    record = bring_to(make_station(citations=[citation(source)]), "approved")
    release = make_release(record, by=editor)
    services.edit_source(source.pk, fields={"title": "Other"}, by=make_researcher(), lock_version=1)
    with pytest.raises(InvalidContent, match="A source of it was changed since it was approved"):
        schedule(release, by=editor)


class TestUnderEmbargo:
    """No way leads around it."""

    MESSAGE = r"It is in the release “The report”, which is scheduled for .* UTC: nothing of it goes out before"

    def test_alone(self, editor):
        release = make_scheduled(record := bring_to(make_station(), "approved"), by=editor)
        with pytest.raises(WrongState, match=self.MESSAGE):
            services.publish_records([(record.pk, record.lock_version)], by=editor)
        assert again(release).state == "scheduled"

    def test_among_others(self, editor):
        make_scheduled(record := bring_to(make_station(), "approved"), by=editor)
        free = bring_to(make_station(), "approved")
        chosen = [(one.pk, one.lock_version) for one in (record, free)]
        with pytest.raises(InvalidContent, match=self.MESSAGE):
            services.publish_records(chosen, by=editor)
        assert not LogEntry.objects.exists()

    def test_in_one_step_with_a_new_approval(self, editor):
        people = make_people()
        record = bring_to(make_station(by=people.author), "approved", **vars(people))
        make_scheduled(record, by=editor)
        services.return_to_author(record.pk, by=people.editor, comment="Why?", lock_version=fresh(record).lock_version)
        record = bring_to(record, "verified", **vars(people))
        with pytest.raises(WrongState, match=self.MESSAGE):
            services.approve_and_publish(record.pk, by=people.editor, lock_version=record.lock_version)
        assert fresh(record).state == "verified"

    def test_with_the_release_itself(self, editor):
        """The door looks at the clock: code that calls it too early is refused too."""
        release = make_scheduled(record := bring_to(make_station(), "approved"), by=editor)
        with pytest.raises(WrongState, match=self.MESSAGE):
            services.publish_records([(record.pk, record.lock_version)], by=editor, release=release)


class TestHeldBack:
    """What cannot go out at its time stays in, whole, and its editor reads why."""

    def held_back(self, release, editor, published=0):
        let_time_pass(release)
        with pytest.raises(CommandError, match=r"Published: 0\. Held back: 1"):
            run_cron()
        release = again(release)
        assert (release.state, LogEntry.objects.count()) == ("open", published)
        assert list(Release.objects.filter(held_back_for=editor)) == [release]
        last = release.decisions.last()
        assert (last.action, last.person, last.comment) == ("hold_back", None, release.problems)
        return release.problems

    def test_after_a_source_was_changed(self, editor):
        source = make_source()
        record = bring_to(make_station(citations=[citation(source)], locality="Delft"), "approved")
        release = make_scheduled(record, bring_to(make_station(), "approved"), by=editor)
        services.edit_source(source.pk, fields={"title": "Other"}, by=make_researcher(), lock_version=1)
        problems = self.held_back(release, editor)
        remedy = "Return it, so that it is checked again."
        assert problems == f"{record}: A source of it was changed since it was approved. {remedy}"

    def test_after_a_return(self, editor):
        people = make_people()
        record = bring_to(make_station(by=people.author), "approved", **vars(people))
        release = make_scheduled(record, bring_to(make_station(), "approved"), by=editor)
        services.return_to_author(record.pk, by=people.editor, comment="Why?", lock_version=fresh(record).lock_version)
        assert "the record is draft" in self.held_back(release, editor)

    def test_after_other_content_was_approved(self, editor):
        people = make_people()
        record = bring_to(make_station(by=people.author), "approved", **vars(people))
        release = make_scheduled(record, bring_to(make_station(), "approved"), by=editor)
        services.withdraw_record(record.pk, by=people.author, lock_version=fresh(record).lock_version)
        edit_draft(record, by=people.author, summary="Something else.")
        bring_to(record, "approved", **vars(people))
        assert "Other content was approved since the release was scheduled" in self.held_back(release, editor)

    def test_the_same_content_approved_again_goes_out(self, editor):
        people = make_people()
        record = bring_to(make_station(by=people.author), "approved", **vars(people))
        release = make_scheduled(record, by=editor)
        services.withdraw_record(record.pk, by=people.author, lock_version=fresh(record).lock_version)
        bring_to(record, "approved", **vars(people))
        let_time_pass(release)
        run_cron()
        assert again(release).state == "published"

    def test_by_a_private_term_that_came_up_meanwhile(self, editor):
        station = bring_to(make_station(), "revision")
        response = make_response(stations=[station], summary="The ministry looked at the Laan 1.")
        release = make_scheduled(bring_to(response, "approved"), by=editor)
        terms = Edit(private_terms=[{"kind": "address", "text": "Laan 1"}])
        services.edit_record(station.pk, terms, by=make_researcher(), lock_version=station.lock_version)
        before = LogEntry.objects.count()
        assert "The private term “Laan 1”" in self.held_back(release, editor, before)

    @pytest.mark.parametrize("change", ["left", "lost the role"])
    def test_when_its_editor_is_none_any_more(self, editor, change):
        release = make_scheduled(by=editor)
        if change == "left":
            editor.is_active = False
            editor.save()
        else:
            editor.groups.set(editor.groups.model.objects.filter(name=Role.RESEARCHER))
        assert self.held_back(release, editor) == (
            f"{editor} is no active editor any more, and so cannot publish. Another editor must schedule it."
        )

    def test_and_it_keeps_no_other_release_back(self, editor):
        source = make_source()
        bad = make_scheduled(bring_to(make_station(citations=[citation(source)]), "approved"), by=editor)
        good = make_scheduled(by=editor, title="Another")
        services.edit_source(source.pk, fields={"title": "Other"}, by=make_researcher(), lock_version=1)
        for release in (bad, good):
            let_time_pass(release)
        with pytest.raises(CommandError, match=r"Published: 1. Held back: 1. The desk says why") as failed:
            run_cron()
        assert failed.value.returncode == 1
        assert (again(bad).state, again(good).state) == ("open", "published")

    def test_until_it_is_scheduled_again(self, editor):
        people = make_people()
        record = bring_to(make_station(by=people.author), "approved", **vars(people))
        release = make_scheduled(record, by=editor)
        services.withdraw_record(record.pk, by=people.author, lock_version=fresh(record).lock_version)
        self.held_back(release, editor)
        bring_to(record, "approved", **vars(people))
        schedule(release, by=editor)
        assert not Release.objects.filter(held_back_for=editor).exists()
        let_time_pass(release)
        run_cron()
        assert again(release).state == "published"


def test_cron_says_how_many_went_out_and_nothing_of_them(editor, capsys):
    release = make_scheduled(by=editor)
    run_cron()
    assert capsys.readouterr().out == ""
    let_time_pass(release)
    run_cron()
    assert capsys.readouterr().out == "Published: 1. Held back: 0.\n"


@with_the_worker
def test_of_a_fault_of_ours_queue_and_log_keep_the_kind_and_the_place_alone(editor, monkeypatch, caplog):
    def fail(publications):
        raise RuntimeError(f"failing row contains {publications[0].snapshot}")

    release = make_scheduled(bring_to(make_station(locality="Delft"), "approved"), by=editor)
    let_time_pass(release)
    monkeypatch.setitem(registry._projectors, "station", fail)
    let_the_worker_work()
    release = again(release)
    assert (release.state, LogEntry.objects.count(), release.held_back_for) == ("open", 0, editor)
    assert "A fault of the program kept it back (RuntimeError)" in release.problems
    assert "RuntimeError at test_embargo.py" in caplog.text
    for kept in (caplog.text, str(DBTaskResult.objects.values().get())):
        assert "Delft" not in kept
        assert "The report" not in kept


@with_the_worker
def test_of_a_database_that_fails_the_queue_keeps_the_kind_and_the_place_alone(editor):
    """What cannot even be noted on the release fails the task; its trace quotes no row."""

    def broken(execute, sql, params, many, context):
        if 'INTO "review_releasedecision"' in sql:
            raise OperationalError(f"failing row contains {params}")
        return execute(sql, params, many, context)

    release = make_scheduled(bring_to(make_station(locality="Delft"), "approved"), by=editor)
    let_time_pass(release)
    with connection.execute_wrapper(broken):
        let_the_worker_work()
    task = DBTaskResult.objects.get()
    assert (task.status, task.exception_class_path) == ("FAILED", "casetracker.review.tasks.TaskFailed")
    assert "TaskFailed: OperationalError at test_embargo.py" in task.traceback
    assert "failing row" not in task.traceback
    assert (again(release).state, LogEntry.objects.count()) == ("scheduled", 0)
    run_cron()
    assert again(release).state == "published", "whatever looks next finds it due"
