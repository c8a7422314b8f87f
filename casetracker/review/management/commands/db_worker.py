"""`manage.py db_worker`: the worker of django-tasks, which also looks after what another one left lying."""

from typing import Any

from django_tasks_db.management.commands import db_worker

from casetracker.review.tasks import start_looking_after


class Command(db_worker.Command):
    """Carry out what waits in the database, until it is stopped."""

    def handle(self, *args: Any, batch: bool, **options: Any) -> None:
        """Begin to look after lost work, unless this is one round (`--batch`)."""
        if not batch:
            start_looking_after()
        super().handle(*args, batch=batch, **options)
