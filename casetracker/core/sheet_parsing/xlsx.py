"""Reading a workbook as a table: choosing the sheet, and refusing what is hidden.

All of it is read by our own parser, in one pass. Checking with one parser and reading with another is how hidden
rows and far cells get past a check; and libraries know neither the precision of a date nor whether Excel shows it.
"""

from collections.abc import Iterator

from casetracker.core.sheet_parsing.findings import Finding, Findings, Refusal, refuse
from casetracker.core.sheet_parsing.grid import Event, table_events
from casetracker.core.sheet_parsing.limits import Limits
from casetracker.core.sheet_parsing.strings import SharedStrings
from casetracker.core.sheet_parsing.styles import Styles
from casetracker.core.sheet_parsing.values import Values
from casetracker.core.sheet_parsing.workbook import Sheet, Workbook, read_workbook
from casetracker.core.sheet_parsing.worksheet import records_of
from casetracker.core.sheet_parsing.xml_parts import read_whole
from casetracker.core.sheet_parsing.zip_parts import Package

# Our templates have the choices of their columns on a sheet of this name.
ALLOWED_VALUES = "Allowed values"


def xlsx_events(content: bytes, sheet: str, limits: Limits) -> Iterator[Event]:
    """Yield what `parse.events` yields. Raises `Refusal`."""
    package = Package(content, limits)
    book = read_workbook(package, limits)
    values = _values(package, book, limits)
    filled = [one for one in book.sheets if one.name != ALLOWED_VALUES and _is_filled(package, one, values, limits)]
    visible = [one for one in filled if not one.is_hidden]
    chosen = _chosen(sheet, visible, [one for one in book.sheets if not one.is_hidden])
    findings = Findings(chosen.name)
    for one in filled:
        if one.is_hidden:
            findings.add_sheet("sheet_hidden", one.name)
    records = records_of(package, chosen, values, findings, limits)
    yield from table_events(records, findings, limits)
    others = [one.name for one in visible if one is not chosen]
    yield "about", {"encoding": "", "delimiter": "", "sheet": chosen.name, "sheets": others}


def _values(package: Package, book: Workbook, limits: Limits) -> Values:
    strings, styles = SharedStrings(limits), Styles()
    if book.strings:
        read_whole(package, book.strings, strings, limits.elements)
    if book.styles:
        read_whole(package, book.styles, styles, limits.elements)
    return Values(strings.texts, styles, is_from_1904=book.is_from_1904)


def _is_filled(package: Package, sheet: Sheet, values: Values, limits: Limits) -> bool:
    return next(records_of(package, sheet, values, Findings(), limits), None) is not None


def _chosen(name: str, filled: list[Sheet], visible: list[Sheet]) -> Sheet:
    if name:
        found = [one for one in visible if one.name == name]
        if not found:
            raise refuse("no_such_sheet", sheet=name[:80], sheets=_names(visible))
        return found[0]
    if not filled:
        raise refuse("empty")
    if len(filled) > 1:
        question = Finding("sheet_unclear", {"sheets": _names(filled)})
        raise Refusal([question], sheets=[one.name for one in filled])
    return filled[0]


def _names(sheets: list[Sheet]) -> str:
    return ", ".join(f"“{one.name[:31]}”" for one in sheets[:20])
