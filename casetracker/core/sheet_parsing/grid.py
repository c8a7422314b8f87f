"""From the rows of a file, as they stand, to a table: one header, and the same columns in every row."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from casetracker.core.sheet_parsing.apostrophes import unguarded
from casetracker.core.sheet_parsing.csv_records import Record
from casetracker.core.sheet_parsing.findings import UNREADABLE, Findings, letters, refuse
from casetracker.core.sheet_parsing.limits import Limits
from casetracker.core.sheet_parsing.mojibake import damage_of

Event = tuple[str, object]

_INVISIBLE = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}
_LETTER = re.compile(r"[^\W\d_]")
_PILE = "^" * 31  # Unicode itself calls 30 marks enough for every language.
_PERHAPS_MARKS = re.compile(r"[^\w\s!-~]{31,}")
_MOST_OF_A_HEADER = 200


def table_events(records: Iterable[Record], findings: Findings, limits: Limits) -> Iterator[Event]:
    """Yield ("columns", header texts) and then ("row", (number, cells)) for each row that is not empty throughout.

    Once something is wrong no row is yielded any more, but all are looked at. Raises `Refusal` with all that is
    wrong, or at once where a limit is exceeded.
    """
    grid = _Grid(findings, limits)
    for record in records:
        cells = [_text(cell, limits.characters) for cell in record.cells]
        if not any(cells):
            continue
        if not grid.columns:
            grid.read_header(record.number, cells)
            if not findings:
                yield "columns", grid.columns
            continue
        grid.check(record, cells)
        if not findings:
            yield "row", (record.number, grid.padded(cells))
    findings.refuse_if_any()
    if not grid.rows:
        raise refuse("only_header" if grid.columns else "empty")


def _text(cell: str, most: int) -> str:
    """Return the cell without blanks around and without our apostrophe, in normal form unless it is too long."""
    # Composing comes last: it may change the very character that the apostrophe guards.
    text = unguarded(cell.lstrip()).strip()
    if text.isascii() or len(text) > most or _has_piled_marks(text):
        return text
    return unicodedata.normalize("NFC", text)


def _has_piled_marks(text: str) -> bool:
    """Tell whether more marks are piled on a letter than any language has: sorting them takes the square of time."""
    runs = _PERHAPS_MARKS.findall(text)
    return any(_PILE in "".join("^" if unicodedata.combining(char) else " " for char in run) for run in runs)


class _Grid:
    """The table as far as it is read."""

    def __init__(self, findings: Findings, limits: Limits) -> None:
        self.findings = findings
        self.limits = limits
        self.columns: list[str] = []
        self.rows = 0
        self._cells = 0
        self._characters = 0

    def read_header(self, row: int, cells: Sequence[str]) -> None:
        texts = [" ".join(cell.split()) for cell in cells]
        while not texts[-1]:
            texts.pop()
        self.columns = texts
        self.findings.headers = ["" if text == UNREADABLE else text for text in texts]
        if len(texts) > self.limits.columns:
            raise refuse("too_many_columns", most=self.limits.columns)
        seen: dict[str, str] = {}
        for place, text in enumerate(texts):
            if text == UNREADABLE:
                continue
            if code := _wrong_with_header(text):
                self.findings.add(code, row, place, text)
                continue
            folded = unicodedata.normalize("NFKC", text).casefold()
            if folded in seen:
                self.findings.add("header_twice", row, place, text, first=seen[folded])
            seen.setdefault(folded, letters(place))

    def check(self, record: Record, cells: Sequence[str]) -> None:
        width = len(self.columns)
        self.rows += 1
        self._cells += len(cells) - cells.count("")
        self._characters += sum(map(len, cells))
        self._check_limits()
        for place, cell in enumerate(cells):
            if place >= width and cell:
                self.findings.add("cell_without_header", record.number, place, cell)
            elif len(cell) > self.limits.characters:
                self.findings.add("cell_too_long", record.number, place, cell, most=self.limits.characters)
            elif cell and not cell.isascii() and (code := _wrong_with_text(cell)):
                self.findings.add(code, record.number, place, cell)
        if record.is_cut_off and len(cells) < width:
            self.findings.add("cut_off", record.number, has=len(cells), needs=width)

    def _check_limits(self) -> None:
        if self.rows > self.limits.rows:
            raise refuse("too_many_rows", most=self.limits.rows)
        if self._cells > self.limits.cells:
            raise refuse("too_many_cells", most=self.limits.cells)
        if self._characters > self.limits.text:
            raise refuse("too_much_text", most=self.limits.text)

    def padded(self, cells: list[str]) -> list[str]:
        """Return as many cells as there are columns: Excel leaves out empty ones at the end of a row."""
        width = len(self.columns)
        return cells[:width] + [""] * (width - len(cells))


def _wrong_with_text(text: str) -> str:
    return "piled_marks" if _has_piled_marks(text) else damage_of(text)


def _wrong_with_header(text: str) -> str:
    if not text:
        return "header_empty"
    if len(text) > _MOST_OF_A_HEADER:
        return "header_too_long"
    if any(unicodedata.category(char) in _INVISIBLE for char in text):
        return "header_invisible"
    if not _LETTER.search(text):
        return "header_no_letter"
    return _wrong_with_text(text)
