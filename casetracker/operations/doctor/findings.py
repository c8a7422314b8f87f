"""What the doctor finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How bad it is. The worst is the exit code of the command."""

    OK = 0
    WARN = 1
    FAIL = 2


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what it is and, unless it is well, what to do. Nothing of records or people."""

    level: Level
    text: str
    remedy: str = ""


@dataclass(frozen=True)
class Asked:
    """What whoever runs the doctor wants to know."""

    full: bool = False  # verify the whole log, not only the latest entries
    urls: tuple[str, ...] = ()  # of a running site
    patience: float = 15.0  # seconds to wait for the worker


Check = Callable[[Asked], Iterator[Finding]]


def ok(text: str) -> Finding:
    """Return that something is well."""
    return Finding(Level.OK, text)


def warn(text: str, remedy: str) -> Finding:
    """Return something that should be seen to."""
    return Finding(Level.WARN, text, remedy)


def fail(text: str, remedy: str) -> Finding:
    """Return something that must be seen to now."""
    return Finding(Level.FAIL, text, remedy)
