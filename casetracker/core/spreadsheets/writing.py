"""Writing tables as CSV and JSON, so that spreadsheet programs show them and never calculate."""

import csv
import io
import json
from collections.abc import Iterable, Sequence

from casetracker.core.sheet_parsing.apostrophes import guarded
from casetracker.core.spreadsheets.workbooks import Value, checked, decimal


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return the table as CSV (RFC 4180) in UTF-8 with a byte order mark, which Excel needs.

    An apostrophe stands before every text that a program could take for a formula; `read_table` takes it away again.
    Raises `InvalidContent` for a text with NUL or half of a pair of surrogates in it: no table can hold them.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_csv_cell(column) for column in columns])
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    return guarded(checked(value)) if isinstance(value, str) else decimal(value)


def write_json(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return the table as a list of objects, a line for each row. Numbers keep all their digits."""
    names = [json.dumps(column, ensure_ascii=False) for column in columns]
    lines = (", ".join(f"{name}: {_json_value(value)}" for name, value in zip(names, row, strict=True)) for row in rows)
    return ("[\n" + ",\n".join(f"{{{line}}}" for line in lines) + "\n]\n").encode()


def _json_value(value: Value) -> str:
    if value is None:
        return "null"
    return json.dumps(checked(value), ensure_ascii=False) if isinstance(value, str) else decimal(value)
