"""What a worker that was killed leaves behind is taken up again, and nothing is done twice."""

import datetime as dt
import signal

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from casetracker.publication.models import LogEntry
from casetracker.review import tasks
from tests.factories.records import bring_to, make_station
from tests.factories.releases import again, let_the_worker_work, let_time_pass, make_scheduled

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.both]


def left_lying(since, tries=1):
    """Leave the task of a release as a worker leaves it that was killed while it worked on it."""
    task = DBTaskResult.objects.get(task_path=tasks.publish_what_is_due.module_path)
    for number in range(tries):
        task.claim(f"killed-{number}")
    DBTaskResult.objects.filter(pk=task.pk).update(started_at=timezone.now() - since)
    return task


def start_worker():
    """A worker that stops after what it does first of all: it looks after lost work."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    try:
        call_command("db_worker", max_tasks=1, interval=0, startup_delay=False, verbosity=0)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


@pytest.fixture
def release(editor):
    return make_scheduled(bring_to(make_station(), "approved"), by=editor)


def test_a_release_goes_out_once_though_its_worker_was_killed(release):
    let_time_pass(release)
    task = left_lying(dt.timedelta())
    start_worker()
    assert (again(release).state, LogEntry.objects.count()) == ("published", 1)
    task.refresh_from_db()
    assert task.status == "RUNNING"  # Whoever has it may be at work.
    left_lying(tasks.LOST_AFTER)
    start_worker()
    task.refresh_from_db()
    assert task.status == "READY"
    let_the_worker_work()
    task.refresh_from_db()
    assert (task.status, LogEntry.objects.count()) == ("SUCCESSFUL", 1)


def test_what_no_worker_survives_is_given_up(release):
    task = left_lying(tasks.LOST_AFTER, tries=tasks.TRIES)
    start_worker()
    task.refresh_from_db()
    assert (task.status, "was killed" in task.traceback) == ("FAILED", True)


def test_one_look_waits_however_many_workers_start_and_however_often_they_looked(release):
    for _worker in range(3):
        start_worker()
    looks = DBTaskResult.objects.filter(task_path=tasks.look_after.module_path)
    assert sorted(looks.values_list("status", flat=True)) in (["READY"], ["READY", "SUCCESSFUL"])
