"""Splitting the text of a CSV file into records."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casetracker.core.sheet_parsing.findings import Findings, refuse

_DELIMITERS = (",", ";", "\t")
# Excel takes a delimiter from a first line of its own, and does not show that line.
_NAMED = re.compile(r"sep=([^\r\n])(\r\n|\r|\n|\Z)", re.IGNORECASE)
_LOOKED_AT = 1_000
# What spreadsheet programs can show. Empty cells and rows count here: each takes memory and time.
_MOST_CELLS, _MOST_ROWS = 16_384, 1_048_576
_POOR, _FITS = 0.01, 0.5


@dataclass(frozen=True)
class Record:
    """A row as it stands in the file; `is_cut_off` if the file ends within it, without the end of a line."""

    number: int
    cells: list[str]
    is_cut_off: bool = False


def split(text: str, findings: Findings) -> tuple[str, Iterator[Record]]:
    """Return the delimiter and the records. Quotes that are wrong are noted among the findings as they are met.

    Raises `Refusal` if two delimiters fit equally well.
    """
    named = _NAMED.match(text)
    if named is None:
        delimiter = _likeliest(text)
        return delimiter, _records(text, delimiter, findings)
    if named[1] not in (*_DELIMITERS, "|"):
        raise refuse("delimiter_unknown", delimiter=named[1])
    return named[1], _records(text[named.end() :], named[1], findings)


def _records(text: str, delimiter: str, findings: Findings) -> Iterator[Record]:
    """Yield one record after the other. An empty line is a record with one empty cell, as programs show it."""
    mark = re.escape(delimiter)
    field = re.compile(rf'(?:"((?:[^"]++|"")*+)"|([^"{mark}\r\n]*+))({mark}|\r\n|\r|\n|\Z)')
    wrong = re.compile(rf"[^{mark}\r\n]*+({mark}|\r\n|\r|\n|\Z)")
    at, number, end = 0, 1, len(text)
    cells: list[str] = []
    while at < end or cells:
        match = field.match(text, at)
        if match is None:
            if _note_quote(text, at, findings, number, len(cells)):
                return
            match = wrong.match(text, at)
            if match is None:
                return
            cells.append("")
        else:
            quoted, bare, _stop = match.groups()
            cells.append(bare if quoted is None else quoted.replace('""', '"') if '"' in quoted else quoted)
        at = match.end()
        if len(cells) > _MOST_CELLS or number > _MOST_ROWS:
            raise refuse("beyond_all_programs")
        if match[match.lastindex or 0] != delimiter:
            yield Record(number, cells, is_cut_off=not match[match.lastindex or 0])
            number, cells = number + 1, []


def _note_quote(text: str, at: int, findings: Findings, row: int, column: int) -> bool:
    """Note what is wrong with the quotes of this cell. Return whether the rest of the file is inside it."""
    is_unclosed = text[at] == '"' and re.compile(r'"(?:[^"]++|"")*+"').match(text, at) is None
    code = "quote_unclosed" if is_unclosed else "quote_stray"
    findings.add(code, row, column, text[at : at + 200])
    return is_unclosed


def _likeliest(text: str) -> str:
    """Return the delimiter that splits header and rows alike; the comma if none splits the header.

    Raises `Refusal` if two do: a wrong guess may look right.
    """
    fits = {delimiter: _fit(text, delimiter) for delimiter in _DELIMITERS}
    if sum(fit >= _FITS for fit in fits.values()) > 1:
        raise refuse("delimiter_unclear")
    return max(_DELIMITERS, key=lambda delimiter: fits[delimiter])


def _fit(text: str, delimiter: str) -> float:
    """Say how well a delimiter fits: what part of the rows has as many cells as the header, 0 if that has but one."""
    findings = Findings()
    widths: list[int] = []
    for record in _records(text, delimiter, findings):
        if any(record.cells):
            widths.append(len(record.cells))
        if len(widths) > _LOOKED_AT or (findings and widths):
            break
    if not widths or widths[0] == 1:
        return 0.0
    # Quotes are right with the right delimiter; where they never are, they are named later.
    if findings:
        return _POOR
    header, *rows = widths
    return _POOR + (1 - _POOR) * (rows.count(header) / len(rows) if rows else 1)
