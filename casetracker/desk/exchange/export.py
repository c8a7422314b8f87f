"""Records, sources and citations as the rows of a spreadsheet that can be imported again unchanged.

The number of queries depends on the kind alone. What belongs to the rows (names, links, private terms) is read first;
the rows themselves are streamed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import NotAllowed
from casetracker.desk.exchange.cells import Links
from casetracker.desk.exchange.columns import CITATION, SOURCE, Column, SheetKind
from casetracker.desk.exchange.naming import Names, names_of
from casetracker.review.kinds import CITATIONS, RowKind
from casetracker.review.models import PrivateTerm
from casetracker.review.policies import may_take_out_private_terms

Cell = str | int | Decimal | None
Row = list[Cell]

_AT_ONCE = 2000
_TERMS = "private_terms"
_PRIVATE_OF_SOURCES = ("reliability", "notes")
# The columns of a citation that say what it belongs to, and where that stands in the database.
_OF_CITATIONS = {"record": "record_id", "kind": "record__kind", "source": "source_id"}


def export_table(
    kind: SheetKind, queryset: QuerySet, person: User, with_private: bool = False, order: Sequence[UUID] = ()
) -> tuple[list[str], Iterator[Row]]:
    """Return the names of the columns, and the rows of a query of the kind's model in its order, or in that of keys.

    Without private parts, their columns are left out altogether: an import leaves absent columns as they are.
    Raises `NotAllowed` for private parts that this person may not take out.
    """
    table = Table(kind, queryset, person, with_private=with_private)
    return table.header, (cells for _pk, cells in table.lines(order))


def is_private(kind: SheetKind, column: Column) -> bool:
    """Tell whether a column stays at the desk unless somebody asks for it."""
    if column.part == _TERMS:
        return True
    own = {SOURCE: _PRIVATE_OF_SOURCES, CITATION: CITATIONS.private}
    private = kind.record.private if kind.record else own[kind.name]
    return not column.part and column.field in private


class Table:
    """The rows of a query of one kind, as one person may take them out."""

    def __init__(self, kind: SheetKind, queryset: QuerySet, person: User, *, with_private: bool) -> None:
        """Read what belongs to the rows."""
        if with_private and not may_take_out_private_terms(person):
            raise NotAllowed(_("Only researchers and editors take private terms out. Make the file without them."))
        self.kind, self._queryset, self._person = kind, queryset, person
        self._things = kind.model._default_manager.filter(pk__in=queryset.order_by().values("pk")).values("pk")
        self._rows = {name: self._rows_of(spec) for name, spec in self._row_kinds.items()}
        self._terms = self._private_terms() if with_private else {}
        self.columns = [column for column in self._all_columns() if with_private or not is_private(kind, column)]
        self._names = names_of(kind.name, self._things, person)
        self._fields = ["pk"]  # What the query of the rows reads.
        self._cells = [self._cell(column) for column in self.columns]

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]

    def lines(self, order: Sequence[UUID] = ()) -> Iterator[tuple[UUID, Row]]:
        """Yield the key of each with its cells: in the order of the query, or in that of the keys. One query."""
        found = self._queryset.values_list(*self._fields)
        if order:
            place = {key: number for number, key in enumerate(order)}
            lines: Any = sorted(found, key=lambda values: place[values[0]])
        else:
            lines = found.iterator(chunk_size=_AT_ONCE)
        for values in lines:
            yield values[0], [cell(values) for cell in self._cells]

    # --- what belongs to the rows --------------------------------------------

    @property
    def _row_kinds(self) -> Mapping[str, RowKind]:
        return self.kind.record.rows if self.kind.record else {}

    def _rows_of(self, spec: RowKind) -> dict[UUID, list[dict[str, Any]]]:
        parent = f"{spec.parent}_id"
        found = defaultdict(list)
        rows = spec.model._default_manager.filter(**{f"{spec.parent}__in": self._things})
        for row in rows.values(parent, *spec.fields):
            found[row[parent]].append(row)
        return found

    def _private_terms(self) -> dict[tuple[UUID, str], list[str]]:
        found: dict[tuple[UUID, str], list[str]] = defaultdict(list)
        if self.kind.record:
            terms = PrivateTerm.objects.filter(record__in=self._things)
            for record, kind, text in terms.values_list("record_id", "kind", "text"):
                found[record, kind].append(text)
        return found

    def _all_columns(self) -> Iterator[Column]:
        """Yield as many names, replies and so on as the record with the most of them has; one where none has any."""
        most = {name: max((len(rows) for rows in found.values()), default=1) for name, found in self._rows.items()}
        columns = self.kind.all_columns(max(most.values(), default=0))
        return (column for column in columns if not column.number or column.number <= most[column.part])

    # --- cells ---------------------------------------------------------------

    def _cell(self, column: Column) -> Callable[[Sequence[Any]], Cell]:
        """Return what makes the cell of a column out of what was read of a row."""
        value, render = self._value(column), column.widget.render
        return lambda values: render(value(values))

    def _value(self, column: Column) -> Callable[[Sequence[Any]], Any]:
        if column.part == _TERMS:
            return lambda values: self._terms.get((values[0], column.field), ())
        if column.part:
            return lambda values: self._in_row(values[0], column)
        if column.name in ("reference", "key"):
            own = self._names.reference if column.name == "reference" else self._names.key
            return lambda values: own(values[0])
        if self.kind.name == CITATION and column.name in _OF_CITATIONS:
            return self._of_citation(column)
        if isinstance(column.widget, Links):
            return self._link(column, column.widget)
        place = self._read(column.field)
        return lambda values: values[place]

    def _read(self, field: str) -> int:
        self._fields.append(field)
        return len(self._fields) - 1

    def _in_row(self, pk: UUID, column: Column) -> Any:
        rows = self._rows[column.part].get(pk, ())
        return rows[column.number - 1][column.field] if column.number <= len(rows) else None

    def _of_citation(self, column: Column) -> Callable[[Sequence[Any]], Any]:
        field = _OF_CITATIONS[column.name]
        place = self._read(field)
        if column.name == "kind":
            return lambda values: values[place]
        names = self._names_in(column.name, field)
        return lambda values: names.link(values[place])

    def _link(self, column: Column, widget: Links) -> Callable[[Sequence[Any]], Any]:
        if widget.many:
            linked = self._many(column, widget)
            return lambda values: linked.get(values[0], ())
        place = self._read(f"{column.field}_id")
        names = self._names_in(widget.kind, f"{column.field}_id")
        return lambda values: [names.link(values[place])] if values[place] else ()

    def _names_in(self, kind: str, field: str) -> Names:
        """Return how to call what a column of the database points to."""
        pointing = self.kind.model._default_manager.filter(pk__in=self._things, **{f"{field}__isnull": False})
        return names_of(kind, pointing.order_by().values(field), self._person)

    def _many(self, column: Column, widget: Links) -> dict[UUID, list[str]]:
        field: Any = self.kind.model._meta.get_field(column.field)
        own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
        through = field.remote_field.through._default_manager.filter(**{f"{own}__in": self._things})
        names = names_of(widget.kind, through.values(f"{other}_id"), self._person)
        found = defaultdict(list)
        for pk, linked in through.order_by("pk").values_list(f"{own}_id", f"{other}_id"):
            found[pk].append(names.link(linked))
        return found
