"""Make the published documents again from the log."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from casetracker.core.management.guarded import GuardedCommand
from casetracker.public.projection.rebuild import check, rebuild


class Command(GuardedCommand):
    """Replay the log into empty tables, in one transaction: readers see the old rows until it is done."""

    help = "Make the published documents again from the log. With --check, only compare."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --check."""
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing; exit with 1 and name the first differing row of each table, if any",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each table. Raises `CommandError` (exit code 1) if the check finds a difference."""
        tables = check() if options["check"] else rebuild()
        for table in tables:
            self.stdout.write(f"{table.name}: {table.rows} rows, SHA-256 {table.digest}")
        differences = [f"{table.name}: {table.difference}" for table in tables if table.difference]
        if differences:
            raise CommandError("\n".join([*differences, "Run rebuild_public to make them again from the log."]))
