"""SQLite as the public side sees it: published tables can be read, and nothing else can be done.

SQLite asks before each statement what it may do. That is defence in depth: it holds off a bug that lets a stranger
write SQL, not somebody who runs code in this process and can open the file anew. Against that only the operating
system helps, or PostgreSQL with a role of its own.
"""

import sqlite3
from functools import cache
from typing import Any

from django.db.backends.sqlite3 import base

from casetracker.core.published import published_columns

_SCHEMA = "sqlite_master"  # Which tables and triggers there are; no row of them.
_EXTRA_FUNCTIONS = frozenset({"load_extension", "writefile", "readfile", "edit", "fts3_tokenizer"})


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection with an authorizer, whose database is opened for reading (`mode=ro` in its name)."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, let Django set what it needs, and close the door."""
        connection = super().get_new_connection(conn_params)
        connection.set_authorizer(authorize)
        return connection


def authorize(action: int, first: str | None, second: str | None, database: str | None, _trigger: str | None) -> int:
    """Say whether a statement may do one thing. What is not allowed here is refused."""
    return sqlite3.SQLITE_OK if _is_allowed(action, first, second, database) else sqlite3.SQLITE_DENY


def _is_allowed(action: int, first: str | None, second: str | None, database: str | None) -> bool:
    if action in {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE}:
        return True  # It asks for each table and column too.
    if action == sqlite3.SQLITE_READ:
        return database in {None, "main"} and _is_readable(first, second)
    if action == sqlite3.SQLITE_FUNCTION:
        return second not in _EXTRA_FUNCTIONS
    if action == sqlite3.SQLITE_PRAGMA:
        return first == "data_version"  # The index of search asks whether it is as it was.
    # The index of search announces its columns so. The database is open for reading: nothing is written.
    return action == sqlite3.SQLITE_UPDATE and first == _SCHEMA


def _is_readable(table: str | None, column: str | None) -> bool:
    readable = _readable()
    if table is None or table not in readable:
        return False
    columns = readable[table]
    return columns is None or not column or column in columns  # To count rows names no column.


@cache
def _readable() -> dict[str, frozenset[str] | None]:
    return {_SCHEMA: None, **published_columns()}
