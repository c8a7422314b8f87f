"""The rows of a worksheet."""

import re
from collections.abc import Iterator, Mapping

from casetracker.core.sheet_parsing.csv_records import Record
from casetracker.core.sheet_parsing.findings import UNREADABLE, Findings, letters, refuse
from casetracker.core.sheet_parsing.limits import Limits
from casetracker.core.sheet_parsing.strings import is_shown
from casetracker.core.sheet_parsing.values import Cell, Unclear, Values
from casetracker.core.sheet_parsing.workbook import Sheet, is_true
from casetracker.core.sheet_parsing.xml_parts import Elements, read_part
from casetracker.core.sheet_parsing.zip_parts import Package

_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_ROW = ["worksheet", "sheetData", "row"]
_CELL = [*_ROW, "c"]


def records_of(package: Package, sheet: Sheet, values: Values, findings: Findings, limits: Limits) -> Iterator[Record]:
    """Yield the rows that have something in them; formatting alone is nothing. Notes what is hidden or merged."""
    rows = _Rows(values, findings, limits)
    for _pause in read_part(package, sheet.part, rows, limits.elements):
        yield from rows.taken()
    rows.note_hidden()


class _Rows(Elements):
    def __init__(self, values: Values, findings: Findings, limits: Limits) -> None:
        super().__init__()
        self._values, self._findings, self._limits = values, findings, limits
        self._records: list[Record] = []
        self._row = 0
        self._cells: list[str] = []
        self._column = -1
        self._cell = ("n", 0)
        self._is_formula = False
        self._raw: list[str] | None = None
        self._characters = 0
        self._is_row_hidden = False
        self._hidden_rows: list[list[int]] = []
        self._hidden_columns: set[int] = set()
        self._used_hidden_columns: set[int] = set()
        self._places: dict[str, int] = {}

    def taken(self) -> list[Record]:
        records, self._records = self._records, []
        return records

    def start(self, attributes: Mapping[str, str]) -> None:
        path = self.path
        depth = len(path)
        if depth == 5:
            self._start_in_cell(path[4])
        elif depth == 4:
            if path == _CELL:
                self._start_cell(attributes)
        elif depth == 3:
            self._start_third(attributes)

    def _start_in_cell(self, name: str) -> None:
        if self.path[:4] == _CELL:
            if name == "f":
                self._is_formula = True
            elif name in {"v", "is"}:
                self._raw = []

    def _start_third(self, attributes: Mapping[str, str]) -> None:
        if self.path == _ROW:
            self._start_row(attributes)
        elif self.path == ["worksheet", "cols", "col"]:
            if is_true(attributes.get("hidden")) or _is_zero(attributes.get("width")):
                first, last = _whole(attributes.get("min"), _LAST_COLUMN), _whole(attributes.get("max"), _LAST_COLUMN)
                self._hidden_columns.update(range(first - 1, min(last, self._limits.columns)))
        elif self.path == ["worksheet", "mergeCells", "mergeCell"]:
            self._findings.add("merged", cells=attributes.get("ref", "")[:40])

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        number = _whole(attributes["r"], _LAST_ROW) if "r" in attributes else self._row + 1
        if number <= self._row or number > _LAST_ROW:
            raise refuse("rows_disordered", row=number)
        self._row, self._cells, self._column = number, [], -1
        self._is_row_hidden = is_true(attributes.get("hidden")) or _is_zero(attributes.get("ht"))

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        place = self._column + 1 if reference is None else self._place(reference)
        if place <= self._column or place >= _LAST_COLUMN:
            raise refuse("rows_disordered", row=self._row)
        style = attributes.get("s", "0")
        self._column = place
        self._cell = attributes.get("t", "n"), _whole(style, 10**6) if style != "0" else 0
        self._is_formula, self._raw = False, None

    def _place(self, reference: str) -> int:
        found = _REFERENCE.fullmatch(reference)
        if not found or int(found[2]) != self._row:
            raise refuse("rows_disordered", row=self._row)
        name = found[1]
        if name not in self._places:
            place = 0
            for letter in name:
                place = place * 26 + ord(letter) - 64
            self._places[name] = place - 1
        return self._places[name]

    def text(self, text: str) -> None:
        path = self.path
        if self._raw is None or path[:4] != _CELL:
            return
        if path[4:] == ["v"] or (path[4:5] == ["is"] and is_shown(path[5:])):
            self._characters += len(text)
            if self._characters > self._limits.text:
                raise refuse("too_much_text", most=self._limits.text)
            self._raw.append(text)

    def end(self) -> None:
        depth = len(self.path)
        if depth == 4 and self.path == _CELL:
            if self._raw is not None or self._is_formula:
                self._end_cell()
            self._raw = None
        elif depth == 3 and self.path == _ROW and self._cells:
            self._records.append(Record(self._row, self._cells))
            if self._is_row_hidden:
                self._note_hidden_row()

    def _end_cell(self) -> None:
        kind, style = self._cell
        raw = None if self._raw is None else "".join(self._raw)
        try:
            text = self._values.text_of(Cell(kind, style, raw, self._is_formula))
        except Unclear as unclear:
            self._findings.add(unclear.code, self._row, self._column, unclear.shown)
            text = UNREADABLE
        if not text.strip():
            return
        if self._column >= self._limits.columns:
            self._findings.add("cell_far_away", self._row, self._column, text, most=self._limits.columns)
            return
        self._cells.extend([""] * (self._column - len(self._cells)))
        self._cells.append(text)
        if self._column in self._hidden_columns:
            self._used_hidden_columns.add(self._column)

    def _note_hidden_row(self) -> None:
        if self._hidden_rows and self._hidden_rows[-1][1] == self._row - 1:
            self._hidden_rows[-1][1] = self._row
        else:
            self._hidden_rows.append([self._row, self._row])

    def note_hidden(self) -> None:
        for first, last in self._hidden_rows:
            if first == last:
                self._findings.add("row_hidden", first)
            else:
                self._findings.add("rows_hidden", first, first=first, last=last)
        for place in sorted(self._used_hidden_columns):
            self._findings.add("column_hidden", None, place, letters=letters(place))


def _whole(value: str | None, most: int) -> int:
    if value is None or not (value.isascii() and value.isdigit()) or len(value) > 8 or int(value) > most:
        raise refuse("part_damaged", part="sheet")
    return int(value)


def _is_zero(value: str | None) -> bool:
    return value is not None and value.strip("0.") == "" and value != ""
