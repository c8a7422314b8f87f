"""Reading a file as a table."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from casetracker.core.sheet_parsing.findings import Refusal
from casetracker.core.sheet_parsing.grid import Event
from casetracker.core.sheet_parsing.limits import Limits
from casetracker.core.sheet_parsing.parse import events
from casetracker.core.spreadsheets.message_texts import MESSAGES
from casetracker.core.spreadsheets.messages import choices_of, problems_of
from casetracker.core.spreadsheets.problems import EncodingUnclear, SheetUnclear, UnreadableFile
from casetracker.core.spreadsheets.process import events_of_child
from casetracker.core.spreadsheets.tables import PackedRows, Table


def read_table(
    content: bytes, name: str, *, encoding: str = "", sheet: str = "", limits: Limits | None = None
) -> Table:
    """Return the table in a CSV or XLSX file.

    `name` is used in messages only: the content decides what the file is. `encoding` answers `EncodingUnclear`,
    `sheet` says which sheet to read where several have something in them. The file is taken apart by a process of
    its own, within `limits`.

    Raises `UnreadableFile` with all that is wrong, `EncodingUnclear` or `SheetUnclear`; nothing else, whatever the
    bytes.
    """
    limits = limits or Limits()
    return table_of(events_of_child(content, encoding=encoding, sheet=sheet, limits=limits), name)


def read_table_here(
    content: bytes, name: str, *, encoding: str = "", sheet: str = "", limits: Limits | None = None
) -> Table:
    """Do what `read_table` does, but in this process, for tests: memory and time are not bounded."""
    return table_of(events(content, encoding=encoding, sheet=sheet, limits=limits or Limits()), name)


def table_of(found: Iterator[Event], name: str, texts: Mapping[str, Any] = MESSAGES) -> Table:
    """Return the table that events tell of. `texts` are the words for what may be wrong with it."""
    columns: tuple[str, ...] = ()
    rows = PackedRows()
    about: Mapping[str, Any] = {}
    try:
        for kind, value in found:
            if kind == "row":
                rows.add(*cast("tuple[int, list[str]]", value))
            elif kind == "columns":
                columns = tuple(cast("list[str]", value))
            else:
                about = cast("Mapping[str, Any]", value)
    except Refusal as refusal:
        problems = problems_of(refusal, name, texts)
        if refusal.choices:
            raise EncodingUnclear(problems, choices_of(refusal)) from None
        if refusal.sheets:
            raise SheetUnclear(problems, refusal.sheets) from None
        raise UnreadableFile(problems) from None
    return Table(
        sheet=about["sheet"],
        columns=columns,
        rows=rows,
        encoding=about["encoding"],
        delimiter=about["delimiter"],
        sheets=tuple(about["sheets"]),
    )
