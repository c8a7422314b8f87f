"""Look at a deployment: `manage.py doctor`, by hand after each change, and by a timer."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from casetracker.operations.doctor import Asked, Level, examine


class Command(BaseCommand):
    """Say what is well and what is not, with what to do. It changes nothing, but may give the worker a task."""

    help = "Look at this deployment. Exit code 0: all is well; 1: something should be seen to; 2: something is wrong."
    requires_system_checks = ()  # It asks them itself, and tells the rest even if one fails.

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what to look at, and how to tell it."""
        parser.add_argument("--url", action="append", default=[], help="a running site to ask; may be given again")
        parser.add_argument("--full", action="store_true", help="verify all of the log, not its latest entries alone")
        parser.add_argument("--patience", type=float, default=15.0, help="seconds to wait for the worker (15)")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every finding, the bad ones with a remedy, and exit with the worst level."""
        found = list(examine(Asked(options["full"], tuple(options["url"]), options["patience"])))
        if options["json"]:
            rows = [
                {"part": part, "level": finding.level.name.lower(), "text": finding.text, "remedy": finding.remedy}
                for part, finding in found
            ]
            self.stdout.write(json.dumps(rows, indent=1, ensure_ascii=False))
        else:
            styles = {Level.OK: self.style.SUCCESS, Level.WARN: self.style.WARNING, Level.FAIL: self.style.ERROR}
            for part, finding in found:
                self.stdout.write(f"{styles[finding.level](f'{finding.level.name.lower():4}')} {part}: {finding.text}")
                if finding.remedy:
                    self.stdout.write(f"     → {finding.remedy}")
        worst = max(finding.level for _part, finding in found)
        if worst:
            raise SystemExit(worst.value)
