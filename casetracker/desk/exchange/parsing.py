"""Rows of a table read as values of fields, with everything that is wrong with them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from secrets import token_bytes
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casetracker.core.spreadsheets import Problem, Row, Table
from casetracker.core.text import with_invisible_shown
from casetracker.core.text_index import TextIndex
from casetracker.desk.exchange.cells import Links
from casetracker.desk.exchange.columns import CITATION, KEY, REFERENCE, SOURCE, Column, SheetKind
from casetracker.desk.exchange.headers import Headers
from casetracker.places.bounds import may_be_in

Step = Callable[[int, int], None]  # how many are done, of how many
Refused = Collection[int]  # the numbers of rows that had errors before

_MOST_SHOWN = 80
ROWS_AT_ONCE = 500  # that are in memory together


@dataclass(slots=True)
class ParsedRow:
    """What a row says. Only what the sheet has a column for is in it. `place` counts the rows from 0."""

    number: int
    place: int = 0
    key: str = ""
    key_is_new: bool = False  # the importer has called nothing by it yet
    reference: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    terms: list[dict[str, str]] | None = None
    notes: list[str] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, message: str, column: str = "", sheet: str = "") -> None:
        """Note what is wrong, with the cell where there is one."""
        value = with_invisible_shown(self.cells.get(column, ""))[:_MOST_SHOWN]
        self.problems.append(Problem(message, sheet=sheet, row=self.number, column=column, value=value))


class Sheet:
    """The rows of a table, read as values of fields whenever they are asked for: none of them is kept.

    What is new in a row has the same identity each time.
    """

    def __init__(self, kind: SheetKind, table: Table, headers: Headers) -> None:
        """Take the table, and note where each key is."""
        self.kind, self.table, self.headers = kind, table, headers
        self.columns = [column for column in headers.columns if column]
        self.at_once = ROWS_AT_ONCE
        self._reader, self._seed = _Reader(kind, table, headers), token_bytes(16)
        self._places = {column.name: place for place, column in enumerate(headers.columns) if column}
        self._keys = TextIndex()
        if KEY.name in self._places:
            for place, row in enumerate(table.rows):
                self._keys.add(row.cells[self._places[KEY.name]], place)
        self._keys.sort()

    def __len__(self) -> int:
        return len(self.table.rows)

    def row(self, place: int) -> ParsedRow:
        """Read one row."""
        return self._reader.read(self.table.rows[place], place)

    def rows(self, places: Iterable[int]) -> list[ParsedRow]:
        """Read some rows."""
        return [self.row(place) for place in places]

    def parts(self) -> Iterator[Sequence[int]]:
        """Yield the places of as many rows as are looked at together."""
        for start in range(0, len(self), self.at_once):
            yield range(start, min(start + self.at_once, len(self)))

    def place_of_key(self, key: str) -> int | None:
        """Return the place of the first row with this key."""
        column = self._places.get(KEY.name, 0)
        return next(
            (place for place in self._keys.numbers_of(key) if self.table.rows[place].cells[column] == key), None
        )

    def has_reference(self, place: int) -> bool:
        """Tell whether a row has something in the column for references."""
        column = self._places.get(REFERENCE.name)
        return column is not None and bool(self.table.rows[place].cells[column])

    def identity(self, place: int) -> UUID:
        """Return the identity of what would be new in a row."""
        digest = blake2b(place.to_bytes(8, "big"), digest_size=16, key=self._seed).digest()
        return UUID(bytes=digest, version=4)


class _Reader:
    def __init__(self, kind: SheetKind, table: Table, headers: Headers) -> None:
        self.kind, self.table, self.headers = kind, table, headers
        self.placed = [(place, column) for place, column in enumerate(headers.columns) if column]
        self.row_parts = dict.fromkeys(column.part for _place, column in self.placed if column.number)
        self.has_terms = any(column.part == "private_terms" for _place, column in self.placed)

    def read(self, row: Row, at: int) -> ParsedRow:
        found = ParsedRow(row.number, at)
        found.terms = [] if self.has_terms else None
        parts: dict[str, dict[int, dict[str, Any]]] = {name: {} for name in self.row_parts}
        for place, column in self.placed:
            text = row.cells[place]
            if text:
                found.cells[column.name] = text
            self._take(found, column, text, parts)
        found.rows = {name: [values for _number, values in sorted(each.items())] for name, each in parts.items()}
        for place in self.headers.to_notes:
            if row.cells[place]:
                found.notes.append(f"{self.table.columns[place]}: {row.cells[place]}")
        self._look_at_place(found)
        return found

    def _take(self, found: ParsedRow, column: Column, text: str, parts: dict[str, dict[int, dict[str, Any]]]) -> None:
        try:
            value = column.widget.clean(text)
            for validate in column.validators if text else ():
                validate(value)
        except (ValueError, ValidationError) as error:
            messages = error.messages if isinstance(error, ValidationError) else [str(error)]
            found.problem(" ".join(messages), column.name, self.table.sheet)
            return
        if column.name in (KEY.name, REFERENCE.name):
            setattr(found, column.name, value)
        elif column.part == "private_terms":
            assert found.terms is not None  # noqa: S101 - there is such a column; for the type checker
            found.terms += [{"kind": column.field, "text": term} for term in value]
        elif column.number:
            self._take_row(parts[column.part], column, text, value)
        elif isinstance(column.widget, Links) or column.name in self._pointing:
            found.links[column.field] = value if isinstance(value, list) else [value] if value else []
        else:
            found.fields[column.field] = self._default(column) if not text else value

    @property
    def _pointing(self) -> tuple[str, ...]:
        return ("record", SOURCE) if self.kind.name == CITATION else ()

    def _take_row(self, rows: dict[int, dict[str, Any]], column: Column, text: str, value: Any) -> None:
        """A row is there as soon as one of its cells says something."""
        if text:
            rows.setdefault(column.number, {})[column.field] = value

    def _default(self, column: Column) -> Any:
        """An empty cell means what an empty field of a new record means."""
        if self.kind.name == CITATION and column.name == "kind":
            return ""
        model_field = self.kind.model._meta.get_field(column.field)
        return model_field.get_default() if model_field.has_default() else column.widget.empty

    def _look_at_place(self, found: ParsedRow) -> None:
        country, latitude, longitude = (found.fields.get(name) for name in ("country", "latitude", "longitude"))
        if not country or latitude is None or longitude is None:
            return
        if may_be_in(country, float(latitude), float(longitude)):
            return
        if abs(longitude) <= 90 and may_be_in(country, float(longitude), float(latitude)):
            message = _(
                "Latitude and longitude are swapped: the other way round the point lies in %(country)s. Swap them."
            )
        else:
            message = _(
                "The point lies far outside of %(country)s. Correct the coordinates or the country, or empty both."
            )
        found.problem(message % {"country": country}, "latitude", self.table.sheet)


def texts_of_links(rows: Sequence[ParsedRow], name: str) -> Iterator[str]:
    """Return what all rows link to in a field."""
    for row in rows:
        yield from row.links.get(name, ())
