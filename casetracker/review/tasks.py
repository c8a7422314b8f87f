"""What the worker (`manage.py db_worker`) does for the review."""

from django_tasks import task

from casetracker.review.services.release_publication import place_of, publish_due_releases


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
