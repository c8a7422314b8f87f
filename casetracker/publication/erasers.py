"""What takes an erased version out of every table: the one registry of erasers.

Each app registers in `AppConfig.ready` which of its tables its eraser covers, or why a table holds nothing of a
version. A test walks all models, and fails for a new one that is in neither.
"""

import uuid
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import QuerySet

Models = Callable[[], Iterable[type[models.Model]]]


@dataclass(frozen=True)
class Erasure:
    """What is to be destroyed: the content of one version of a record, everywhere.

    `whole` says that the working record has no other content than this version, so that it goes too. `words` are what
    free texts are searched for. `sources` are those that go too, with their archived copies: nothing else cites them.
    """

    sequence: int  # Of the entry of the log that says so.
    by: Any  # The person who carries it out.
    record: uuid.UUID
    record_kind: str
    reference: str
    version: int
    whole: bool
    with_note: bool = False  # The public note of the retraction goes too.
    words: frozenset[str] = field(default_factory=frozenset)
    sources: frozenset[uuid.UUID] = field(default_factory=frozenset)

    def empty(self, rows: QuerySet[Any], *, leave: Container[str] = ()) -> int:
        """Empty rows of a table that only grows, but for some columns; return how many they were."""
        found: int = rows.order_by().empty(self.sequence, leave=leave)  # type: ignore[attr-defined] # of erasable rows
        return found


@dataclass(frozen=True)
class Eraser:
    """How some tables lose what they hold of a version; `name` says what that is."""

    name: str
    run: Callable[[Erasure], None]
    tables: Models


_erasers: dict[str, Eraser] = {}
_exempt: dict[str, str] = {}


def register(name: str, run: Callable[[Erasure], None], tables: Models) -> None:
    """Let an eraser take part in every erasure. It runs in its transaction: if it raises, nothing is erased."""
    if name in _erasers:
        raise ValueError(f"an eraser called {name} is registered already")
    _erasers[name] = Eraser(name, run, tables)


def exempt(reason: str, *labels: str) -> None:
    """Say why tables, by their labels such as `auth.Group`, hold nothing of any version."""
    _exempt.update({label.lower(): reason for label in labels})


def erase_everywhere(erasure: Erasure) -> None:
    """Run all erasers, in the order in which they were registered."""
    for eraser in list(_erasers.values()):
        eraser.run(erasure)


def tables_of_erasers() -> dict[type[models.Model], str]:
    """Return every table that an eraser covers, with the name of the eraser."""
    return {model: eraser.name for eraser in _erasers.values() for model in eraser.tables()}


def exempt_tables() -> dict[str, str]:
    """Return the labels, in lower case, of all tables that hold nothing of a version, with the reason."""
    return dict(_exempt)
