"""Commands that write what the log rests on, or wait for work that does."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from casetracker.core.append_only import require_triggers


class GuardedCommand(BaseCommand):
    """A command that does not start while a trigger of an append-only table is missing."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Look at the triggers, then do as every command does. Raises `CommandError`, which says what to do."""
        try:
            require_triggers()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None
        output: str | None = super().execute(*args, **options)
        return output
