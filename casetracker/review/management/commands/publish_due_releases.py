"""`manage.py publish_due_releases`: what the worker does at the end of an embargo, for cron."""

from typing import Any

from django.core.management.base import CommandError

from casetracker.core.management.guarded import GuardedCommand
from casetracker.review.services import publish_due_releases


class Command(GuardedCommand):
    """Publish the releases whose embargo has passed."""

    help = (
        "Publish every release whose embargo has passed. May run beside the worker, and any number of times. "
        "Exit code 1 if one was held back; the desk says why."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many, and nothing of what is in them: cron sends it by mail."""
        outcome = publish_due_releases()
        counts = f"Published: {len(outcome.published)}. Held back: {len(outcome.held_back)}."
        if outcome.held_back:
            raise CommandError(f"{counts} The desk says why.", returncode=1)
        if outcome.published:
            self.stdout.write(counts)
