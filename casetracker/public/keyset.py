"""Pages of a list by the place of the last row, not by counting rows: page 1,000 costs what page 1 does."""

import base64
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Expression, Field, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from casetracker.public.models.base import VersionedQuerySet

Column = str | Expression


class BadCursor(ValueError):
    """A cursor that this ordering has not given."""


@dataclass(frozen=True)
class Ordering:
    """An order of rows: one or two columns that are never empty and together unique, in one direction."""

    name: str
    fields: tuple[str, ...]

    @property
    def descending(self) -> bool:
        """Whether the order goes down: its name says it with a minus sign, as in Django."""
        return self.name.startswith("-")

    @property
    def order_by(self) -> tuple[str, ...]:
        """The order as Django writes it."""
        return tuple(f"-{field}" if self.descending else field for field in self.fields)

    def after(self, values: list[Any]) -> Q:
        """Return the condition for rows behind the row with these values.

        The first part repeats the first column alone, so that the database can start from an index.
        """
        operator = "lt" if self.descending else "gt"
        if len(values) == 1:
            return Q(**{f"{self.fields[0]}__{operator}": values[0]})
        first, second = self.fields
        return Q(**{f"{first}__{operator}e": values[0]}) & (
            Q(**{f"{first}__{operator}": values[0]}) | Q(**{f"{second}__{operator}": values[1]})
        )


@dataclass(frozen=True)
class Page:
    """Some rows, and the cursor of the next page; empty on the last one."""

    rows: list[Any]
    next_cursor: str


def page_of(
    queryset: QuerySet, ordering: Ordering, columns: tuple[Column, ...], *, limit: int, cursor: str = ""
) -> Page:
    """Return one page of `columns` as tuples, with one query. Raises `BadCursor`."""
    return as_page(rows_of_page(queryset, ordering, columns, limit=limit, cursor=cursor), ordering, limit)


def rows_of_page(
    queryset: QuerySet, ordering: Ordering, columns: tuple[Column, ...], *, limit: int, cursor: str
) -> QuerySet:
    """Return the rows of a page, and the one after it, with their places behind the columns. Raises `BadCursor`."""
    # On the way down, a cursor is the better bound: given both, a database may begin at the other.
    if isinstance(queryset, VersionedQuerySet) and not (cursor and ordering.descending):
        queryset = queryset.bounded(ordering.fields[0])
    if cursor:
        fields = [queryset.model._meta.get_field(field) for field in ordering.fields]
        queryset = queryset.filter(ordering.after(decode_cursor(ordering, cursor, fields)))
    return queryset.order_by(*ordering.order_by).values_list(*columns, *ordering.fields)[: limit + 1]


def as_page(found: Iterable[Sequence[Any]], ordering: Ordering, limit: int) -> Page:
    """Return what `rows_of_page` found as a page."""
    rows, places = list(found), len(ordering.fields)
    more, rows = len(rows) > limit, rows[:limit]
    next_cursor = encode_cursor(ordering, rows[-1][-places:]) if more else ""
    return Page([row[:-places] for row in rows], next_cursor)


def encode_cursor(ordering: Ordering, values: Sequence[Any]) -> str:
    """Return the cursor that leads behind a row. Opaque to clients."""
    text = json.dumps([ordering.name, *map(str, values)], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(ordering: Ordering, cursor: str, fields: list[Field]) -> list[Any]:
    """Return the values of the row that a cursor leads behind. `fields` are those of the ordering.

    Raises `BadCursor` for any other text, and for the cursor of another ordering.
    """
    try:
        name, *values = json.loads(_decoded(cursor))
        if name != ordering.name or not all(isinstance(value, str) and value.isprintable() for value in values):
            raise BadCursor
        return [field.clean(value, None) for field, value in zip(fields, values, strict=True)]
    except (ValueError, TypeError, ValidationError, RecursionError) as error:
        raise BadCursor(_("No cursor of this list and order. Use the address that “next” gave, as it is.")) from error


def _decoded(cursor: str) -> bytes:
    padding = b"=" * (-len(cursor) % 4)
    return base64.b64decode(cursor.encode("ascii") + padding, altchars=b"-_", validate=True)
