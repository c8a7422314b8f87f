"""Rows of a table read as values of fields, with everything that is wrong with them."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casetracker.core.spreadsheets import Problem, Row, Table
from casetracker.core.text import with_invisible_shown
from casetracker.desk.exchange.cells import Links
from casetracker.desk.exchange.columns import CITATION, KEY, REFERENCE, SOURCE, Column, SheetKind
from casetracker.desk.exchange.headers import Headers
from casetracker.places.bounds import may_be_in

Step = Callable[[int, int], None]  # how many are done, of how many
Refused = Collection[int] | None  # the numbers of rows that a service refused before

_MOST_SHOWN = 80
_EVERY = 500  # rows between two reports of progress


@dataclass(slots=True)
class ParsedRow:
    """What a row says. Only what the sheet has a column for is in it."""

    number: int
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


def parse_rows(kind: SheetKind, table: Table, headers: Headers, step: Step) -> list[ParsedRow]:
    """Read all rows of a table."""
    reader, found = _Reader(kind, table, headers), []
    for place, row in enumerate(table.rows):
        found.append(reader.read(row))
        if place % _EVERY == 0:
            step(place, len(table.rows))
    return found


class _Reader:
    def __init__(self, kind: SheetKind, table: Table, headers: Headers) -> None:
        self.kind, self.table, self.headers = kind, table, headers
        self.placed = [(place, column) for place, column in enumerate(headers.columns) if column]
        self.row_parts = dict.fromkeys(column.part for _place, column in self.placed if column.number)
        self.has_terms = any(column.part == "private_terms" for _place, column in self.placed)

    def read(self, row: Row) -> ParsedRow:
        found = ParsedRow(row.number)
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
