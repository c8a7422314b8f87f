"""Make a pair of keys for backups: `manage.py make_backup_key`, on a machine that is not the server."""

from typing import Any

import pyrage
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Print both keys. Nothing is kept."""

    help = "Print a pair of keys for backups. Run it away from the server, which must never see the private one."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the public key, which the server gets, and the private one, which it must never see."""
        identity = pyrage.x25519.Identity.generate()
        self.stdout.write(f"Public key, for BACKUP_RECIPIENTS on the server: {identity.to_public()}")
        self.stdout.write(f"Private key, for a safe, in two places, never on the server: {identity}")
