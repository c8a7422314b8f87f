"""`manage.py render_workflow`: print docs/workflow.md, or what the public page on method says of it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from casetracker.review.workflow_doc import public_workflow, render_workflow


class Command(BaseCommand):
    """Print the workflow as Markdown."""

    help = "Print the page docs/workflow.md: manage.py render_workflow > docs/workflow.md"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --public."""
        parser.add_argument(
            "--public", action="store_true", help="print casetracker/public/data/workflow.json, for the page on method"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page to standard output."""
        self.stdout.write(public_workflow() if options["public"] else render_workflow(), ending="")
