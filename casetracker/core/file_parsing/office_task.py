"""An office document, as `answering` asks about it."""

import re
from collections.abc import Iterator

from casetracker.core.file_parsing import docx_copy, images
from casetracker.core.file_parsing.docx_survey import Survey
from casetracker.core.file_parsing.findings import Notes
from casetracker.core.file_parsing.limits import Limits
from casetracker.core.file_parsing.markup import walk
from casetracker.core.file_parsing.package import Office
from casetracker.core.file_parsing.properties import note_properties

_WORD = "docx"
_PICTURES = re.compile(r"(^|/)(media|pictures)/[^/]+$")
_MOST_PICTURES = 100


class File:
    """An archive that is an office document."""

    def __init__(self, content: bytes, _kind: str, limits: Limits) -> None:
        """Open the archive and see what it is. Raises `Refusal` for other archives."""
        self._limits = limits
        self._office = Office(content, limits)
        self.kind = self._office.kind()
        self._office.refuse_if_remote()

    def examined(self, notes: Notes) -> dict[str, int]:
        """Note what it says. How many pages it has is known to a program that lays it out, and to nobody else."""
        if self.kind == _WORD:
            walk(self._office, self._office.main_part(), Survey())
        note_properties(self._office, self.kind, notes)
        for name in [name for name in self._office.package.names if _PICTURES.search(name)][:_MOST_PICTURES]:
            images.note_picture(self._office.content_of(name), self._limits, notes)
        return {}

    def copies(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield the copy for the public, where there is one."""
        if self.kind == _WORD:
            yield "public", self.kind, docx_copy.copied(self._office)
