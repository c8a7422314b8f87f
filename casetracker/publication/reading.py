"""Reading the log."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.db import Error, connections, models, router

from casetracker.core.append_only import AppendOnlyQuerySet
from casetracker.core.prepared import Prepared
from casetracker.publication.models import Checkpoint, LogEntry, PublicationHead
from casetracker.publication.registry import Publication


@dataclass(frozen=True)
class Head:
    """The last entry of the log: all public data is a function of it."""

    sequence: int
    entry_hash: str
    published_at: dt.datetime | None


def current_head() -> Head:
    """Return the head; sequence 0 while nothing is published. One query."""
    rows = _head_query(router.db_for_read(PublicationHead)).fetch()
    return next((Head(*row) for row in rows), Head(0, "", None))


@cache
def _head_query(alias: str) -> Prepared:
    return Prepared(PublicationHead.objects.filter(pk=1).values_list("sequence", "entry_hash", "published_at"), alias)


@dataclass(frozen=True)
class State:
    """What all public answers are a function of: the head, and the last checkpoint, which comes without any entry."""

    head: Head
    checkpoint: int | None


NOTHING = State(Head(0, "", None), None)


def current_state() -> State:
    """Return the state of the log. One query, which is asked before every answer.

    It was written once, and goes past Django's cursors to the driver: those take ten times as long as the database.
    Raises `django.db.Error`, and begins with a new connection after that.
    """
    database = connections[router.db_for_read(PublicationHead)]
    try:
        database.ensure_connection()
        with database.wrap_database_errors:
            # Planned once by the server; the driver of SQLite keeps plans by itself.
            ready = {"prepare": True} if database.vendor == "postgresql" else {}
            rows = database.connection.execute(_state_query(database.alias), **ready).fetchall()
    except Error:
        database.close()
        raise
    return next((State(Head(sequence, digest, None), last) for sequence, digest, last in rows), NOTHING)


@cache
def _state_query(alias: str) -> str:
    checkpoints = Checkpoint.objects.order_by("-id").values("id")[:1]
    # There is one head. Without parameters, for which the drivers have different signs.
    rows = PublicationHead.objects.values_list("sequence", "entry_hash", models.Subquery(checkpoints))
    return str(rows.query.get_compiler(using=alias).as_sql()[0])


_KEPT_BACK = ("content", "salt", "note_salt", "erased_by")


def with_notes(entries: AppendOnlyQuerySet) -> AppendOnlyQuerySet:
    """Read the public note of each entry with it, and nothing else of its snapshot."""
    return entries.select_related("snapshot").defer(*(f"snapshot__{name}" for name in _KEPT_BACK))


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
