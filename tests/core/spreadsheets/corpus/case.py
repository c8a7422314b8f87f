"""What a file of the corpus is, and what reading it must come to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A file, and either the table in it or a fragment of the first message and where it points.

    `rows` are (number, cells). `encoding` and `sheet` are what the reader is told. `choices` are the encodings or
    sheets that it must ask for. `problems` is how many there are, where that matters.
    """

    name: str
    file_name: str
    content: Callable[[], bytes]
    message: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[tuple[int, Sequence[str]]] = ()
    row: int | None = None
    column: str = ""
    value: str | None = None
    encoding: str = ""
    sheet: str = ""
    sheets: Sequence[str] = ()
    choices: Sequence[str] = ()
    problems: int = 1
    used: str | None = None  # the encoding that it must have read
    is_bomb: bool = False  # reading it without bounds on memory is not a good idea


NAMES = ("Name", "City")


def good(name: str, file_name: str, content: bytes, *rows: Sequence[str], **others: object) -> Case:
    """Return a file that must be read, with the rows from number 2 on."""
    numbered = others.pop("numbered", None) or list(enumerate(rows, start=2))
    columns = others.pop("columns", NAMES)
    return Case(name, file_name, lambda: content, columns=columns, rows=numbered, **others)


def bad(name: str, file_name: str, content: bytes, message: str, **others: object) -> Case:
    """Return a file that must be refused."""
    return Case(name, file_name, lambda: content, message, **others)
