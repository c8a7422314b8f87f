"""How an entry is hashed, and how the log is checked against its hashes."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Cast

from casetracker.core.batches import AT_ONCE, in_batches
from casetracker.core.canonical import length_prefixed, salted_hash, sha256_hex
from casetracker.publication.models import LogAction, LogEntry, PublicationHead, Snapshot

# The order is part of the format: it never changes. A new column would start a format of its own.
_FORMAT = b"casetracker-log-1"
_UNREADABLE = (ValueError, TypeError, DatabaseError)
_TYPES: dict[type[models.Field], type] = {  # type: ignore[type-arg]  # The rest are numbers.
    models.CharField: str,
    models.TextField: str,
    models.DateTimeField: dt.datetime,
}


_Erased = dict[tuple[str, int | None], int]


@dataclass(frozen=True)
class Problem:
    """A row that is not what the log says it must be."""

    sequence: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"entry {self.sequence}, {self.column}: {self.message}"


def timestamp(moment: dt.datetime) -> str:
    """Return a UTC moment as the log hashes it: ISO 8601 with microseconds and Z."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def hash_of(entry: LogEntry) -> str:
    """Return the hash that `entry` must carry: over all its other columns, each behind its length."""
    columns = (
        str(entry.sequence),
        "" if entry.release is None else str(entry.release),
        entry.record_kind,
        entry.reference,
        "" if entry.version is None else str(entry.version),
        entry.action,
        entry.commitment,
        entry.note_hash,
        entry.previous_hash,
        timestamp(entry.published_at),
    )
    return sha256_hex(length_prefixed(_FORMAT, *(column.encode() for column in columns)))


def verify_chain(*, after: int = 0) -> Iterator[Problem]:
    """Yield what is wrong with the log, in its order; nothing if all is well. `after` takes that many entries as read.

    Finds any changed, missing, added or reordered row, except that somebody with full access to the
    database could rewrite the whole chain: against that, compare the head with one noted elsewhere.
    Nothing may be published meanwhile: lock the head, or its last entry looks like a forged one.
    """
    previous, expected, erased = (_read(after) if after else None), after + 1, _erased()
    for sequence, entry in _entries(after):
        if not isinstance(sequence, int):
            yield Problem(expected, "sequence", "holds no number")
            continue
        if sequence < expected:
            yield Problem(sequence, "sequence", "stands before the first entry")
        elif sequence > expected:
            yield Problem(expected, "sequence", f"missing: the next entry is {sequence}")
        if entry is None:
            yield Problem(sequence, "row", "cannot be read")
        else:
            yield from _verify_entry(entry, previous, erased)
        previous, expected = entry, sequence + 1
    yield from _verify_ownership()
    yield from _verify_head(expected - 1, previous)


def _entries(after: int) -> Iterator[tuple[int, LogEntry | None]]:
    """Yield the number of each entry, and the entry; None if it cannot be read.

    SQLite keeps a damaged text or date, but refuses to read it, and with it all rows of the same query.
    """
    entries_after = LogEntry.objects.filter(sequence__gt=after) if after else LogEntry.objects.all()
    numbers = entries_after.order_by("sequence").values_list("sequence", flat=True)
    for batch in in_batches(numbers.iterator(chunk_size=AT_ONCE)):
        try:
            entries = {entry.sequence: entry for entry in _with_snapshots().filter(sequence__in=batch)}
        except _UNREADABLE:
            entries = {number: entry for number in batch if (entry := _read(number))}
        yield from ((number, entries.get(number)) for number in batch)


def _with_snapshots() -> Any:
    stored_at = Cast("published_at", models.CharField())
    return LogEntry.objects.select_related("snapshot").annotate(stored_at=stored_at)


def _read(number: int) -> LogEntry | None:
    try:
        entry: LogEntry = _with_snapshots().get(sequence=number)
    except _UNREADABLE:
        return None
    return entry


def _erased() -> _Erased:
    """Return what the log says to be erased: each version, with the entry that says so."""
    try:
        rows = list(LogEntry.objects.filter(action=LogAction.ERASE).values_list("reference", "version", "sequence"))
    except _UNREADABLE:  # Found again, and named, when its turn comes.
        return {}
    return {(reference, version): sequence for reference, version, sequence in rows}


def _verify_entry(entry: LogEntry, previous: LogEntry | None, erased: _Erased) -> Iterator[Problem]:
    misfits = [Problem(entry.sequence, name, "holds no such value") for name in _misfits(entry)]
    yield from misfits
    if misfits:
        return
    if entry.previous_hash != (previous.entry_hash if previous else ""):
        yield Problem(entry.sequence, "previous_hash", "is not the hash of the entry before")
    if previous and entry.published_at < previous.published_at:
        yield Problem(entry.sequence, "published_at", "is earlier than the entry before")
    if entry.entry_hash != hash_of(entry):
        yield Problem(entry.sequence, "entry_hash", "does not fit the other columns: one of them was changed")
    yield from _verify_snapshot(entry, erased)


def _misfits(row: LogEntry | Snapshot) -> Iterator[str]:
    """Yield the columns whose value the program never writes: SQLite lets any value stand in any column."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if not isinstance(value, _TYPES.get(type(field), int)) and not (value is None and field.null):
            yield field.name
    if isinstance(row, LogEntry):
        written = connection.ops.adapt_datetimefield_value(row.published_at)
        # SQLite keeps a moment as a text, and there is more than one text for each.
        if isinstance(written, str) and written != row.stored_at:  # type: ignore[attr-defined]
            yield "published_at"


def _verify_snapshot(entry: LogEntry, erased: _Erased) -> Iterator[Problem]:
    if not hasattr(entry, "snapshot"):
        yield Problem(entry.sequence, "snapshot", "is missing")
        return
    snapshot = entry.snapshot
    misfits = [Problem(entry.sequence, f"snapshot {name}", "holds no such value") for name in _misfits(snapshot)]
    yield from misfits
    if misfits:
        return
    yield from _verify_content(entry, snapshot, erased)
    is_there = bool(snapshot.note or snapshot.note_salt)
    if snapshot.erased_by is not None:
        if (entry.reference, snapshot.erased_by) not in {(reference, at) for (reference, _), at in erased.items()}:
            yield Problem(entry.sequence, "snapshot", f"was erased by entry {snapshot.erased_by}, which erased it not")
    elif entry.note_hash or is_there:
        if not _fits(entry.note_hash, snapshot.note_salt, snapshot.note):
            yield Problem(entry.sequence, "note_hash", "the public note or its salt was changed")
        return
    if is_there:
        yield Problem(entry.sequence, "note_hash", "the public note is there, though it was erased")


def _verify_content(entry: LogEntry, snapshot: Snapshot, erased: _Erased) -> Iterator[Problem]:
    erased_by = erased.get((entry.reference, entry.version)) if entry.action != LogAction.ERASE else None
    if snapshot.content is None:
        if erased_by is None or erased_by < entry.sequence:
            yield Problem(entry.sequence, "commitment", "the snapshot is gone, and no entry says that it was erased")
    elif not _fits(entry.commitment, snapshot.salt or "", snapshot.content):
        yield Problem(entry.sequence, "commitment", "the snapshot or its salt was changed")
    elif erased_by:
        yield Problem(entry.sequence, "snapshot", f"is there, and entry {erased_by} says that it was erased")


def _fits(commitment: str, salt: str, text: str) -> bool:
    try:
        # Capital digits and blanks would give the same bytes.
        return bytes.fromhex(salt).hex() == salt and salted_hash(salt, text.encode()) == commitment
    except ValueError:  # A salt that is no longer hexadecimal.
        return False


def _verify_ownership() -> Iterator[Problem]:
    owner = LogEntry.objects.filter(pk=OuterRef("pk"))
    for number in Snapshot.objects.exclude(Exists(owner)).values_list("pk", flat=True).order_by("pk"):
        yield Problem(number, "snapshot", "belongs to no entry")


def _verify_head(last_number: int, last: LogEntry | None) -> Iterator[Problem]:
    try:
        head = PublicationHead.objects.filter(pk=1).first() or PublicationHead()
    except _UNREADABLE:
        yield Problem(last_number, "head", "cannot be read")
        return
    if head.sequence > last_number:
        yield Problem(last_number + 1, "sequence", f"missing: the head names entry {head.sequence}")
    elif head.sequence < last_number:
        yield Problem(head.sequence + 1, "sequence", f"stands behind the head, which names entry {head.sequence}")
    elif last and head.entry_hash != last.entry_hash:
        yield Problem(last_number, "head", "does not carry the hash of the last entry")
    elif last and head.published_at != last.published_at:
        yield Problem(last_number, "head", "does not carry the moment of the last entry")
