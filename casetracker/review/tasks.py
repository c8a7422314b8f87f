"""What the worker (`manage.py db_worker`) does for the review, and for what another worker left lying."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from casetracker.review.services.release_publication import place_of, publish_due_releases

LOST_AFTER = dt.timedelta(minutes=15)  # of work: longer than any task should take
LOOK_EVERY = dt.timedelta(minutes=5)
TRIES = 3


class TaskFailed(Exception):
    """A task met a fault. Says which and where, and not what it was about: the queue's table keeps the words."""


@task
def publish_what_is_due() -> None:
    """Publish the releases whose embargo has passed.

    It takes nothing and returns nothing: the queue's table holds no word of any release or record.
    """
    try:
        publish_due_releases()
    except Exception as error:  # noqa: BLE001 - whatever it is, its message may quote a record
        raise TaskFailed(place_of(error)) from None


@task
def look_after() -> None:
    """Take up what a killed worker left, publish what a failed task should have published, and come back later.

    Each task may run twice: what it does is done once, but for an e-mail, which is better sent twice than not at all.
    """
    try:
        take_up_lost_tasks()
        publish_due_releases()
    except Exception as error:  # noqa: BLE001 - as above
        raise TaskFailed(place_of(error)) from None
    finally:
        _look_again(timezone.now() + LOOK_EVERY)


@transaction.atomic
def start_looking_after() -> None:
    """Let the worker look after lost work from now on. May be called by every worker that starts."""
    waiting = _own().filter(status=TaskResultStatus.READY)
    waiting.delete()
    look_after.enqueue()


@transaction.atomic
def _look_again(at: dt.datetime) -> None:
    """Come back then, unless somebody does anyway; forget the earlier looks."""
    _own().filter(Q(status=TaskResultStatus.SUCCESSFUL) | Q(status=TaskResultStatus.FAILED)).delete()
    if not _own().filter(status=TaskResultStatus.READY).exists():
        look_after.using(run_after=at).enqueue()


def _own() -> "QuerySet[DBTaskResult[Any, Any]]":
    return DBTaskResult.objects.filter(task_path=look_after.module_path)


@transaction.atomic
def take_up_lost_tasks() -> None:
    """Let tasks wait again that a worker began long ago and did not end; give up those that it never survives."""
    lost = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - LOST_AFTER)
    for found in lost.select_for_update(skip_locked=True):
        if len(found.worker_ids) < TRIES:
            found.status, found.started_at = TaskResultStatus.READY, None
        else:
            found.status, found.finished_at = TaskResultStatus.FAILED, timezone.now()
            found.exception_class_path = f"{TaskFailed.__module__}.{TaskFailed.__qualname__}"
            found.traceback = "Each worker that began it was killed."
        found.save()
