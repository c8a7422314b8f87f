"""The last entries of the publication log, for readers."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from casetracker.public.models import RECORD_DOCUMENTS, Document, Erasure, Tombstone
from casetracker.publication.models import ENDS, LogAction, LogEntry
from casetracker.publication.reading import with_notes

NEWS = (LogAction.PUBLISH, LogAction.REVISE)
CORRECTIONS = (LogAction.CORRECT, *ENDS, LogAction.ERASE)


@dataclass(frozen=True)
class Change:
    """One entry. A retraction or merge has a reason, an erasure a ground; all others have what they published."""

    action: str
    reference: str
    record_kind: str
    version: int | None
    published_at: dt.datetime
    note: str
    document: Document | None = None
    reason: str = ""
    successor: str = ""
    ground: str = ""
    sequence: int = 0

    @property
    def earlier_version(self) -> int | None:
        """The version that this one replaced, if there is one."""
        return self.version - 1 if self.document and self.version and self.version > 1 else None


def latest(actions: Iterable[str], limit: int) -> list[Change]:
    """Return the latest changes, last first; what was retracted since is left out. Five queries at most."""
    # Some entries fall away, so that more are read than are shown.
    entries = with_notes(LogEntry.objects.filter(action__in=actions)).order_by("-sequence")[: 2 * limit]
    return changes_of(list(entries))[:limit]


def changes_of(entries: list[LogEntry]) -> list[Change]:
    """Return what some entries, read with their notes, did; what was retracted since is left out."""
    documents = {
        document.from_seq: document
        for record_kind, model in RECORD_DOCUMENTS.items()
        for document in model.objects.readable().filter(
            from_seq__in=[entry.sequence for entry in entries if entry.record_kind == record_kind]
        )
    }
    ended = [entry.sequence for entry in entries if entry.action in ENDS]
    tombstones = Tombstone.objects.filter(sequence__in=ended).in_bulk()
    erased = [entry.sequence for entry in entries if entry.action == LogAction.ERASE]
    grounds = dict(Erasure.objects.filter(sequence__in=erased).values_list("sequence", "ground"))
    changes = [
        Change(
            entry.action,
            entry.reference,
            entry.record_kind,
            entry.version,
            entry.published_at,
            entry.snapshot.note,
            documents.get(entry.sequence),
            *_ending(tombstones.get(entry.sequence)),
            ground=grounds.get(entry.sequence, ""),
            sequence=entry.sequence,
        )
        for entry in entries
    ]
    return [change for change in changes if change.document or change.reason or change.ground]


def _ending(tombstone: Tombstone | None) -> tuple[str, str]:
    return (tombstone.reason, tombstone.successor) if tombstone else ("", "")


def versions_of(model: type[Document], reference: str) -> list[dict[str, object]]:
    """Return the versions of a record that may be read, last first, each with what its entry says. Two queries."""
    rows = model.objects.readable().filter(reference=reference).order_by("-version")
    documents = list(rows.values("version", "published_at", "from_seq", "to_seq"))
    entries = LogEntry.objects.filter(sequence__in=[document["from_seq"] for document in documents])
    told = {
        sequence: (action, note)
        for sequence, action, note in entries.values_list("sequence", "action", "snapshot__note")
    }
    return [
        {
            "number": document["version"],
            "published_at": document["published_at"],
            "is_live": document["to_seq"] is None,
            "action": told[document["from_seq"]][0],
            "note": told[document["from_seq"]][1],
        }
        for document in documents
    ]
