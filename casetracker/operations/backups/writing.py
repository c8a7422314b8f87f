"""Writing a backup."""

import datetime as dt
import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyrage
from django.conf import settings
from django.core.files.storage import Storage
from django.db import connection
from django.utils import timezone

from casetracker.operations.backups.databases import ToolFailed, dump_database
from casetracker.operations.backups.manifest import CAPTURES, DATABASES, MANIFEST, Manifest, Packed
from casetracker.operations.backups.noted import LastBackup, note_backup
from casetracker.sources.storage import INCOMING, capture_storage, stored_names

Bar = Callable[[int], object]


class NotBackedUp(Exception):
    """There is no backup; the message says why, and what to do."""


def make_backup(folder: Path, *, recipients: Sequence[str], bar: Bar = lambda _bytes: None) -> Path:
    """Write the database and all archived copies into one encrypted file in a folder, and return the file.

    Args:
        folder: Where the file goes. It appears whole or not at all.
        recipients: Public keys of age, such as `age1…`. Each of their owners can open the file.
        bar: Is told how many bytes were written since it was told last.

    Raises `NotBackedUp` without a public key, for one that is none, and where the database cannot be read out.
    """
    keys = _public_keys(recipients)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = timezone.now()
    # The database lies in clear in this folder already; for a moment there are two of it.
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="backup-") as private:
        database = Path(private) / DATABASES[connection.vendor]
        try:
            head = dump_database(database)
        except ToolFailed as error:
            raise NotBackedUp(str(error)) from error
        manifest = Manifest(now.isoformat(), settings.BUILD, connection.vendor, head.sequence, head.entry_hash)
        target = folder / f"casetracker-{now:%Y%m%dT%H%M%SZ}-{head.sequence}.tar.age"
        with _encrypted(target, keys) as stream, tarfile.open(mode="w|", fileobj=stream) as archive:
            with database.open("rb") as file:
                _pack(archive, manifest, database.name, file, now, bar)
            # After the database: a copy is written before the row that names it, and neither ever goes away.
            for name in stored_names():
                if not name.startswith(f"{INCOMING}/"):
                    _pack_capture(archive, manifest, name, now, bar)
            content = manifest.as_bytes()
            archive.addfile(_entry(MANIFEST, len(content), now), io.BytesIO(content))
    note_backup(LastBackup(now, target.stat().st_size, head.sequence))
    return target


def _public_keys(recipients: Sequence[str]) -> list[Any]:
    if not recipients:
        raise NotBackedUp(
            "Nobody could read a backup: no public key is set. Run manage.py make_backup_key on another machine, and "
            "set BACKUP_RECIPIENTS to the public key that it prints."
        )
    try:
        return [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
    except pyrage.RecipientError as error:
        raise NotBackedUp(f"BACKUP_RECIPIENTS holds what is no public key of age (age1…): {error}") from error


def _pack_capture(archive: tarfile.TarFile, manifest: Manifest, name: str, at: dt.datetime, bar: Bar) -> None:
    storage: Storage = capture_storage()
    with storage.open(name) as file:
        _pack(archive, manifest, f"{CAPTURES}{name}", file, at, bar, size=storage.size(name))


def _pack(
    archive: tarfile.TarFile,
    manifest: Manifest,
    name: str,
    file: Any,
    at: dt.datetime,
    bar: Bar,
    *,
    size: int | None = None,
) -> None:
    size = os.fstat(file.fileno()).st_size if size is None else size
    hashing = _Hashing(file, bar)
    archive.addfile(_entry(name, size, at), hashing)
    manifest.files[name] = Packed(size, hashing.sha256.hexdigest())


def _entry(name: str, size: int, at: dt.datetime) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime, entry.mode = size, int(at.timestamp()), 0o400
    return entry


class _Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes], bar: Bar) -> None:
        self._file, self._bar, self.sha256 = file, bar, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self.sha256.update(chunk)
        self._bar(len(chunk))
        return chunk


@contextmanager
def _encrypted(target: Path, keys: list[Any]) -> Iterator[IO[bytes]]:
    """Open a file for writing what will be encrypted in it. It gets its name once all of it is on the disk."""
    partial = target.with_name(f".{target.name}.partial")
    read_end, write_end = os.pipe()
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=0o600), "wb") as output:
            with ThreadPoolExecutor(1) as pool:
                encrypted = pool.submit(_encrypt, read_end, output, keys)
                with os.fdopen(write_end, "wb") as stream:
                    yield stream
                encrypted.result()
            output.flush()
            os.fsync(output.fileno())
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)


def _encrypt(read_end: int, output: IO[bytes], keys: list[Any]) -> None:
    with os.fdopen(read_end, "rb") as stream:  # Closed on an error too, which ends who writes into it.
        pyrage.encrypt_io(stream, output, keys)
