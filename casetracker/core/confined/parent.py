"""The half that starts the process, and keeps it within bounds."""

import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, cast

_ROOT = Path(__file__).resolve().parents[3]
_START = "import sys; sys.path[:0] = sys.argv.pop(1).split({separator!r}); from {module} import main; main()"
_CHUNK = 1 << 18
# The processor time is bounded by the system; this is for a machine that is busy, or a process that waits.
_PATIENCE = 3
_A_MOMENT = 5


class TookTooLong(Exception):
    """The process has not told everything in time."""


class ToldTooMuch(Exception):
    """The process tells more than what it read can hold."""


def command(module: str, asked: str, *, packages: Sequence[Path] = ()) -> list[str]:
    """Return the command that runs `main` of the module, with one argument and the folders of these packages."""
    folders = os.pathsep.join(map(str, (_ROOT, *packages)))
    start = _START.format(separator=os.pathsep, module=module)
    # -I takes neither environment nor current folder, -S no installed packages.
    return [sys.executable, "-I", "-S", "-B", "-c", start, folders, asked]


def started(command: list[str], file: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start the command with the file as its input and nothing else. Raises `OSError` where that cannot be done."""
    return subprocess.Popen(  # noqa: S603 - our own program; what people send is its input
        command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/"
    )


def in_memory(pieces: Iterator[bytes]) -> IO[bytes]:
    """Return an open file with the content: it should leave no trace on a disk."""
    if hasattr(os, "memfd_create"):
        file: IO[bytes] = os.fdopen(os.memfd_create("file"), "w+b")
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    file.writelines(pieces)
    file.seek(0)
    return file


def chunks(process: subprocess.Popen[bytes], *, most: int, seconds: int) -> Iterator[bytes]:
    """Yield what the process writes: at most so many bytes, from so many seconds of work.

    Raises `TookTooLong` and `ToldTooMuch`.
    """
    output = cast("IO[bytes]", process.stdout)
    until = time.monotonic() + seconds * _PATIENCE
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while selector.select(max(0, until - time.monotonic())):
            chunk = os.read(output.fileno(), _CHUNK)
            if not chunk:
                return
            most -= len(chunk)
            if most < 0:
                raise ToldTooMuch
            yield chunk
    raise TookTooLong


def ended(process: subprocess.Popen[bytes]) -> int:
    """Return the code with which a process ended that has closed its output. Raises `TookTooLong` if time ended it."""
    try:
        code = process.wait(timeout=_A_MOMENT)
    except subprocess.TimeoutExpired:
        raise TookTooLong from None
    if -code in {signal.SIGXCPU, signal.SIGKILL}:
        raise TookTooLong
    return code
