"""Take what was erased out of the files of the database: `manage.py vacuum_erased`, after each erasure."""

from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError

from casetracker.core.management.guarded import GuardedCommand
from casetracker.operations.vacuum import NotVacuumed, vacuum


class Command(GuardedCommand):
    """Write anew what the database keeps of the tables that erasures reach."""

    help = (
        "Take what was erased out of the files of the database. Run it as the owner of the tables, after each erasure; "
        "it needs room for a second copy of them, and people wait for it. Older backups must go too: docs/erasure.md."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit with an error if anything may be left."""
        try:
            vacuum()
        except (NotVacuumed, DatabaseError) as error:
            raise CommandError(f"Not done: {error}") from error
        self.stdout.write("What was erased is in no file of the database any more. See docs/erasure.md for the rest.")
