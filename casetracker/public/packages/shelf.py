"""The packages that lie there, as the public side reads them: files, and a few words about each.

A package is called after the day and the entry of the log that it holds the record of. Nothing in it ever changes. It
may be read as long as everything in it may: when a record is withdrawn, so are all packages that hold it, at once,
because the published documents say so and not the folder.
"""

import datetime as dt
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from casetracker.public.counting import once_per_head
from casetracker.public.models import RECORD_DOCUMENTS, Document, SourceDocument
from casetracker.publication.models import LogEntry
from casetracker.publication.reading import Head

ABOUT = "package.json"
NAME = r"casetracker-[0-9]{4}-[0-9]{2}-[0-9]{2}-[1-9][0-9]{0,17}"
FILE = r"[a-z][a-z0-9_-]*(?:\.[a-z0-9]+){1,2}"
_NAME = re.compile(NAME, re.ASCII)


@dataclass(frozen=True)
class PackageFile:
    """A file: its size in bytes and its SHA-256. `list` is what it has the rows of; empty for one about all."""

    name: str
    bytes: int
    sha256: str
    list: str = ""
    form: str = ""


@dataclass(frozen=True)
class Package:
    """A package. `whole` is the archive with all of its `files`. `counts` says how many rows each list has."""

    name: str
    sequence: int
    entry_hash: str
    published_at: dt.datetime
    counts: dict[str, int]
    whole: PackageFile
    files: tuple[PackageFile, ...]

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return settings.PACKAGES_DIR / self.name

    def file_called(self, name: str) -> PackageFile | None:
        """Return one of its files, the archive among them."""
        return next((file for file in (self.whole, *self.files) if file.name == name), None)

    def as_text(self) -> str:
        """Return what is written beside the files."""
        return json.dumps({**asdict(self), "published_at": self.published_at.isoformat()}, indent=1)


def moment_of(head: Head) -> dt.datetime:
    """Return of when the package of an entry is, in UTC. Raises `ValueError` where nothing is published yet."""
    if head.published_at is None:
        raise ValueError("nothing is published yet")
    return head.published_at.astimezone(dt.UTC)


def name_of(head: Head) -> str:
    """Return what the package of an entry is called. Raises as `moment_of` does."""
    return f"casetracker-{moment_of(head):%Y-%m-%d}-{head.sequence}"


def is_name(text: str) -> bool:
    """Tell whether a package could be called so."""
    return _NAME.fullmatch(text) is not None


def kept() -> list[Package]:
    """Return all that lie there, the newest first, whether they may be read or not."""
    try:
        folders = [folder for folder in settings.PACKAGES_DIR.iterdir() if is_name(folder.name)]
    except FileNotFoundError:
        return []
    found = (_read(folder) for folder in folders)
    return sorted((package for package in found if package), key=lambda package: package.sequence, reverse=True)


def called(name: str) -> Package | None:
    """Return the package of a name, whether it may be read or not."""
    return _read(settings.PACKAGES_DIR / name) if is_name(name) else None


def readable(head: Head) -> list[Package]:
    """Return those that may be read, the newest first."""
    return [package for package in kept() if may_be_read(head, package)]


def may_be_read(head: Head, package: Package) -> bool:
    """Tell whether a package is of this log, and nothing in it was withdrawn since. Asks once per head.

    Of another log it is when a database was taken back from a backup, and went on otherwise.
    """
    its_entry = LogEntry.objects.filter(sequence=package.sequence, entry_hash=package.entry_hash)
    is_of_this_log = once_per_head(head, f"package {package.sequence} {package.entry_hash}", its_entry.exists)
    return is_of_this_log and not is_withdrawn(head, package.sequence)


def is_withdrawn(head: Head, sequence: int) -> bool:
    """Tell whether something has been withdrawn that was published at an entry. At most five queries, once per head."""
    return once_per_head(head, f"package withdrawn {sequence}", lambda: _is_withdrawn(sequence))


def was_possible(name: str) -> bool:
    """Tell whether there can ever have been a package of this name: its day is that of its entry."""
    number = int(name.rpartition("-")[2])
    row = LogEntry.objects.filter(sequence=number).values_list("sequence", "entry_hash", "published_at").first()
    return row is not None and name_of(Head(*row)) == name


def _is_withdrawn(sequence: int) -> bool:
    """Superseded versions are in no package: what ended before the entry is of no concern."""
    models: tuple[type[Document], ...] = (*RECORD_DOCUMENTS.values(), SourceDocument)
    return any(
        model.objects.filter(from_seq__lte=sequence, to_seq__gt=sequence, retracted_seq__gt=sequence).exists()
        for model in models
    )


def _read(folder: Path) -> Package | None:
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):  # Just taken away.
        return None
    return Package(
        **{
            **about,
            "published_at": dt.datetime.fromisoformat(about["published_at"]),
            "whole": PackageFile(**about["whole"]),
            "files": tuple(PackageFile(**file) for file in about["files"]),
        }
    )
