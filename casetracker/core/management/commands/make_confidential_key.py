"""`manage.py make_confidential_key`: a new key for confidential sources."""

from typing import Any

from django.core.management.base import BaseCommand

from casetracker.core.sealing import new_key


class Command(BaseCommand):
    """Print a new key. It is kept nowhere: losing it loses what is sealed with it."""

    help = (
        "Prints a new key for confidential sources. Put it first among CONFIDENTIAL_KEYS, or on the first line of "
        "the file that CONFIDENTIAL_KEYS_FILE names, and keep a copy away from the database and its backups."
    )
    requires_system_checks = ()  # Without a key, some of them complain.

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it alone, so that it can be sent into a file."""
        self.stdout.write(new_key())
