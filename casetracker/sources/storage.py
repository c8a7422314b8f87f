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

ALIAS = "captures"
_CHUNK = 1024 * 1024  # bytes


class WriteOnceStorage(FileSystemStorage):
    """A local folder in which a file appears whole or not at all, and is never written a second time."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return the name as it is: a second file of that name is refused, not renamed."""
        return name

    def _save(self, name: str, content: File) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.parent / f".partial-{uuid.uuid4().hex}"
        try:
            with partial.open("xb") as file:
                for chunk in content.chunks(_CHUNK):
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            partial.chmod(0o440)
            try:
                os.link(partial, target)  # Unlike a rename, it fails where a file is already.
            except FileExistsError as error:
                raise SuspiciousFileOperation(f"{name} is written already, and is never overwritten") from error
        finally:
            with suppress(FileNotFoundError):
                partial.unlink()
        return name


def capture_storage() -> Storage:
    """Return the storage of captures: a local folder, or whatever the settings name."""
    return storages[ALIAS]


def original_name(digest: str) -> str:
    """Return the name of an original in the storage."""
    return f"originals/{digest[:2]}/{digest}"


def digest_of(file: IO[bytes] | File) -> tuple[str, int]:
    """Return the SHA-256 (hexadecimal) and the size in bytes of a file, from its first byte on."""
    sha256, size = hashlib.sha256(), 0
    for chunk in _chunks(file):
        sha256.update(chunk)
        size += len(chunk)
    file.seek(0)
    return sha256.hexdigest(), size


def _chunks(file: Any) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk


def keep_original(file: Any) -> tuple[str, int]:
    """Write a file under its SHA-256, unless it is kept already. Return that and the size.

    Raises `InvalidContent` if what lies there under this SHA-256 is not the same any more.
    """
    digest, size = digest_of(file)
    name, storage = original_name(digest), capture_storage()
    if not storage.exists(name):
        with suppress(SuspiciousFileOperation):  # Somebody keeps the same bytes at this moment: see below.
            storage.save(name, File(file))
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
    """Write a working copy under a random name, and return that."""
    return capture_storage().save(f"copies/{uuid.uuid4().hex}", ContentFile(content))
