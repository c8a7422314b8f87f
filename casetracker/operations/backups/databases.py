"""A database as one file, and back: SQLite by itself, PostgreSQL by its own pg_dump and pg_restore."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from casetracker.publication.reading import Head, current_head


class ToolFailed(Exception):
    """A program of PostgreSQL is missing, or did not do it; the message says what it said."""


def dump_database(target: Path) -> Head:
    """Write the database into a file as it is at one moment, while people work. Return the head of that moment."""
    return _dump_sqlite(target) if connection.vendor == "sqlite" else _dump_postgres(target)


def is_empty() -> bool:
    """Tell whether the database that the settings name has no table, or is not there."""
    return not connection.introspection.table_names()


def load_database(source: Path) -> None:
    """Fill the database that the settings name, which is empty."""
    if connection.vendor == "sqlite":
        _load_sqlite(source)
    else:
        _run(["pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"], source)


def _dump_sqlite(target: Path) -> Head:
    with connection.cursor() as cursor:
        # One reading transaction: nobody waits for it, and nothing that was deleted comes along.
        cursor.execute("VACUUM INTO %s", [str(target)])
    with sqlite3.connect(f"file:{target}?mode=ro", uri=True) as copy:
        row = copy.execute("SELECT sequence, entry_hash FROM publication_publicationhead WHERE id = 1").fetchone()
    copy.close()
    sequence, entry_hash = row or (0, "")
    return Head(sequence, entry_hash, None)


def _load_sqlite(source: Path) -> None:
    target = Path(connection.settings_dict["NAME"])
    connection.close()
    for leftover in (target, *(target.with_name(target.name + ending) for ending in ("-wal", "-shm"))):
        leftover.unlink(missing_ok=True)
    shutil.move(source, target)
    target.chmod(0o600)


def _dump_postgres(target: Path) -> Head:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        head = current_head()
        dump = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        _run([*dump, f"--file={target}"])
    return head


def _run(command: list[str], *files: Path) -> None:
    """Run a program of PostgreSQL on our database. The password goes by its environment, which only we can read."""
    (_psql, *arguments), environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    *options, name = arguments
    program = shutil.which(command[0])
    if program is None:
        raise ToolFailed(f"{command[0]} is not installed. Install the client programs of PostgreSQL.")
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, with our own settings
        [program, *command[1:], *options, f"--dbname={name}", *map(str, files)],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ToolFailed(f"{command[0]}: {done.stderr.strip() or done.returncode}")
