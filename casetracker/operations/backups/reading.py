"""Reading a backup: into an empty place, and only if all of it is what was saved."""

import hashlib
import os
import re
import tarfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyrage
from django.core.files.base import File
from django.db import connection

from casetracker.operations.backups.databases import ToolFailed, is_empty, load_database
from casetracker.operations.backups.manifest import (
    CAPTURES,
    DATABASES,
    MANIFEST,
    Manifest,
    Packed,
    is_name_in_backup,
    parse_manifest,
)
from casetracker.sources.storage import capture_storage, stored_names

_KEY = re.compile(r"AGE-SECRET-KEY-1\w+")
_CHUNK = 1 << 20  # bytes
_LONGEST_MANIFEST = 1 << 30  # bytes


class BackupRefused(Exception):
    """Nothing was restored; the message says why, and what to do."""


def unpack(file: Path, *, identity: str, folder: Path) -> Manifest:
    """Decrypt a backup into an empty folder and compare each file with the manifest.

    Args:
        file: The backup.
        identity: A text that holds the private key of age, `AGE-SECRET-KEY-1…`.
        folder: Where its files go, in clear.

    Raises `BackupRefused` for another key, and if one byte is not what was saved.
    """
    found, manifest = dict[str, Packed](), None
    try:
        with _decrypted(file, _private_keys(identity)) as stream, tarfile.open(mode="r|", fileobj=stream) as archive:
            for entry in archive:
                content: Any = archive.extractfile(entry) if entry.isreg() else None
                if content and entry.name == MANIFEST and entry.size <= _LONGEST_MANIFEST:
                    manifest = parse_manifest(content.read())
                elif content and is_name_in_backup(entry.name) and entry.name not in found:
                    found[entry.name] = _written(content, folder / entry.name)
                else:
                    raise BackupRefused(f"The backup holds what no backup of casetracker holds: {entry.name!r}.")
    except (pyrage.DecryptError, tarfile.TarError, OSError, ValueError) as error:
        raise BackupRefused(f"The backup cannot be read: {error}. Is it whole, and is this its key?") from error
    if manifest is None:
        raise BackupRefused("The backup is not whole: its manifest is missing.")
    for name in sorted(found.keys() | manifest.files.keys()):
        if found.get(name) != manifest.files.get(name):
            raise BackupRefused(f"The backup is not what was saved: {name} differs from its manifest.")
    return manifest


def restore(file: Path, *, identity: str, private: Path) -> Manifest:
    """Put what a backup holds into the database and the storage of the settings, which must be empty.

    Args:
        file: The backup.
        identity: A text that holds the private key of age.
        private: An empty folder in which it is unpacked first; the caller removes it.

    Raises `BackupRefused`; nothing was restored then.
    """
    if next(stored_names(), None) is not None:
        raise BackupRefused("There are archived copies here already. Restore into an empty place.")
    if not is_empty():
        raise BackupRefused("There is something in the database already. Restore into an empty one.")
    manifest = unpack(file, identity=identity, folder=private)
    if manifest.engine != connection.vendor:
        raise BackupRefused(f"The backup is of {manifest.engine}, and the settings name {connection.vendor}.")
    try:
        load_database(private / DATABASES[manifest.engine])
    except ToolFailed as error:
        raise BackupRefused(str(error)) from error
    for name in manifest.files:
        if name.startswith(CAPTURES):
            with (private / name).open("rb") as content:
                capture_storage().save(name.removeprefix(CAPTURES), File(content))
    return manifest


def _private_keys(text: str) -> list[Any]:
    """Find the keys among what age-keygen and make_backup_key write around them."""
    try:
        keys = [pyrage.x25519.Identity.from_str(key) for key in _KEY.findall(text)]
    except pyrage.IdentityError as error:
        raise BackupRefused(f"This is no private key of age (AGE-SECRET-KEY-1…): {error}") from error
    if not keys:
        raise BackupRefused("There is no private key of age (AGE-SECRET-KEY-1…) in the file.")
    return keys


def _written(content: IO[bytes], target: Path) -> Packed:
    target.parent.mkdir(parents=True, exist_ok=True)
    sha256, size = hashlib.sha256(), 0
    with target.open("xb") as file:
        while chunk := content.read(_CHUNK):
            sha256.update(chunk)
            size += len(chunk)
            file.write(chunk)
    return Packed(size, sha256.hexdigest())


@contextmanager
def _decrypted(file: Path, keys: list[Any]) -> Iterator[IO[bytes]]:
    """Open what is encrypted in a file for reading. What was read counts only once this ends without an error."""
    read_end, write_end = os.pipe()
    with ThreadPoolExecutor(1) as pool:
        decrypted = pool.submit(_decrypt, file, write_end, keys)
        with os.fdopen(read_end, "rb") as stream:
            yield stream
            while stream.read(_CHUNK):  # The archive has an end of its own; the last piece proves the whole.
                pass
        decrypted.result()


def _decrypt(file: Path, write_end: int, keys: list[Any]) -> None:
    with file.open("rb") as encrypted, os.fdopen(write_end, "wb") as stream:
        pyrage.decrypt_io(encrypted, stream, keys)
