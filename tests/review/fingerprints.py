"""Has an act left anything behind? Counts and values to compare before and after."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection

from casetracker.publication.models import LogEntry
from casetracker.review.models import (
    Check,
    Citation,
    Comment,
    Decision,
    FileExport,
    Participation,
    PrivateTerm,
    PublishedContent,
    Record,
    Suggestion,
)

_KEPT_WITH_A_RECORD = (
    Check,
    Citation,
    Comment,
    Decision,
    FileExport,
    Participation,
    PrivateTerm,
    PublishedContent,
    Suggestion,
)


@dataclass(frozen=True)
class Fingerprint:
    """All columns of a record, and how many rows hang on it."""

    columns: tuple[Any, ...]
    rows: tuple[int, ...]
    lock_version: int
    decisions: int


def fingerprint(record: Record) -> Fingerprint:
    """Take the fingerprint of a record as it is in the database now.

    One query, without the ORM, because the tests take thousands.
    """
    key = Record._meta.pk.get_db_prep_value(record.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(_sql(), {"record": key})
        found = cursor.fetchone()
    names = [field.attname for field in Record._meta.concrete_fields]
    columns, rows = found[: len(names)], found[len(names) :]
    return Fingerprint(
        columns=columns,
        rows=rows,
        lock_version=columns[names.index("lock_version")],
        decisions=rows[_KEPT_WITH_A_RECORD.index(Decision)],
    )


@cache
def _sql() -> str:
    columns = [field.column for field in Record._meta.concrete_fields]
    counts = [
        f"(SELECT COUNT(*) FROM {model._meta.db_table} WHERE record_id = %(record)s)" for model in _KEPT_WITH_A_RECORD
    ]
    entries = f"(SELECT COUNT(*) FROM {LogEntry._meta.db_table})"
    wanted = ", ".join([*columns, *counts, entries])
    return f"SELECT {wanted} FROM {Record._meta.db_table} WHERE id = %(record)s"
