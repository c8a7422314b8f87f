"""Writing the log. Only the review's services may import this: they are the one door."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from casetracker.core.canonical import canonical_json, salted_hash
from casetracker.publication.chain import hash_of
from casetracker.publication.models import LogAction, LogEntry, PublicationHead, Snapshot
from casetracker.publication.reading import as_publication
from casetracker.publication.registry import project


def lock_head() -> PublicationHead:
    """Lock the log for this transaction and return its head.

    Must be the first lock that a publishing transaction takes, so that no two wait for each other.
    On SQLite the transaction itself holds the lock (`BEGIN IMMEDIATE`).
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the log is locked inside a transaction only")
    PublicationHead.objects.get_or_create(pk=1)
    return PublicationHead.objects.select_for_update().get(pk=1)


def next_reference(head: PublicationHead, prefix: str) -> str:
    """Take the next reference with this prefix, such as S-17. The next `append` saves the head."""
    number = head.next_numbers.get(prefix, 1)
    head.next_numbers[prefix] = number + 1
    return f"{prefix}-{number}"


def next_release(head: PublicationHead) -> int:
    """Take the number of a batch. The next `append` saves the head."""
    number = head.next_release
    head.next_release += 1
    return number


@dataclass(frozen=True)
class NewEntry:
    """What is to be written into the log.

    `version` is None for a retraction or merge, and that which is to be erased for an erasure.
    """

    record_kind: str
    reference: str
    version: int | None
    action: LogAction
    snapshot: Mapping[str, Any]
    note: str = ""
    release: int | None = None


def append(head: PublicationHead, new: NewEntry) -> LogEntry:
    """Write one entry, as `append_all` does."""
    return append_all(head, [new])[0]


def append_all(head: PublicationHead, new: Iterable[NewEntry]) -> list[LogEntry]:
    """Write entries with their snapshots in this order, move the head and update the published documents.

    `head` must come from `lock_head` in the same transaction. What one cannot hold in memory at once is to be given
    in batches.
    """
    entries = [_chained(head, one) for one in new]
    LogEntry.objects.bulk_create(entries)
    Snapshot.objects.bulk_create(entry.snapshot for entry in entries)
    head.save()
    project([as_publication(entry) for entry in entries])
    return entries


def _chained(head: PublicationHead, new: NewEntry) -> LogEntry:
    """Make the next entry and its snapshot, and move the head to it. The clock may go backwards; the log does not."""
    content = canonical_json(new.snapshot).decode()
    salt, note_salt = secrets.token_hex(32), secrets.token_hex(32) if new.note else ""
    now = timezone.now()
    entry = LogEntry(
        sequence=head.sequence + 1,
        release=new.release,
        record_kind=new.record_kind,
        reference=new.reference,
        version=new.version,
        action=new.action,
        commitment=salted_hash(salt, content.encode()),
        note_hash=salted_hash(note_salt, new.note.encode()) if new.note else "",
        previous_hash=head.entry_hash,
        published_at=max(now, head.published_at) if head.published_at else now,
    )
    entry.entry_hash = hash_of(entry)
    entry.snapshot = Snapshot(entry=entry, content=content, salt=salt, note=new.note, note_salt=note_salt)
    head.sequence, head.entry_hash, head.published_at = entry.sequence, entry.entry_hash, entry.published_at
    return entry
