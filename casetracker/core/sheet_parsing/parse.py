"""Reading a file as a table, whatever it is."""

from collections.abc import Iterator

from casetracker.core.sheet_parsing import kinds
from casetracker.core.sheet_parsing.csv_records import split
from casetracker.core.sheet_parsing.encodings import decoded
from casetracker.core.sheet_parsing.findings import Findings, refuse
from casetracker.core.sheet_parsing.grid import Event, table_events
from casetracker.core.sheet_parsing.limits import Limits
from casetracker.core.sheet_parsing.xlsx import xlsx_events


def events(content: bytes, *, encoding: str, sheet: str, limits: Limits) -> Iterator[Event]:
    """Yield "columns", each "row", and "about" at the end, with encoding, delimiter, sheet and other sheets.

    Raises `Refusal` at any point: what was yielded before it counts for nothing.
    """
    if not content.strip():
        raise refuse("empty")
    if len(content) > limits.bytes:
        raise refuse("too_large", most=limits.bytes // 2**20)
    kind = kinds.kind_of(content)
    if kind == kinds.TEXT:
        yield from _csv_events(content, encoding, sheet, limits)
    elif kind == kinds.ZIP:
        yield from xlsx_events(content, sheet, limits)
    elif kind == kinds.ENCRYPTED:
        raise refuse("encrypted")
    else:
        raise refuse("foreign", kind=kind)


def _csv_events(content: bytes, encoding: str, sheet: str, limits: Limits) -> Iterator[Event]:
    if sheet:
        raise refuse("no_sheets", sheet=sheet[:80])
    text, used = decoded(content, encoding)
    findings = Findings()
    # Old programs end a file with Ctrl-Z.
    delimiter, records = split(text.removesuffix("\x1a"), findings)
    yield from table_events(records, findings, limits)
    yield "about", {"encoding": used, "delimiter": delimiter, "sheet": "", "sheets": []}
