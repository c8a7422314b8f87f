"""Hash every archived copy again: `manage.py verify_captures`, for a timer and for whoever doubts."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from casetracker.review.services.captures import verify_capture, verify_copy
from casetracker.sources.capture_choices import CustodyAct
from casetracker.sources.models import Capture, CaptureCopy
from casetracker.sources.storage import original_name


class Command(BaseCommand):
    """Say whether every file is still the one that came in. What changed or is missing is named."""

    help = "Hash all archived copies again; name every file that changed or is missing, and note it in its custody."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("--no-progress", action="store_true", help="no progress bar, for logs")

    def handle(self, *args: Any, no_progress: bool, **options: Any) -> None:
        """Exit with an error if any file is not what it was."""
        captures = Capture.objects.without_texts().order_by("received_at", "id")
        copies = CaptureCopy.objects.select_related("capture").order_by("made_at", "id")
        total = captures.count() + copies.count()
        problems = 0
        with tqdm(total=total, unit="file", disable=no_progress or None) as bar:
            for capture in captures.iterator(chunk_size=100):
                problems += self._tell(bar, original_name(capture.digest), verify_capture(capture), capture)
            for copy in copies.iterator(chunk_size=100):
                problems += self._tell(bar, copy.name, verify_copy(copy), copy.capture)
        if problems:
            raise CommandError(f"{problems} of {total} files are not what they were. Restore them from a backup.")
        self.stdout.write(f"{total} files are what they were.")

    def _tell(self, bar: Any, name: str, found: CustodyAct, capture: Capture) -> bool:
        bar.update()
        if found == CustodyAct.VERIFIED:
            return False
        what = "MISSING" if found == CustodyAct.FOUND_MISSING else "CHANGED"
        bar.write(f"{what}: {name} (capture {capture.pk}, received {capture.received_at:%Y-%m-%d})", file=self.stderr)
        return True
