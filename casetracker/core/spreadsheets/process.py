"""The process that takes a file apart, and how it is kept within bounds."""

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, cast

from casetracker.core.sheet_parsing.findings import Refusal, refuse
from casetracker.core.sheet_parsing.grid import Event
from casetracker.core.sheet_parsing.limits import Limits

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[3]
# -I takes neither environment nor current folder, -S no installed packages.
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from casetracker.core.sheet_parsing.child import main; main()"
)
_CHUNK = 1 << 18
# JSON may write a character as six bytes; what is told besides the texts is small.
_BYTES_PER_CHARACTER = 6
_BESIDES = 64 * 2**20
# The processor time is bounded by the system; this is for a machine that is busy, or a process that waits.
_PATIENCE = 3
_A_MOMENT = 5


def events_of_child(content: bytes, *, encoding: str, sheet: str, limits: Limits) -> Iterator[Event]:
    """Yield what `sheet_parsing.parse.events` yields, from a process without files, environment or much memory.

    Raises `Refusal` also where that process dies, whatever the reason.
    """
    if len(content) > limits.bytes:
        raise refuse("too_large", most=limits.bytes // 2**20)
    asked = json.dumps({"encoding": encoding, "sheet": sheet, "limits": asdict(limits)})
    command = [sys.executable, "-I", "-S", "-B", "-c", _START, str(_ROOT), asked]
    with (
        _in_memory(content) as file,
        subprocess.Popen(  # noqa: S603 - our own program; what people send is its input
            command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/"
        ) as process,
    ):
        try:
            if not (yield from _events(process, limits)):
                raise _reason(process.wait(timeout=_A_MOMENT))
        finally:
            process.kill()


def _in_memory(content: bytes) -> IO[bytes]:
    """Return an open file with the content: it should leave no trace on a disk."""
    if hasattr(os, "memfd_create"):
        file: IO[bytes] = os.fdopen(os.memfd_create("table"), "w+b")
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    file.write(content)
    file.seek(0)
    return file


def _events(process: subprocess.Popen[bytes], limits: Limits) -> Generator[Event, None, bool]:
    """Yield the events; return whether the last one came."""
    for line in _lines(process, limits):
        try:
            kind, value = json.loads(line)
        except ValueError:
            return False
        if kind == "refusal":
            raise Refusal.from_dict(value)
        if kind == "memory":
            raise refuse("needs_too_much_memory")
        if kind == "bug":
            logger.error("A spreadsheet could not be read: %s", value)
            raise refuse("unreadable")
        yield kind, value
        if kind == "about":
            return True
    return False


def _lines(process: subprocess.Popen[bytes], limits: Limits) -> Iterator[bytes]:
    """Yield the lines that the process writes, as long as it keeps within bounds."""
    rest = b""
    for chunk in _chunks(process, limits):
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines


def _chunks(process: subprocess.Popen[bytes], limits: Limits) -> Iterator[bytes]:
    output = cast("IO[bytes]", process.stdout)
    left = limits.text * _BYTES_PER_CHARACTER + _BESIDES
    until = time.monotonic() + limits.seconds * _PATIENCE
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while selector.select(max(0, until - time.monotonic())):
            chunk = os.read(output.fileno(), _CHUNK)
            if not chunk:
                return
            left -= len(chunk)
            if left < 0:
                raise refuse("too_much_text", most=limits.text)
            yield chunk
    raise refuse("takes_too_long")


def _reason(code: int) -> Refusal:
    """Say why the process ended before it had told everything."""
    if -code in {signal.SIGXCPU, signal.SIGKILL}:
        return refuse("takes_too_long")
    logger.error("The process that reads spreadsheets ended with %s", code)
    return refuse("unreadable")
