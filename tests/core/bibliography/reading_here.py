"""Reading a bibliography in this process: quicker than in one of its own, where that is not what is tested."""

from casetracker.core.bibliography.messages import TEXTS
from casetracker.core.bibliography.parse import events
from casetracker.core.bibliography.reference import Reference, reference_of
from casetracker.core.sheet_parsing.limits import Limits
from casetracker.core.spreadsheets.reading import table_of


def entries(text: str | bytes, file_format: str, encoding: str = "") -> list[tuple[int, Reference]]:
    """Return the entries with their numbers."""
    content = text.encode() if isinstance(text, str) else text
    found = events(content, encoding=encoding, file_format=file_format, limits=Limits())
    return [(row.number, reference_of(row.cells)) for row in table_of(found, "library", TEXTS).rows]


def references(text: str | bytes, file_format: str) -> list[Reference]:
    """Return the entries."""
    return [reference for _number, reference in entries(text, file_format)]
