"""The machine: its disk, its clock, and whether it was backed up."""

import datetime as dt
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyrage
from django.conf import settings
from django.db import connection
from django.utils import timezone

from casetracker.operations.backups.noted import last_backup
from casetracker.operations.doctor.findings import Asked, Finding, fail, ok, warn
from casetracker.publication.reading import current_head

_MB = 1024**2
_BACKUP_WITHIN = dt.timedelta(hours=36)  # a night that failed is seen on the next morning
_BACKUP_AT_LEAST = dt.timedelta(days=7)
_CLOCKS_DIFFER = dt.timedelta(seconds=5)  # codes of apps change every 30 seconds
_OTHERS = 0o007


def check_disk(_asked: Asked) -> Iterator[Finding]:
    """See that there is room for the database and for archived copies."""
    try:
        free = shutil.disk_usage(settings.DATA_DIR).free
    except OSError:
        return  # The folder is not there; the next check says so.
    remedy = "Make room, or take a larger disk: a full one stops all work. DISK_FREE_LEAST_MB sets when this is said."
    if free < settings.DISK_FREE_LEAST:
        found = fail if free < settings.DISK_FREE_LEAST / 2 else warn
        yield found(f"Only {free // _MB:,} MB are free.", remedy)
    else:
        yield ok(f"{free // _MB:,} MB are free.")


def check_folder(_asked: Asked) -> Iterator[Finding]:
    """See that we can write where the data lies, and that strangers cannot read it."""
    folder = Path(settings.DATA_DIR)
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield fail(f"{folder} cannot be read and written.", "Make it, or give it to the user under whom this runs.")
    elif folder.stat().st_mode & _OTHERS:
        yield warn(f"Every user of this machine can look into {folder}.", f"chmod o= {folder}")
    else:
        yield ok(f"{folder} is ours alone.")


def check_backup(_asked: Asked) -> Iterator[Finding]:
    """See that there can be a backup, and when the last one was made."""
    try:
        keys = [pyrage.x25519.Recipient.from_str(key) for key in settings.BACKUP_RECIPIENTS]
    except pyrage.RecipientError:
        yield fail("BACKUP_RECIPIENTS holds what is no public key.", "Set what manage.py make_backup_key printed.")
        return
    if not keys:
        yield fail(
            "There can be no backup: no public key is set.",
            "Run manage.py make_backup_key on another machine, and set BACKUP_RECIPIENTS.",
        )
        return
    backup, remedy = last_backup(), "Run manage.py backup FOLDER, and see why the timer did not."
    if backup is None:
        yield fail("No backup was made on this machine.", remedy)
        return
    age = timezone.now() - backup.made_at
    text = (
        f"The last backup is {age // dt.timedelta(hours=1)} hours old, with {backup.head_sequence} entries of the log."
    )
    if age > _BACKUP_WITHIN:
        yield (fail if age > _BACKUP_AT_LEAST else warn)(text, remedy)
    else:
        yield ok(text)


def check_clock(_asked: Asked) -> Iterator[Finding]:
    """See that the clock is not behind what it said before, nor other than that of the database."""
    found = list(_behind_the_log()) + list(_behind_the_files()) + list(_other_than_the_database())
    yield from found or [ok("The clock is not behind the log, the files and the database.")]


def _behind_the_log() -> Iterator[Finding]:
    published_at = current_head().published_at
    if published_at and published_at > timezone.now():
        yield fail(
            f"The clock is behind the log, whose last entry is of {published_at:%Y-%m-%d %H:%M:%S} UTC.",
            "Set the clock by NTP. If it is right now, it was ahead: entries will bear that moment until it has come.",
        )


def _behind_the_files() -> Iterator[Finding]:
    ahead = time.time() + _CLOCKS_DIFFER.total_seconds()
    if any(moment > ahead for moment in _moments(Path(settings.DATA_DIR))):
        yield fail("The clock is behind files that were written before.", "Set the clock by NTP.")


def _moments(folder: Path) -> Iterator[float]:
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(FileNotFoundError):  # The database takes its own away.
            yield path.stat().st_mtime


def _other_than_the_database() -> Iterator[Finding]:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    if abs(theirs - timezone.now()) > _CLOCKS_DIFFER:
        yield fail("The database has another time than this machine.", "Set both clocks by NTP.")
