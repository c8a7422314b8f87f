"""`manage.py render_workflow`: print docs/workflow.md."""

from typing import Any

from django.core.management.base import BaseCommand

from casetracker.review.workflow_doc import render_workflow


class Command(BaseCommand):
    """Print the workflow as Markdown."""

    help = "Print the page docs/workflow.md: manage.py render_workflow > docs/workflow.md"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page to standard output."""
        self.stdout.write(render_workflow(), ending="")
