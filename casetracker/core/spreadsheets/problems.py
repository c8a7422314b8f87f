"""What is wrong with a file, in words for the person who uploads it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from casetracker.core.errors import DomainError


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, with its place; the message has the remedy too.

    `row` is the number that spreadsheet programs show, `column` the header, or letters such as "AB" where there is
    none. `value` is the cell as it was read, shortened, with invisible characters shown.
    """

    message: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        """Return the place and the message."""
        places = {_("Sheet"): self.sheet, _("Row"): self.row, _("Column"): self.column}
        place = ", ".join(f"{label} {value}" for label, value in places.items() if value)
        return f"{place}: {self.message}" if place else self.message


class UnreadableFile(DomainError):
    """The file cannot be read as a table. `problems` says all that is wrong, as far as it could be found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Take what is wrong."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class EncodingChoice:
    """An encoding that the file may be in, and what some of its texts say then."""

    name: str
    label: str
    sample: str


class EncodingUnclear(UnreadableFile):
    """The file makes sense in more than one encoding: a person must choose, the likeliest first."""

    def __init__(self, problems: Sequence[Problem], choices: Sequence[EncodingChoice]) -> None:
        """Take the question and the answers."""
        super().__init__(problems)
        self.choices = choices


class SheetUnclear(UnreadableFile):
    """More than one sheet has something in it: a person must choose."""

    def __init__(self, problems: Sequence[Problem], sheets: Sequence[str]) -> None:
        """Take the question and the names to choose from."""
        super().__init__(problems)
        self.sheets = sheets
