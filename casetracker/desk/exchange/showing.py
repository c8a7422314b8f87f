"""What a new row would become, in words for whoever looks at the plan."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casetracker.desk.exchange.comparing import listed, shown
from casetracker.desk.exchange.parsing import Sheet
from casetracker.desk.exchange.plan import PlannedRow

_LONGEST = 300  # characters of one value

Value = tuple[str, str]  # a label, and what stands behind it


class Shower:
    """Says of each new row what its columns were taken for."""

    def __init__(self, sheet: Sheet) -> None:
        """Take the sheet for its columns."""
        self._kind = sheet.kind
        self._columns = {column.field: column for column in sheet.columns if not column.part}
        self._labels = {name: str(column.label) for name, column in self._columns.items()}
        self._terms = {column.field: str(column.label) for column in sheet.columns if column.part == "private_terms"}

    def values_of(self, row: PlannedRow) -> list[Value]:
        """Return what a row says, field by field, as it was understood; nothing of what is empty."""
        return [(label, text[:_LONGEST]) for label, text in self._values_of(row) if text]

    def _values_of(self, row: PlannedRow) -> Iterator[Value]:
        for name, value in (row.edit.fields if row.edit else row.fields).items():
            if value not in (None, "", False, []):
                yield self._label(name), self._shown(name, value)
        if row.edit:
            yield from self._values_of_rows(row.edit.rows)
            for name, label in self._terms.items():
                yield label, "; ".join(one["text"] for one in row.edit.private_terms or () if one["kind"] == name)

    def _shown(self, name: str, value: Any) -> str:
        column = self._columns.get(name)
        words = column.widget.allowed if column else None
        return str(words[value]) if words and value in words else shown(value, column)

    def _label(self, name: str) -> str:
        if name not in self._labels:  # notes, where other columns go into them
            self._labels[name] = str(self._kind.model._meta.get_field(name).verbose_name)
        return self._labels[name]

    def _values_of_rows(self, parts: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[Value]:
        for name, rows in parts.items():
            if self._kind.record:
                yield str(self._kind.record.rows[name].model._meta.verbose_name_plural), listed(rows)
