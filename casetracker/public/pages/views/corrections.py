"""The ledger of corrections and retractions."""

import re
from typing import Any

from casetracker.public.counting import once_per_head
from casetracker.public.labels import RETRACTION_REASONS
from casetracker.public.models import Tombstone
from casetracker.public.pages.base import Page
from casetracker.public.pages.changes import CORRECTIONS, changes_of
from casetracker.public.pages.lists import address
from casetracker.publication.models import LogAction, LogEntry
from casetracker.publication.reading import Head, with_notes

ROWS = 50
BEFORE = "before"
_ENTRY = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


class Corrections(Page):
    """Everything that was wrong, or should not have been public, with the reason; the last first."""

    template_name = "public/corrections.html"
    plural = "corrections"

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return a page of the ledger. An address that asks for no known place gets the first one."""
        entries = with_notes(LogEntry.objects.filter(action__in=CORRECTIONS)).order_by("-sequence")
        before = self.request.GET.get(BEFORE, "")
        if _ENTRY.fullmatch(before):
            entries = entries.filter(sequence__lt=int(before))
        found = list(entries[: ROWS + 1])
        more = len(found) > ROWS
        return {
            "changes": changes_of(found[:ROWS]),
            "numbers": once_per_head(head, "corrections", _numbers),
            "next_page": address(self.request.path, f"{BEFORE}={found[ROWS - 1].sequence}") if more else "",
            "paged": bool(_ENTRY.fullmatch(before)),
        }


def _numbers() -> dict[str, Any]:
    reasons = list(Tombstone.objects.values_list("reason", "successor"))
    return {
        "corrections": LogEntry.objects.filter(action=LogAction.CORRECT).count(),
        "erasures": LogEntry.objects.filter(action=LogAction.ERASE).count(),
        "merges": sum(bool(successor) for _reason, successor in reasons),
        "reasons": [
            (label, count)
            for code, label in RETRACTION_REASONS.items()
            if (count := sum(reason == code and not successor for reason, successor in reasons))
        ],
    }
