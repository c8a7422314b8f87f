"""The process that takes a file apart, and how it is kept within bounds."""

import json
import logging
import subprocess
from collections.abc import Iterator
from dataclasses import asdict
from typing import IO, cast

from casetracker.core.confined import parent
from casetracker.core.sheet_parsing.findings import Refusal, refuse
from casetracker.core.sheet_parsing.grid import Event
from casetracker.core.sheet_parsing.limits import Limits

logger = logging.getLogger(__name__)

_MODULE = "casetracker.core.sheet_parsing.child"
# JSON may write a character as six bytes; what is told besides the texts is small.
_BYTES_PER_CHARACTER = 6
_BESIDES = 64 * 2**20


def events_of_child(content: bytes, *, encoding: str, sheet: str, limits: Limits) -> Iterator[Event]:
    """Yield what `sheet_parsing.parse.events` yields, from a process without files, environment or much memory.

    Raises `Refusal` also where that process dies, whatever the reason.
    """
    yield from events_of(command(encoding, sheet, limits), content, limits)


def events_of(command: list[str], content: bytes, limits: Limits) -> Iterator[Event]:
    """Yield what the process that a command starts tells of a file."""
    if len(content) > limits.bytes:
        raise refuse("too_large", most=limits.bytes // 2**20)
    with parent.in_memory(iter([content])) as file, _started(command, file) as process:
        try:
            yield from told_by(process, limits)
        finally:
            process.kill()


def command(encoding: str, sheet: str, limits: Limits) -> list[str]:
    """Return the command that reads the file on its standard input."""
    asked = json.dumps({"encoding": encoding, "sheet": sheet, "limits": asdict(limits)})
    return parent.command(_MODULE, asked)


def _started(command: list[str], file: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        return parent.started(command, file)
    except OSError as error:
        logger.exception("The process that reads spreadsheets could not be started")
        raise refuse("not_now") from error


def told_by(process: subprocess.Popen[bytes], limits: Limits) -> Iterator[Event]:
    """Yield the events that the process tells. Raises `Refusal` if it tells nonsense, or ends before the last one."""
    for line in _lines(process, limits):
        try:
            kind, value = _checked(json.loads(line))
        # Whoever gets hold of the process that reads must not get further by what it tells.
        except (ValueError, TypeError, KeyError, RecursionError):
            logger.exception("The process that reads spreadsheets told nonsense")
            raise refuse("unreadable") from None
        if kind == "refusal":
            raise cast("Refusal", value)
        if kind == "memory":
            raise refuse("needs_too_much_memory")
        if kind == "bug":
            logger.error("A spreadsheet could not be read: %s", value)
            raise refuse("unreadable")
        yield kind, value
        if kind == "about":
            return
    try:
        code = parent.ended(process)
    except parent.TookTooLong:
        raise refuse("takes_too_long") from None
    logger.error("The process that reads spreadsheets ended with %s", code)
    raise refuse("unreadable")


def _checked(told: object) -> Event:
    """Return what was told, if it has the form of an event. Raises `ValueError`, `TypeError` or `KeyError`."""
    match told:
        case ["columns", [*columns]] if all(isinstance(column, str) for column in columns):
            return "columns", columns
        case ["row", [int(), [*cells]]] if all(isinstance(cell, str) for cell in cells):
            return "row", told[1]
        case ["about", {"encoding": str(), "delimiter": str(), "sheet": str(), "sheets": [*_names]}]:
            return "about", told[1]
        case ["refusal", {} as refusal]:
            return "refusal", Refusal.from_dict(refusal)
        case ["memory" | "bug" as kind, value]:
            return kind, str(value)
    raise ValueError("no event")


def _lines(process: subprocess.Popen[bytes], limits: Limits) -> Iterator[bytes]:
    """Yield the lines that the process writes, as long as it keeps within bounds."""
    pieces: list[bytes] = []
    for chunk in _chunks(process, limits):
        first, *others = chunk.split(b"\n")
        pieces.append(first)
        for other in others:
            yield b"".join(pieces)
            pieces = [other]


def _chunks(process: subprocess.Popen[bytes], limits: Limits) -> Iterator[bytes]:
    most = limits.text * _BYTES_PER_CHARACTER + _BESIDES
    try:
        yield from parent.chunks(process, most=most, seconds=limits.seconds)
    except parent.ToldTooMuch:
        raise refuse("too_much_text", most=limits.text) from None
    except parent.TookTooLong:
        raise refuse("takes_too_long") from None
