"""`manage.py db_worker`: what carries out tasks, with a look at the log's triggers before it starts."""

from django_tasks_db.management.commands import db_worker

from casetracker.core.management.guarded import GuardedCommand


class Command(GuardedCommand, db_worker.Command):
    """The worker of django-tasks-db. An app of ours comes first, so that the command by this name is this one."""
