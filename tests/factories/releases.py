"""Releases for tests, made through the services, and the passing of time."""

import datetime as dt
import signal

from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from casetracker.accounts.models import User
from casetracker.review import services
from casetracker.review.models import Record, Release
from tests.factories.records import bring_to, make_editor, make_station

AN_HOUR = dt.timedelta(hours=1)


def make_release(*records: Record, by: User | None = None, title: str = "The report") -> Release:
    """An open release of these records."""
    by = by or make_editor()
    release = services.create_release(title=title, by=by)
    if records:
        keys = [record.pk for record in records]
        release = services.add_to_release(release.pk, keys, by=by, lock_version=release.lock_version)
    return release


def make_scheduled(*records: Record, by: User | None = None, title: str = "The report") -> Release:
    """A release that goes out in an hour, of these records or of two approved stations."""
    by = by or make_editor()
    release = make_release(*(records or [bring_to(make_station(), "approved") for _ in range(2)]), by=by, title=title)
    return schedule(release, by=by)


def schedule(release: Release, *, by: User, after: dt.timedelta = AN_HOUR) -> Release:
    return services.schedule_release(
        release.pk, embargo_until=timezone.now() + after, by=by, lock_version=again(release).lock_version
    )


def again(release: Release) -> Release:
    """The release as it is in the database now."""
    return Release.objects.get(pk=release.pk)


def let_time_pass(release: Release, by: dt.timedelta = AN_HOUR * 2) -> None:
    """Move all that was to come towards the past, as waiting would."""
    embargo = again(release).embargo_until
    if embargo:
        Release.objects.filter(pk=release.pk).update(embargo_until=embargo - by)
    for task in DBTaskResult.objects.filter(status="READY"):
        DBTaskResult.objects.filter(pk=task.pk).update(run_after=task.run_after - by)


def let_the_worker_work() -> None:
    """Run the worker until nothing is left to do; then the signals are the test's again."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    try:
        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
