"""`manage.py db_worker`: the worker of django-tasks, which also looks after what another one left lying."""

from typing import Any

from django_tasks_db.management.commands import db_worker

from casetracker.core.management.guarded import GuardedCommand
from casetracker.review.tasks import start_looking_after


class Command(GuardedCommand, db_worker.Command):
    """Carry out what waits in the database, until it is stopped.

    An app of ours is installed before theirs, so that the command by this name is this one.
    """

    def handle(self, *args: Any, batch: bool, **options: Any) -> None:
        """Begin to look after lost work, unless this is one round (`--batch`)."""
        if not batch:
            start_looking_after()
        super().handle(*args, batch=batch, **options)
