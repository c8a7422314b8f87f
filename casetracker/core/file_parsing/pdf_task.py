"""A PDF, as `answering` asks about it."""

from collections.abc import Iterator

from casetracker.core.file_parsing import pdf_copy, pdf_reading
from casetracker.core.file_parsing.findings import Notes
from casetracker.core.file_parsing.limits import Limits


class File:
    """A PDF, by its beginning."""

    def __init__(self, content: bytes, kind: str, limits: Limits) -> None:
        """Take the file."""
        self.kind = kind
        self._content, self._limits = content, limits

    def examined(self, notes: Notes) -> dict[str, int]:
        """Return the number of pages, and note what it says."""
        return pdf_reading.examined(self._content, self._limits, notes)

    def copies(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield the copy for the public."""
        yield "public", self.kind, pdf_copy.copied(self._content, self._limits)
