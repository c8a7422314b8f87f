"""`manage.py grant_public`: give the role of the public side its few rights, and look whether it has others."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError, transaction

from casetracker.operations.public_role import NotGranted, differences, grant


class Command(BaseCommand):
    """Run it as the owner of the tables after each migration; it may run any number of times."""

    help = "Let a PostgreSQL role read the published tables, and nothing else. Prints each statement that it sends."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options."""
        parser.add_argument("--role", required=True, help="a role that is there already, and of no other use")
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if something is different")

    def handle(self, *args: Any, role: str, check: bool, **options: Any) -> None:
        """Grant, then look with the same eyes as `--check`."""
        with transaction.atomic():
            if not check:
                self._grant(role)
            found = differences(role)
            if found:
                transaction.set_rollback(True)
                raise CommandError("\n".join(found))
        self.stdout.write(f"{role} can read what is published, and nothing else.")

    def _grant(self, role: str) -> None:
        try:
            done = grant(role)
        except NotGranted as error:
            raise CommandError(str(error)) from None
        except ProgrammingError as error:  # PostgreSQL says what it did not allow.
            raise CommandError(
                f"PostgreSQL says: {str(error).strip()}. Nothing was changed. "
                "Run this as the owner of the tables, with CREATEROLE, or as a superuser."
            ) from None
        for statement in done:
            self.stdout.write(f"{statement};")
