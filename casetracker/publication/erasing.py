"""The eraser of the log itself: content and salt of a snapshot, and notes."""

from casetracker.publication import erasers
from casetracker.publication.models import ENDS, Checkpoint, LogAction, LogEntry, PublicationHead, Snapshot


def erase_snapshot(erasure: erasers.Erasure) -> None:
    """Destroy what an entry commits to. The note that came with a version goes with it: nobody could read it since."""
    published = LogEntry.objects.filter(reference=erasure.reference, version=erasure.version)
    erasure.empty(Snapshot.objects.filter(entry__in=published.exclude(action=LogAction.ERASE)))
    if erasure.with_note:
        entry = withdrawing(erasure.reference, erasure.version)
        erasure.empty(Snapshot.objects.filter(entry=entry), leave=("content", "salt"))


def withdrawing(reference: str, version: int) -> LogEntry | None:
    """Return the entry that withdrew a version of a record; None if it may still be read, or never was published."""
    published = LogEntry.objects.filter(reference=reference, version=version).exclude(action=LogAction.ERASE).first()
    if published is None:
        return None
    ends: LogEntry | None = (
        LogEntry.objects.filter(reference=reference, action__in=ENDS, sequence__gt=published.sequence)
        .order_by("sequence")
        .first()
    )
    return ends


def register() -> None:
    """Register the eraser of the log. Called once, when the models are ready."""
    erasers.register("publication log", erase_snapshot, lambda: [Snapshot])
    erasers.exempt("hashes, numbers and moments, of which none can be turned back", *_labels())


def _labels() -> list[str]:
    return [model._meta.label for model in (LogEntry, PublicationHead, Checkpoint)]
