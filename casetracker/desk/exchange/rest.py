"""The importer's own sheet again, with a column that says what is wrong with each row."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from casetracker.core.spreadsheets import Table, write_csv, write_xlsx
from casetracker.desk.exchange.headers import ERRORS


def errors_shown(rows: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """Return what is wrong with rows, or what they may repeat, by their numbers; from rows as they are kept."""
    found = {row["number"]: " | ".join(_words(row)) for row in rows}
    return {number: words for number, words in found.items() if words}


def _words(row: Mapping[str, Any]) -> Iterable[str]:
    for problem in row["problems"]:
        yield f"{problem['column']}: {problem['message']}" if problem["column"] else problem["message"]
    for alike in row["alike"]:
        yield f"{alike['label']}: {alike['why']}"


def file_of_rows(table: Table, errors: Mapping[int, str], *, only: Collection[int] | None = None) -> bytes:
    """Write a table as it was read, all of it or some of its rows, in its own format."""
    kept = [place for place, column in enumerate(table.columns) if column != ERRORS]
    columns = [*(table.columns[place] for place in kept), ERRORS]
    rows = (
        [*(row.cells[place] for place in kept), errors.get(row.number, "")]
        for row in table.rows
        if only is None or row.number in only
    )
    return write_xlsx(table.sheet, columns, rows) if table.sheet else write_csv(columns, rows)
