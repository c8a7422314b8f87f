"""Why a file is refused, in words for the person who brings it, with the remedy."""

from collections import defaultdict
from collections.abc import Mapping

from casetracker.core.errors import DomainError
from casetracker.core.file_parsing.findings import Refusal, plain
from casetracker.core.files.words import FOREIGN, REFUSALS
from casetracker.core.text import with_invisible_shown


class FileRefused(DomainError):
    """A file is not taken, or cannot be copied. `code` says why to programs; nothing was kept.

    `str(error)` is in the language of the moment when it was raised, `describe()` in that of the moment.
    """

    def __init__(self, code: str, details: Mapping[str, str | int] | None = None) -> None:
        """Take the code, and what its words need."""
        self.code = code
        self.details = dict(details or {})
        super().__init__(self.describe())

    def describe(self) -> str:
        """Return what is wrong and what to do."""
        shown = {key: with_invisible_shown(plain(value)) for key, value in self.details.items()}
        if "kind" in shown:
            shown["kind"] = str(FOREIGN.get(shown["kind"], FOREIGN["unknown"]))
        return str(REFUSALS.get(self.code, REFUSALS["damaged"])) % defaultdict(str, shown)

    @classmethod
    def of(cls, refusal: Refusal) -> "FileRefused":
        """Return what the side without words has said."""
        return cls(refusal.code, refusal.details)
