"""The process that takes evidence apart, and how it is kept within bounds."""

import importlib.util
import json
import logging
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File

from casetracker.core.confined import parent
from casetracker.core.file_parsing import kinds
from casetracker.core.file_parsing.answering import IDENTIFY
from casetracker.core.file_parsing.findings import Refusal
from casetracker.core.file_parsing.limits import Limits
from casetracker.core.files.refusals import FileRefused
from casetracker.core.files.types import FileType, Purpose

logger = logging.getLogger(__name__)

Readable = bytes | IO[bytes] | File[bytes]

_MODULE = "casetracker.core.file_parsing.child"
_PACKAGES = ("filetype", "PIL", "pypdf", "cryptography")  # the last is for PDFs, and need not be there
_PIECE = 2**20
_LONGEST_LINE = 2**20


@dataclass(frozen=True)
class Told:
    """What the process has told: the kind of the file, and what was asked for."""

    file_type: FileType
    notes: Mapping[str, str]
    size: Mapping[str, int]
    copies: list[tuple[Purpose, FileType, bytes]]


def ask(question: str, file: Readable, limits: Limits | None) -> Told:
    """Return the answer of a process without files, environment or much memory.

    Raises `FileRefused`, also where that process dies, whatever the reason.
    """
    limits = limits or Limits()
    try:
        kind = checked_kind(file, limits)
        # Recordings are kept without being read; and of other files but archives, the beginning tells what they are.
        if kind in kinds.RECORDINGS or (question == IDENTIFY and kind != kinds.ZIP):
            return Told(FileType(kind), {}, {}, [])
        return _asked(question, kind, _pieces(file), limits)
    except Refusal as refusal:
        raise FileRefused.of(refusal) from None


def checked_kind(file: Readable, limits: Limits) -> str:
    """Return what the beginning of the file tells. Raises `Refusal` if it is nothing that is taken, or too large."""
    kind = kinds.kind_of(_head(file))
    kinds.check_size(kind, _size(file), limits)
    return kind


def _asked(question: str, kind: str, content: Iterator[bytes], limits: Limits) -> Told:
    asked = json.dumps({"question": question, "kind": kind, "limits": asdict(limits)})
    command = parent.command(_MODULE, asked, packages=_folders())
    with parent.in_memory(content) as input_file, _started(command, input_file) as process:
        try:
            return told_by(process, limits)
        finally:
            process.kill()


def _started(command: list[str], file: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        return parent.started(command, file)
    except OSError as error:
        logger.exception("The process that reads files could not be started")
        raise Refusal("not_now") from error


def told_by(process: subprocess.Popen[bytes], limits: Limits) -> Told:
    """Return what the process tells. Raises `Refusal` if that is one, or nonsense, or if it ends before."""
    try:
        told = b"".join(parent.chunks(process, most=limits.copies + _LONGEST_LINE, seconds=limits.seconds))
        code = parent.ended(process)
    except parent.TookTooLong:
        raise Refusal("takes_too_long") from None
    except parent.ToldTooMuch:
        raise Refusal("unpacks_too_large") from None
    line, _newline, rest = told.partition(b"\n")
    # Whoever gets hold of the process that reads must not get further by what it tells.
    try:
        return _checked(json.loads(line), rest)
    except (ValueError, TypeError, KeyError, RecursionError):
        logger.error("The process that reads files ended with %s and told nonsense", code)
        raise Refusal("damaged") from None


def _checked(told: Any, rest: bytes) -> Told:
    """Return what was told, if it has the form of an answer. Raises `Refusal` if it says so, else `ValueError`."""
    match told:
        case {"code": str() as code, "details": {**details}}:
            if place := details.pop("place", None):
                logger.warning("A file could not be read: %s", str(place)[:200])
            raise Refusal(code, **{str(key): value for key, value in details.items() if isinstance(value, str | int)})
        case {"kind": str() as kind, "notes": {**notes}, "size": {**size}, "copies": [*copies]}:
            texts = {str(name): str(value) for name, value in notes.items()}
            numbers = {str(name): value for name, value in size.items() if isinstance(value, int)}
            return Told(FileType(kind), texts, numbers, list(_cut(copies, rest)))
    raise ValueError("no answer")


def _cut(copies: list[Any], rest: bytes) -> Iterator[tuple[Purpose, FileType, bytes]]:
    at = 0
    for purpose, kind, length in copies:
        if not isinstance(length, int) or length < 0 or at + length > len(rest):
            raise ValueError("no copies")
        yield Purpose(purpose), FileType(kind), rest[at : at + length]
        at += length


@lru_cache
def _folders() -> tuple[Path, ...]:
    """Return where the packages are that the process needs; it looks nowhere else."""
    specs = [importlib.util.find_spec(name) for name in _PACKAGES]
    return tuple({Path(spec.origin).parents[1]: None for spec in specs if spec and spec.origin})


def _head(file: Readable) -> bytes:
    if isinstance(file, bytes):
        return file[: kinds.HEAD]
    file.seek(0)
    head: bytes = file.read(kinds.HEAD)
    return head


def _size(file: Readable) -> int:
    if isinstance(file, bytes):
        return len(file)
    file.seek(0, 2)
    return file.tell()


def _pieces(file: Readable) -> Iterator[bytes]:
    """Yield the content piece by piece. The file stands at its beginning before and after."""
    if isinstance(file, bytes):
        yield file
        return
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece
    file.seek(0)
