"""What is wrong with a file, in codes: this side has no translations."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

MOST_FINDINGS = 100
MOST_SHOWN = 80
# Stands for a cell that is refused already, so that it is not taken for an empty one. No cell that is read has it.
UNREADABLE = "\x00"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: `code` and `details` are made a message by the other side."""

    code: str
    details: Mapping[str, str | int] = field(default_factory=dict)
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""


@dataclass(frozen=True)
class Choice:
    """An encoding that the file may be in, and what one of its texts would say then."""

    name: str
    sample: str


class Refusal(Exception):
    """The file cannot be read as a table, for these reasons."""

    def __init__(
        self,
        findings: Sequence[Finding],
        *,
        more: int = 0,
        choices: Sequence[Choice] = (),
        sheets: Sequence[str] = (),
    ) -> None:
        """Take what was found and how much more was; encodings or sheets to choose from if that is the question."""
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = findings
        self.more = more
        self.choices = choices
        self.sheets = sheets

    def as_dict(self) -> dict[str, Any]:
        """Return plain data that JSON can carry."""
        return {
            "findings": [asdict(finding) for finding in self.findings],
            "more": self.more,
            "choices": [asdict(choice) for choice in self.choices],
            "sheets": list(self.sheets),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Refusal":
        """Return the refusal that `as_dict` told."""
        return cls(
            [Finding(**finding) for finding in data["findings"]],
            more=data["more"],
            choices=[Choice(**choice) for choice in data["choices"]],
            sheets=data["sheets"],
        )


def refuse(code: str, **details: str | int) -> Refusal:
    """Return a refusal of the whole file for one reason."""
    return Refusal([Finding(code, details)])


class Findings:
    """Collects findings, so that people learn of all of them at once; keeps the first hundred."""

    def __init__(self, sheet: str = "") -> None:
        """Take the sheet that is read. `headers` are set once they are known: they name the columns."""
        self.headers: Sequence[str] = ()
        self._sheet = sheet
        self._kept: list[tuple[Finding, int | None]] = []
        self._more = 0

    def __bool__(self) -> bool:
        return bool(self._kept)

    def add(
        self, code: str, row: int | None = None, place: int | None = None, value: str = "", **details: str | int
    ) -> None:
        """Note one more; `place` is the number of the column, from 0."""
        if len(self._kept) == MOST_FINDINGS:
            self._more += 1
        else:
            self._kept.append((Finding(code, details, self._sheet, row, value=value[: MOST_SHOWN + 1]), place))

    def add_sheet(self, code: str, sheet: str) -> None:
        """Note that something is wrong with another sheet."""
        if len(self._kept) < MOST_FINDINGS:
            self._kept.append((Finding(code, {"sheet": sheet}, sheet), None))

    def refuse_if_any(self) -> None:
        """Raise `Refusal` with all that was found, if anything was."""
        if self._kept:
            named = [replace(finding, column=self._column(place)) for finding, place in self._kept]
            raise Refusal(named, more=self._more)

    def _column(self, place: int | None) -> str:
        if place is None:
            return ""
        header = self.headers[place] if place < len(self.headers) else ""
        return header or letters(place)


def letters(place: int) -> str:
    """Return how programs name the column that has this number from 0: A, B, … AA."""
    name, place = "", place + 1
    while place:
        place, letter = divmod(place - 1, 26)
        name = chr(65 + letter) + name
    return name
