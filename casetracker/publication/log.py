"""Writing the log. Only the review's services may import this: they are the one door."""

import secrets
from collections.abc import Mapping
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


def append(
    head: PublicationHead,
    *,
    record_kind: str,
    reference: str,
    version: int | None,
    action: LogAction,
    snapshot: Mapping[str, Any],
    note: str = "",
    release: int | None = None,
) -> LogEntry:
    """Write one entry with its snapshot, move the head and update the published documents.

    `head` must come from `lock_head` in the same transaction. `version` is None for a retraction or merge, and that
    which is to be erased for an erasure.
    The clock may go backwards; `published_at` does not.
    """
    content = canonical_json(snapshot).decode()
    salt, note_salt = secrets.token_hex(32), secrets.token_hex(32) if note else ""
    now = timezone.now()
    entry = LogEntry(
        sequence=head.sequence + 1,
        release=release,
        record_kind=record_kind,
        reference=reference,
        version=version,
        action=action,
        commitment=salted_hash(salt, content.encode()),
        note_hash=salted_hash(note_salt, note.encode()) if note else "",
        previous_hash=head.entry_hash,
        published_at=max(now, head.published_at) if head.published_at else now,
    )
    entry.entry_hash = hash_of(entry)
    entry.save()
    entry.snapshot = Snapshot(entry=entry, content=content, salt=salt, note=note, note_salt=note_salt)
    entry.snapshot.save()
    head.sequence, head.entry_hash, head.published_at = entry.sequence, entry.entry_hash, entry.published_at
    head.save()
    project(as_publication(entry))
    return entry
