"""List what was erased: `manage.py list_erasures`. Keep the list apart from the backups: see docs/erasure.md."""

from typing import Any

from django.core.management.base import BaseCommand

from casetracker.operations.erasures import as_lines, carried_out


class Command(BaseCommand):
    """Print one line for each erasure, without a word of what was erased."""

    help = "Print every erasure, one a line, for repeat_erasures and restore --erasures."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them."""
        for line in as_lines(carried_out()):
            self.stdout.write(line)
