"""Changing rows of the log behind the back of program and database, for tests that must find it."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models, transaction

from casetracker.core.append_only import drop_triggers
from casetracker.publication.models import LogEntry, Snapshot

LOG_MODELS = (LogEntry, Snapshot)
# Which entry erased a content is no part of the log: see tests/erasure.
LOG_COLUMNS = [
    (model, field) for model in LOG_MODELS for field in model._meta.concrete_fields if field.name != "erased_by"
]
_INTEGERS = (models.IntegerField, models.OneToOneField)


@contextmanager
def undone() -> Iterator[None]:
    """Undo what happens inside, before anything checks the tampered rows for consistency."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def disarm() -> None:
    """Take away all that keeps rows from being changed: triggers, checks, foreign keys."""
    drop_triggers()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            return
        connection.check_constraints()  # No table with deferred checks can be altered.
        for model in LOG_MODELS:
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'f')",
                [model._meta.db_table],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {model._meta.db_table} DROP CONSTRAINT "{name}"')


def rearm() -> None:
    """Undo what `disarm` did outside the transaction of the test."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def execute(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def stored_bytes(field: models.Field, key: int) -> bytes | None:
    """The bytes that stand for a value in the database; None for NULL."""
    table, pk, column = field.model._meta.db_table, field.model._meta.pk.column, field.column
    if connection.vendor == "sqlite":
        ((value,),) = execute(f"SELECT CAST({column} AS BLOB) FROM {table} WHERE {pk} = %s", key)
        return struct.pack(">q", int(value)) if value is not None and isinstance(field, _INTEGERS) else value
    ((value,),) = execute(f"SELECT {_BYTES[_kind(field)].format(column)} FROM {table} WHERE {pk} = %s", key)
    return None if value is None else bytes(value)


def write_bytes(field: models.Field, key: int, value: bytes, *, as_blob: bool = False) -> None:
    """Store a value by its bytes. Raises `DatabaseError` for what the database itself cannot hold."""
    table, pk, column = field.model._meta.db_table, field.model._meta.pk.column, field.column
    if connection.vendor == "sqlite":
        if as_blob:
            new, given = "%s", value
        elif isinstance(field, _INTEGERS):
            new, given = "%s", struct.unpack(">q", value)[0]
        else:
            new, given = "CAST(%s AS TEXT)", value
    else:
        new, given = _VALUE[_kind(field)], _given(field, value)
    execute(f"UPDATE {table} SET {column} = {new} WHERE {pk} = %s", given, key)


def _kind(field: models.Field) -> str:
    if isinstance(field, models.DateTimeField):
        return "moment"
    return "number" if isinstance(field, _INTEGERS) else "text"


# PostgreSQL keeps a moment as a number of microseconds.
_BYTES = {
    "text": "convert_to({}, 'UTF8')",
    "number": "int8send({}::bigint)",
    "moment": "timestamptz_send({})",
}
_VALUE = {
    "text": "convert_from(%s, 'UTF8')",
    "number": "%s",
    "moment": "timestamptz '2000-01-01 00:00:00+00' + %s * interval '1 microsecond'",
}


def _given(field: models.Field, value: bytes) -> object:
    return value if _kind(field) == "text" else struct.unpack(">q", value)[0]


def set_value(model: type[models.Model], key: int, **values: object) -> None:
    """Set columns of a row, whatever its constraints say."""
    changes = ", ".join(f"{model._meta.get_field(name).column} = %s" for name in values)
    meta = model._meta
    execute(f"UPDATE {meta.db_table} SET {changes} WHERE {meta.pk.column} = %s", *values.values(), key)


def row(model: type[models.Model], key: int) -> list[object]:
    meta = model._meta
    columns = ", ".join(field.column for field in meta.concrete_fields)
    return list(execute(f"SELECT {columns} FROM {meta.db_table} WHERE {meta.pk.column} = %s", key)[0])


def insert(model: type[models.Model], values: list[object]) -> None:
    meta = model._meta
    columns = ", ".join(field.column for field in meta.concrete_fields)
    places = ", ".join(["%s"] * len(values))
    execute(f"INSERT INTO {meta.db_table} ({columns}) VALUES ({places})", *values)


def delete(sequence: int) -> None:
    execute("DELETE FROM publication_snapshot WHERE entry_id = %s", sequence)
    execute("DELETE FROM publication_logentry WHERE sequence = %s", sequence)
