"""Writing packages: once for each state of the record, whole or not at all, and no more of them than the settings say.

This is the desk side's work (`manage.py build_package`). The public side only reads what lies there.
"""

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from casetracker.core.languages import in_data_language
from casetracker.public.csv import csv_lines
from casetracker.public.packages import columns, descriptor, shelf
from casetracker.public.packages.lists import LISTS
from casetracker.public.packages.shelf import Package, PackageFile
from casetracker.publication.reading import Head, current_head

_INCOMING = ".incoming-"
_LOCK = ".lock"
_FOLDER_MODE, _FILE_MODE = 0o755, 0o644  # The public side may be another user.
_CHUNK = 1024 * 1024  # bytes


def build_current() -> Package | None:
    """See that the package of the present state lies there, and take away what must not. None: nothing is published.

    Waits for whoever builds at the moment. What is withdrawn while it is written is never shown: it begins anew.
    """
    with _alone(), in_data_language():
        while True:
            head = current_head()
            _tidy(head)
            if not head.sequence:
                return None
            package = shelf.called(shelf.name_of(head)) or build(head)
            if package:
                _tidy(head)
                return package


def build(head: Head) -> Package | None:
    """Write the package of a state, unless something in it was withdrawn meanwhile. Must be called `_alone`."""
    incoming = Path(tempfile.mkdtemp(prefix=_INCOMING, dir=settings.PACKAGES_DIR))
    try:
        package = _write(head, incoming)
        incoming.chmod(_FOLDER_MODE)
        if shelf.is_withdrawn(current_head(), head.sequence):
            return None
        incoming.rename(package.folder)
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
    return package


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process build at a time. The lock goes with the process, however that ends."""
    settings.PACKAGES_DIR.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    with (settings.PACKAGES_DIR / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _tidy(head: Head) -> None:
    """Delete what nobody may read any more, what is beyond the number that is kept, and what was never finished."""
    stay = {package.name for package in shelf.readable(head)[: settings.PACKAGES_KEPT]}
    for folder in settings.PACKAGES_DIR.iterdir():
        is_ours = shelf.is_name(folder.name) or folder.name.startswith(_INCOMING)
        if is_ours and folder.name not in stay:
            (folder / shelf.ABOUT).unlink(missing_ok=True)  # First, so that nobody finds half of it.
            shutil.rmtree(folder)


def _write(head: Head, folder: Path) -> Package:
    files: list[PackageFile] = []

    def write(name: str, parts: Iterable[str], **about: str) -> None:
        files.append(_written(folder / name, parts, **about))

    counts = _write_lists(head, write)
    header = [field["name"] for field in columns.DICTIONARY["fields"]]
    write(descriptor.DICTIONARY_FILE, csv_lines(header, columns.dictionary_rows(LISTS)))
    components = columns.json_schemas()
    for packaged in LISTS:
        write(f"{packaged.name}.schema.json", [_json(columns.json_schema(packaged, components))], list=packaged.name)
    write("readme.md", [descriptor.read_me(head, counts)])
    write("datapackage.json", [_json(descriptor.descriptor(head, files))])
    write("checksums.sha256", [descriptor.check_sums(files)])
    name = shelf.name_of(head)
    whole = _zipped(folder / f"{name}.zip", folder, files, head)
    package = Package(name, head.sequence, head.entry_hash, shelf.moment_of(head), counts, whole, tuple(files))
    _written(folder / shelf.ABOUT, [package.as_text()])
    return package


def _write_lists(head: Head, write: Callable[..., None]) -> dict[str, int]:
    counts: dict[str, int] = {}

    def counted(name: str, lines: Iterable[str]) -> Iterator[str]:
        counts[name] = 0
        for part in lines:
            counts[name] += part.count("\n")
            yield part

    for packaged in LISTS:
        for form in packaged.forms:
            parts, ending = packaged.written(head, form), str(form.format)
            if ending == "ndjson":  # A line is a row: no other form can be counted so easily.
                parts = counted(packaged.name, parts)
            write(f"{packaged.name}.{ending}", parts, list=packaged.name, form=ending)
    return counts


def _written(path: Path, parts: Iterable[str], **about: str) -> PackageFile:
    sha256, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        for part in parts:
            content = part.encode()
            sha256.update(content)
            size += file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(_FILE_MODE)
    return PackageFile(path.name, size, sha256.hexdigest(), **about)


def _zipped(path: Path, folder: Path, files: Sequence[PackageFile], head: Head) -> PackageFile:
    """Write the archive. Its times are those of the record, so that the same record makes the same archive."""
    moment = shelf.moment_of(head).timetuple()[:6]
    with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in files:
            entry = zipfile.ZipInfo(f"{path.stem}/{file.name}", moment)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _FILE_MODE << 16
            entry.file_size = file.bytes  # Known beforehand: a large one needs another form.
            entry.create_system = 3  # Unix, wherever it is written: its numbers mean modes.
            with (folder / file.name).open("rb") as content, archive.open(entry, "w") as target:
                shutil.copyfileobj(content, target, _CHUNK)
    path.chmod(_FILE_MODE)
    with path.open("rb") as whole:
        digest = hashlib.file_digest(whole, "sha256").hexdigest()
    return PackageFile(path.name, path.stat().st_size, digest)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
