"""Reading a file as a bibliography: the same events as of a spreadsheet, with a row for each entry.

The number of a row is the line in which its entry begins. Where several begin in one line, as in JSON without line
breaks, it is the place of the entry.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, pairwise

from casetracker.core.bibliography.bibtex import read_bibtex
from casetracker.core.bibliography.csl import read_csl
from casetracker.core.bibliography.formats import BIBTEX, CSL, RIS
from casetracker.core.bibliography.reference import FIELDS, Reference, cells_of, tidied
from casetracker.core.bibliography.ris import read_ris
from casetracker.core.sheet_parsing.apostrophes import guarded
from casetracker.core.sheet_parsing.csv_records import Record
from casetracker.core.sheet_parsing.encodings import decoded
from casetracker.core.sheet_parsing.findings import Findings, refuse
from casetracker.core.sheet_parsing.grid import Event, table_events
from casetracker.core.sheet_parsing.limits import Limits

Entries = Iterator[tuple[int, Reference]]
_READERS: Mapping[str, Callable[[str, Findings], Entries]] = {BIBTEX: read_bibtex, RIS: read_ris, CSL: read_csl}


def events(content: bytes, *, encoding: str, file_format: str, limits: Limits) -> Iterator[Event]:
    """Yield "columns", each "row", and "about" at the end. Raises `Refusal` at any point, as `sheet_parsing` does."""
    if not content.strip():
        raise refuse("empty")
    if len(content) > limits.bytes:
        raise refuse("too_large", most=limits.bytes // 2**20)
    text, used = decoded(content, encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    findings = Findings()
    entries = _READERS[file_format](text, findings)
    yield from table_events(chain([Record(0, list(FIELDS))], _records(entries, limits)), findings, limits)
    yield "about", {"encoding": used, "delimiter": file_format, "sheet": "", "sheets": []}


def _records(entries: Entries, limits: Limits) -> Iterator[Record]:
    found = list(_bounded(entries, limits))
    lines = [line for line, _reference in found]
    is_one_a_line = all(before < after for before, after in pairwise(lines))
    for place, (line, reference) in enumerate(found, 1):
        # A spreadsheet guards what looks like a formula, and its reader takes the guard away: here nothing is guarded.
        cells = [guarded(cell) if cell[:1] == "'" else cell for cell in cells_of(tidied(reference))]
        yield Record(line if is_one_a_line else place, cells)


def _bounded(entries: Entries, limits: Limits) -> Iterable[tuple[int, Reference]]:
    for number, entry in enumerate(entries):
        if number == limits.rows:
            raise refuse("too_many_rows", most=limits.rows)
        yield entry
