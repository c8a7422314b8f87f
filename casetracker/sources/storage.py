"""Where originals lie: under the SHA-256 of their bytes, written once."""

import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.translation import gettext as _

from casetracker.core.errors import InvalidContent
from casetracker.core.outages import is_disk_full

ALIAS = "captures"
ORIGINALS, COPIES, INCOMING = "originals", "copies", "incoming"
_CHUNK = 1024 * 1024  # bytes
_FOLDER_MODE, _FILE_MODE, _PARTIAL_MODE = 0o700, 0o400, 0o600


class WriteOnceStorage(FileSystemStorage):
    """A local folder in which a file appears whole or not at all, and is never written a second time.

    Nobody but the user of this process can look into it.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return the name as it is: a second file of that name is refused, not renamed."""
        return name

    def _save(self, name: str, content: File) -> str:
        target, partial = Path(self.path(name)), Path(self.path(f"{INCOMING}/{uuid.uuid4().hex}"))
        self._make_folder(target.parent)
        self._make_folder(partial.parent)
        try:
            with open(partial, "xb", opener=_private) as file:
                for chunk in content.chunks(_CHUNK):
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            partial.chmod(_FILE_MODE)
            try:
                os.link(partial, target)  # Unlike a rename, it fails where a file is already.
            except FileExistsError as error:
                raise SuspiciousFileOperation(f"{name} is written already, and is never overwritten") from error
            _sync(target.parent)
        finally:
            with suppress(FileNotFoundError):
                partial.unlink()
        return name

    def _make_folder(self, folder: Path) -> None:
        """Make a folder and those above it. A new name is on the disk only once its own folder is written too."""
        for one in reversed([folder, *folder.parents]):
            if not one.exists():
                one.mkdir(mode=_FOLDER_MODE, exist_ok=True)
                _sync(one.parent)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, mode=_PARTIAL_MODE)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def capture_storage() -> Storage:
    """Return the storage of captures: a local folder, or whatever the settings name."""
    return storages[ALIAS]


def original_name(digest: str) -> str:
    """Return the name of an original in the storage."""
    return f"{ORIGINALS}/{digest[:2]}/{digest}"


def stored_names() -> Iterator[str]:
    """Yield the names of all files in the storage, also of those that were never finished."""
    storage = capture_storage()
    folders = [f"{ORIGINALS}/{folder}" for folder in _listed(storage, ORIGINALS)[0]]
    for folder in (*sorted(folders), COPIES, INCOMING):
        yield from (f"{folder}/{name}" for name in sorted(_listed(storage, folder)[1]))


def _listed(storage: Storage, folder: str) -> tuple[list[str], list[str]]:
    try:
        return storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def digest_of(file: IO[bytes] | Any) -> tuple[str, int]:
    """Return the SHA-256 (hexadecimal) and the size in bytes of a file, from its first byte on."""
    sha256, size = hashlib.sha256(), 0
    file.seek(0)
    while chunk := file.read(_CHUNK):
        sha256.update(chunk)
        size += len(chunk)
    file.seek(0)
    return sha256.hexdigest(), size


def keep_original(file: Any) -> tuple[str, int]:
    """Write a file under its SHA-256, unless it is kept already. Return that and the size.

    Raises `InvalidContent` if what lies there under this SHA-256 is not the same any more, or if the disk is full.
    """
    digest, size = digest_of(file)
    name, storage = original_name(digest), capture_storage()
    if not storage.exists(name):
        with suppress(SuspiciousFileOperation):  # Somebody keeps the same bytes at this moment: see below.
            _save(name, File(file))
            file.seek(0)
            return digest, size
    with storage.open(name) as kept:
        if digest_of(kept)[0] != digest:
            raise InvalidContent(
                _(
                    "This file was kept before, and what is kept has been changed since. Tell whoever runs this site: "
                    "manage.py verify_captures names the file. Nothing was written."
                )
            )
    file.seek(0)
    return digest, size


def keep_copy(content: bytes) -> str:
    """Write a working copy under a random name, and return that. Raises `InvalidContent` if the disk is full."""
    return _save(f"{COPIES}/{uuid.uuid4().hex}", ContentFile(content))


def _save(name: str, content: File) -> str:
    try:
        return capture_storage().save(name, content)
    except OSError as error:
        if not is_disk_full(error):
            raise
        message = _(
            "The disk on which copies are kept is full. Nothing was kept of this file: tell whoever runs this site, "
            "and bring it again when there is room."
        )
        raise InvalidContent(message, field_errors={"file": [message]}) from error
