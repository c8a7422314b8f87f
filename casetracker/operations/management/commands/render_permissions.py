"""`manage.py render_permissions`: print docs/permissions.md."""

from typing import Any

from django.core.management.base import BaseCommand

from casetracker.operations.permissions.page import render_permissions


class Command(BaseCommand):
    """Print who may do what as Markdown."""

    help = "Print the page docs/permissions.md: manage.py render_permissions > docs/permissions.md"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page to standard output."""
        self.stdout.write(render_permissions(), ending="")
