"""`manage.py make_checkpoint_key`: a new key that signs the log."""

from typing import Any

from django.core.management.base import BaseCommand

from casetracker.publication.checkpoints import new_key


class Command(BaseCommand):
    """Print a new key. It is kept nowhere."""

    help = (
        "Prints a new private key that signs the publication log. Put it into a file that only the account which "
        "signs may read, and name that with CHECKPOINT_KEY_FILE."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it alone, so that it can be sent into a file."""
        self.stdout.write(new_key())
