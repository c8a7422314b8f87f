"""An image, as `answering` asks about it."""

from collections.abc import Iterator

from casetracker.core.file_parsing import images
from casetracker.core.file_parsing.findings import Notes
from casetracker.core.file_parsing.limits import Limits


class File:
    """An image of a kind that its beginning told."""

    def __init__(self, content: bytes, kind: str, limits: Limits) -> None:
        """Take the file."""
        self.kind = kind
        self._content, self._limits = content, limits

    def examined(self, notes: Notes) -> dict[str, int]:
        """Return width and height, and note what it says."""
        return images.examined(self._content, self.kind, self._limits, notes)

    def copies(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield a preview and a thumbnail."""
        return images.copies(self._content, self.kind, self._limits)
