"""Faults of what the site stands on, apart from faults of the program: a database that is away, a disk that is full."""

import enum
import errno
import sqlite3

from django.db import InterfaceError, OperationalError

RETRY_AFTER = 30  # seconds

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_POSTGRES_FULL = "53100"
_SQLITE_FULL = "disk is full"


class Outage(enum.Enum):
    """What is out of order."""

    AWAY = "the database does not answer"
    FULL = "the disk is full"


def outage_of(error: BaseException | None) -> Outage | None:
    """Return which outage an exception tells of; None if it is a fault of the program."""
    if is_disk_full(error):
        return Outage.FULL
    if isinstance(error, OperationalError | InterfaceError) and not _is_wrong_sql(error):
        return Outage.AWAY
    return None


def _is_wrong_sql(error: BaseException) -> bool:
    """Tell whether SQLite was asked for what is not there, such as a table before the first migration."""
    return getattr(error.__cause__, "sqlite_errorname", "") == "SQLITE_ERROR"


def is_disk_full(error: BaseException | None) -> bool:
    """Tell whether an exception of the file system or of a database says that no room is left."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    cause = error.__cause__ if isinstance(error, OperationalError) else None
    if isinstance(cause, sqlite3.Error):
        return _SQLITE_FULL in str(cause)  # A full-text index tells it without the code.
    return getattr(cause, "sqlstate", None) == _POSTGRES_FULL
