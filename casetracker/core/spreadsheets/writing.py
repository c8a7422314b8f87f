"""Writing tables that spreadsheet programs show and never calculate."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from casetracker.core.errors import InvalidContent
from casetracker.core.sheet_parsing.apostrophes import guarded, needs_guard

Value = str | int | Decimal | None
Sheet = tuple[str, Sequence[str], Iterable[Sequence[Value]]]

# Excel keeps no more of a text, and no more digits of a number.
MOST_CHARACTERS_IN_XLSX = 32_767
_MOST_DIGITS = 15
_NARROWEST, _WIDEST = 8, 60
_ROWS_MEASURED = 200
# XML has no place for these; _x0041_ is how workbooks write a character by its code, so that itself needs a code.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return the table as CSV (RFC 4180) in UTF-8 with a byte order mark, which Excel needs.

    An apostrophe stands before every text that a program could take for a formula; `read_table` takes it away again.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guarded(column) for column in columns])
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else _number(value)


def _number(value: int | Decimal) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def write_xlsx(
    sheet_name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
    more_sheets: Iterable[Sheet] = (),
) -> bytes:
    """Return a workbook with the table, and with more sheets (name, columns, rows) after it.

    Texts are texts, never formulas. The header stays in sight. Raises `InvalidContent` if a text is longer than a
    cell of Excel takes.
    """
    book = Workbook(write_only=True)
    for name, header, lines in ((sheet_name, columns, rows), *more_sheets):
        _write_sheet(book.create_sheet(name), header, lines)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write_sheet(sheet: WriteOnlyWorksheet, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    lines = list(rows)
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns):
        widths = [_width(column), *(_width(row[place]) for row in lines[:_ROWS_MEASURED])]
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(max(*widths, _NARROWEST), _WIDEST) + 2
    header = [_xlsx_cell(sheet, column) for column in columns]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    for row in lines:
        sheet.append([None if value is None or value == "" else _xlsx_cell(sheet, value) for value in row])


def _width(value: Value) -> int:
    """Return about how many digits wide the text is: Chinese characters take two."""
    return max((sum(1 + (char > "\u1100") for char in line) for line in str(value or "")[:200].split("\n")), default=0)


def _xlsx_cell(sheet: WriteOnlyWorksheet, value: Value) -> WriteOnlyCell:
    if not isinstance(value, str) and value is not None:
        digits = _number(value)
        if len(digits.strip("-").replace(".", "").strip("0")) <= _MOST_DIGITS:
            return WriteOnlyCell(sheet, value)
        value = digits
    cell = WriteOnlyCell(sheet)
    cell.value, cell.data_type = _xlsx_text(value or ""), "s"
    cell.quotePrefix = needs_guard(value or "")
    return cell


def _xlsx_text(text: str) -> str:
    # Reading takes an apostrophe away that stands before a formula: whoever has one there needs a second.
    safe = guarded(text) if text.lstrip().startswith("'") else text
    safe = _ESCAPED.sub(lambda match: f"_x{ord(match[0]):04X}_", safe)
    if len(safe) > MOST_CHARACTERS_IN_XLSX:
        raise InvalidContent(_("A text is too long for a cell of Excel. Choose CSV or JSON."))
    return safe


def write_json(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return the table as a list of objects, a line for each row. Numbers keep all their digits."""
    names = [json.dumps(column, ensure_ascii=False) for column in columns]
    lines = (", ".join(f"{name}: {_json_value(value)}" for name, value in zip(names, row, strict=True)) for row in rows)
    return ("[\n" + ",\n".join(f"{{{line}}}" for line in lines) + "\n]\n").encode()


def _json_value(value: Value) -> str:
    return _number(value) if isinstance(value, int | Decimal) else json.dumps(value, ensure_ascii=False)
