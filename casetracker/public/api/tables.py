"""Rows of a list as a table: columns come from the description of the row, in its order.

A new field gets its column by itself; one with many members needs a word here on what to show of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from rest_framework import serializers

from casetracker.public.rendering.values import Rendered

SEPARATOR = " | "  # between several values in one cell


def _reply(reply: Rendered) -> str:
    return f"{reply['asked']}: {reply['answer'] or '-'}"


# What a cell shows of each member, where a field has many. The rest of them is in the JSON.
MEMBERS: dict[str, Callable[[Rendered], str | None]] = {
    "names": lambda name: name["text"],
    "citations": lambda citation: citation["source"]["reference"],
    "replies": _reply,
    "disclosures": lambda disclosure: disclosure["text"],
    "earlier": lambda count: count["reference"],
}

# What every record carries stands at both ends; what makes a kind what it is, between them.
FIRST = ("reference", "version", "record_kind", "label")
LAST = (
    "summary",
    "disclosures",
    "citations",
    "confidential_source",
    "confidential_source_for",
    "verification",
    "published_at",
    "first_published_at",
    "links",
)


@dataclass(frozen=True)
class Column:
    """A column: its name, and the keys that lead to its value. `key` is the field that it belongs to."""

    name: str
    path: tuple[str, ...]
    members: Callable[[Rendered], str | None] | None = None

    @property
    def key(self) -> str:
        """The field of the row."""
        return self.path[0]

    def cell(self, row: Rendered) -> object:
        """Return the value; several in one text, each once."""
        value: Any = row
        for key in self.path:
            value = None if value is None else value[key]
        if not isinstance(value, list):
            return value
        texts = [self.members(member) if self.members else member for member in value]
        return SEPARATOR.join(dict.fromkeys(str(text) for text in texts if text is not None))


@cache
def columns_of(row: type[serializers.Serializer]) -> tuple[Column, ...]:
    """Return the columns of the rows that a serializer describes. Raises `KeyError` for members without a word."""
    return tuple(sorted(_columns(row(), ()), key=_place))


def chosen_columns(row: type[serializers.Serializer], fields: list[str]) -> list[Column]:
    """Return the columns of some fields; of all without any."""
    return [column for column in columns_of(row) if not fields or column.key in fields]


def _place(column: Column) -> int:
    """Return where in the row a column stands. Sorting leaves the others as they are."""
    if column.key in FIRST:
        return FIRST.index(column.key) - len(FIRST)
    return LAST.index(column.key) + 1 if column.key in LAST else 0


def _columns(row: serializers.Serializer, path: tuple[str, ...]) -> Iterator[Column]:
    for name, field in row.fields.items():
        here = (*path, name)
        if isinstance(field, serializers.Serializer):
            yield from _columns(field, here)
        elif isinstance(field, serializers.ListSerializer):
            yield Column("_".join(here), here, MEMBERS[name])
        else:
            yield Column("_".join(here), here)
