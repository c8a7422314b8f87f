"""Hash every archived copy again: `manage.py verify_captures`, for a timer and for whoever doubts."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from casetracker.core.management.guarded import GuardedCommand
from casetracker.review.services.captures import look_at_original, verify_capture, verify_copy
from casetracker.sources.capture_choices import CustodyAct
from casetracker.sources.models import Capture, CaptureCopy
from casetracker.sources.storage import original_name, stored_names

_WORDS = {
    CustodyAct.FOUND_CHANGED: "CHANGED",
    CustodyAct.FOUND_MISSING: "MISSING",
    CustodyAct.FOUND_UNREADABLE: "UNREADABLE",
}


class Command(GuardedCommand):
    """Say whether every file is still the one that came in. What changed, is missing or cannot be read is named."""

    help = "Hash all archived copies again; name every file that changed or is missing, and note it in its custody."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("--no-progress", action="store_true", help="no progress bar, for logs")
        parser.add_argument("--only-look", action="store_true", help="note nothing in the custody, as after a restore")

    def handle(self, *args: Any, no_progress: bool, only_look: bool, **options: Any) -> None:
        """Exit with an error if any file is not what it was."""
        look = look_at_original if only_look else verify_capture
        # The keys first: nothing may be read from an open query while custody is written.
        erased = Capture.objects.filter(custody__act=CustodyAct.ERASED).values("pk")
        kept = Capture.objects.exclude(pk__in=erased)
        captures = list(kept.order_by("received_at", "id").values_list("pk", flat=True))
        made = CaptureCopy.objects.exclude(capture__in=erased)
        copies = list(made.order_by("made_at", "id").values_list("pk", flat=True))
        total, problems, known = len(captures) + len(copies), 0, set[str]()
        with tqdm(total=total, unit="file", disable=no_progress or None) as bar:
            for key in captures:
                capture = Capture.objects.without_texts().get(pk=key)
                name = original_name(capture.digest)
                known.add(name)
                problems += self._tell(bar, name, look(capture), capture)
            for key in copies:
                copy = CaptureCopy.objects.select_related("capture").get(pk=key)
                known.add(copy.name)
                problems += self._tell(bar, copy.name, verify_copy(copy), copy.capture)
        self._tell_of_strays(known)
        if problems:
            raise CommandError(f"{problems} of {total} files are not what they were. Restore them from a backup.")
        self.stdout.write(f"{total} files are what they were.")

    def _tell(self, bar: Any, name: str, found: CustodyAct, capture: Capture) -> bool:
        bar.update()
        if found == CustodyAct.VERIFIED:
            return False
        received = f"{capture.received_at:%Y-%m-%d}"
        bar.write(f"{_WORDS[found]}: {name} (capture {capture.pk}, received {received})", file=self.stderr)
        return True

    def _tell_of_strays(self, known: set[str]) -> None:
        """Name what no capture names: left by a process that was killed, or on its way at this moment."""
        for name in stored_names():
            if name not in known:
                self.stdout.write(f"of no capture: {name} (left by a process that was killed; may be removed)")
