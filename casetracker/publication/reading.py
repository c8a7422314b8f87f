"""Reading the log."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass

from casetracker.publication.models import LogEntry, PublicationHead
from casetracker.publication.registry import Publication


@dataclass(frozen=True)
class Head:
    """The last entry of the log: all public data is a function of it."""

    sequence: int
    entry_hash: str
    published_at: dt.datetime | None


def current_head() -> Head:
    """Return the head; sequence 0 while nothing is published. One query."""
    row = PublicationHead.objects.filter(pk=1).values_list("sequence", "entry_hash", "published_at").first()
    return Head(*row) if row else Head(0, "", None)


def as_publication(entry: LogEntry) -> Publication:
    """Return an entry with its snapshot parsed."""
    return Publication(
        sequence=entry.sequence,
        record_kind=entry.record_kind,
        reference=entry.reference,
        version=entry.version,
        action=entry.action,
        published_at=entry.published_at,
        snapshot=json.loads(entry.snapshot.content) if entry.snapshot.content is not None else {},
        note=entry.snapshot.note,
    )


def publications(after: int = 0) -> Iterator[Publication]:
    """Yield everything that was published after the entry `after`, in order."""
    entries = LogEntry.objects.filter(sequence__gt=after).select_related("snapshot").order_by("sequence")
    return (as_publication(entry) for entry in entries.iterator(chunk_size=500))
