"""Whether the worker and the fetcher do what waits for them."""

import datetime as dt
import time
from collections.abc import Iterator

from django.db.models import Min
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from casetracker.operations.doctor.findings import Asked, Finding, fail, ok, warn
from casetracker.operations.tasks import answer
from casetracker.sources.capture_choices import OPEN_ORDERS
from casetracker.sources.models import LinkOrder

_LATE = dt.timedelta(minutes=5)
_ORDER_LATE = dt.timedelta(hours=1)
_LATELY = dt.timedelta(days=1)
_LOOK_EVERY = 0.25  # seconds
_START = (
    "Start it (manage.py db_worker): without it nothing is published at the end of an embargo, and no e-mail goes out."
)


def check_worker(asked: Asked) -> Iterator[Finding]:
    """See that tasks are taken; if none was lately, give one and wait for it."""
    now = timezone.now()
    waiting = oldest_due(now)
    if waiting and waiting > _LATE:
        yield fail(f"A task has waited for the worker for {waiting // dt.timedelta(minutes=1)} minutes.", _START)
    elif DBTaskResult.objects.filter(finished_at__gt=now - _LATE).exists() or _answers(asked.patience):
        yield ok("The worker is at work.")
    else:
        yield fail(f"The worker did not take a task within {asked.patience:g} seconds.", _START)
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__gt=now - _LATELY).count()
    if failed:
        yield warn(
            f"{failed} tasks failed within a day.",
            "See the worker's log. E-mails that a server refused are not sent again.",
        )


def oldest_due(now: dt.datetime) -> dt.timedelta | None:
    """Return for how long the oldest task has waited that could be done; None if none waits."""
    ready = DBTaskResult.objects.ready()
    # Those for no certain moment have one far off.
    moments = (
        ready.filter(run_after__lte=now).aggregate(at=Min("run_after"))["at"],
        ready.filter(run_after__gt=now).aggregate(at=Min("enqueued_at"))["at"],
    )
    oldest = min((moment for moment in moments if moment), default=None)
    return now - oldest if oldest else None


def _answers(patience: float) -> bool:
    """Give the worker a task, and tell whether it did it in time. Take the task back if not."""
    given = DBTaskResult.objects.filter(pk=answer.enqueue().id)
    until = time.monotonic() + patience
    while not (done := given.filter(finished_at__isnull=False).exists()) and time.monotonic() < until:
        time.sleep(_LOOK_EVERY)
    given.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.SUCCESSFUL)).delete()
    return done


def check_fetcher(_asked: Asked) -> Iterator[Finding]:
    """See that what people asked to be kept is fetched."""
    late = LinkOrder.objects.filter(state__in=OPEN_ORDERS, ordered_at__lt=timezone.now() - _ORDER_LATE).count()
    if late:
        yield warn(
            f"{late} addresses of sources have waited for more than an hour to be fetched.",
            "Start the fetcher (manage.py run_fetcher), and see that it reaches the web.",
        )
    else:
        yield ok("No address of a source waits for long.")
