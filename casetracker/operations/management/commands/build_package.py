"""Write the data package of the present state: `manage.py build_package`, once or for as long as it runs."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from casetracker.public.packages.building import build_current


class Command(BaseCommand):
    """Build the package unless it is there, and take away those that hold what was withdrawn since."""

    help = "Write all that is published as files for download, and take away packages that nobody may read any more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the option."""
        parser.add_argument("--every", type=float, metavar="SECONDS", help="go on, and look so often for a new state")

    def handle(self, *args: Any, every: float | None, **options: Any) -> None:
        """Build once; with an interval, until SIGTERM or SIGINT."""
        if every is None:
            self._build()
            return
        told = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: told.set())
        last: str | None = None
        while not told.is_set():
            try:
                last = self._build(last)
            # Such as a full disk, or documents that are made anew at this moment: it goes on when that is over.
            except (DatabaseError, OSError, LookupError) as error:
                self.stderr.write(f"The package could not be written: {type(error).__name__}. It is tried again.")
            close_old_connections()
            told.wait(every)

    def _build(self, last: str | None = None) -> str:
        """Build, and tell what lies there unless that is what lay there last."""
        package = build_current()
        said = "Nothing is published yet: there is nothing to download."
        if package:
            said = f"{package.name}: {package.whole.bytes} bytes, SHA-256 {package.whole.sha256}"
        if said != last:
            self.stdout.write(said)
        return said
