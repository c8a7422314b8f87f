"""`manage.py render_coverage`: print docs/coverage.md."""

from typing import Any

from django.core.management.base import BaseCommand

from casetracker.demo.coverage_doc import render_coverage


class Command(BaseCommand):
    """Print where the facts of the article stand, as Markdown."""

    help = "Print the page docs/coverage.md: manage.py render_coverage > docs/coverage.md"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page to standard output."""
        self.stdout.write(render_coverage(), ending="")
