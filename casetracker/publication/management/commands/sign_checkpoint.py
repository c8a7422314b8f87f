"""`manage.py sign_checkpoint`: vouch for the log as it stands."""

from typing import Any

from django.core.management.base import CommandError

from casetracker.core.errors import DomainError
from casetracker.core.management.guarded import GuardedCommand
from casetracker.publication.checkpoints import sign_head


class Command(GuardedCommand):
    """Check the log, and sign its last entry. For cron: without anything new it signs nothing."""

    help = "Check the publication log and sign its last entry. Exit code 1 if it was tampered with, or has no key."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was signed, with the public key to tell readers."""
        try:
            checkpoint = sign_head()
        except DomainError as error:
            raise CommandError(str(error), returncode=1) from error
        self.stdout.write(
            f"Entry {checkpoint.sequence} is signed, hash {checkpoint.entry_hash}, public key {checkpoint.public_key}."
        )
