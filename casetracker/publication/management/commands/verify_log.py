"""`manage.py verify_log`: is the publication log what it was?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from casetracker.publication.verifying import verified_head


class Command(BaseCommand):
    """Recompute every hash of the log and name the first row that does not fit."""

    help = "Check the publication log. Exit code 1 and the first bad row if it was tampered with."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the head that was verified, or fail with the first problem; with 2 if it cannot be looked at."""
        try:
            problem, head = verified_head()
        except DatabaseError as error:
            message = "The log cannot be read: the database has no tables yet, or does not answer."
            raise CommandError(message, returncode=2) from error
        if head is None:
            raise CommandError(f"The log was changed: {problem}.", returncode=1)
        self.stdout.write(f"The log is whole: {head.sequence} entries, head {head.entry_hash or '(empty)'}.")
