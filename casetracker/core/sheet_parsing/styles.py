"""What the format of a cell makes of its number."""

import re
from collections.abc import Mapping
from enum import StrEnum

from casetracker.core.sheet_parsing.xml_parts import Elements


class Kind(StrEnum):
    """What a cell shows, by its format."""

    NUMBER = "number"
    PADDED = "padded"  # with zeros before it
    MORE = "more"  # percent, currency, words: more than the number
    DATE = "date"
    MONTH = "month"
    YEAR = "year"
    NO_YEAR = "no_year"
    TIME = "time"
    DURATION = "duration"
    LOCAL = "local"  # East Asian formats mean something else on each computer
    HIDDEN = "hidden"


# Numbers that stand for formats which the workbook need not spell out.
_BUILT_IN = {
    **dict.fromkeys((5, 6, 7, 8, 9, 10, 42, 44), Kind.MORE),
    **dict.fromkeys((14, 15, 22, 30, 31), Kind.DATE),
    16: Kind.NO_YEAR,
    17: Kind.MONTH,
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), Kind.TIME),
    46: Kind.DURATION,
    **dict.fromkeys((27, 28, 29, 36, 50, 51, 52, 53, 54, 57, 58), Kind.LOCAL),
}
_LITERAL = re.compile(r'"[^"]*"?|\\.|\[\$[^\]]*\]')
_SPACING = re.compile(r"_.|\*.")
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")
_HALF_OF_DAY = re.compile(r"am/pm|a/p|上午/下午", re.IGNORECASE)
_RUN = re.compile(r"y+|m+|d+|h+|s+|e+|b+", re.IGNORECASE)
_NUMERIC = re.compile(r"[0#?., ]*(e[+-][0#?]+|/[0-9#? ]+)?", re.IGNORECASE)
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_ZEROS = re.compile("0{2,}")
_LONGEST = 255


class Styles(Elements):
    """The formats of a workbook. A cell names its style by a number."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self._codes: dict[int, str] = {}
        self._formats: list[int] = []
        self._known: dict[int, tuple[Kind, int]] = {}

    def start(self, attributes: Mapping[str, str]) -> None:
        """Take a format, or a style."""
        if self.path == ["styleSheet", "numFmts", "numFmt"]:
            self._codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif self.path == ["styleSheet", "cellXfs", "xf"]:
            self._formats.append(_number(attributes.get("numFmtId")))

    def of(self, style: int) -> tuple[Kind, int]:
        """Return what the style shows, and how many digits at least."""
        number = self._formats[style] if style < len(self._formats) else 0
        if number not in self._known:
            code = self._codes.get(number)
            self._known[number] = (_BUILT_IN.get(number, Kind.NUMBER), 0) if code is None else kind_of(code)
        return self._known[number]


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else 0


def kind_of(code: str) -> tuple[Kind, int]:
    """Return what a format shows, and how many digits at least. Its first section is for positive numbers."""
    if code and not code.strip("; "):
        return Kind.HIDDEN, 0
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match[0])
        return '"' if match[0].startswith('"') else "\\"

    bare = _SPACING.sub("", _LITERAL.sub(keep, code[:_LONGEST])).split(";")[0]
    literals = literals[: bare.count('"') + bare.count("\\")]
    bare = bare.replace('"', " ").replace("\\", " ")
    if _ELAPSED.search(bare):
        return Kind.DURATION, 0
    bare = _BRACKETS.sub("", bare).strip()
    if bare.lower() in {"", "general", "@", "standard"}:
        return (Kind.MORE if _say_something(literals) else Kind.NUMBER), 0
    if _is_number(bare):
        return _kind_of_number(bare, literals)
    return _kind_of_date(bare), 0


def _say_something(literals: list[str]) -> bool:
    """Tell whether what stands around the number is more than blanks and the name of a language."""
    return any(literal.strip('"\\ ') and not re.fullmatch(r"\[\$-[^\]]*\]", literal) for literal in literals)


def _is_number(bare: str) -> bool:
    return re.search(r"[0#?]", bare) is not None and not re.search("[ymdhs]", bare, re.IGNORECASE)


def _kind_of_number(bare: str, literals: list[str]) -> tuple[Kind, int]:
    if _say_something(literals) or not _NUMERIC.fullmatch(bare) or _SCALED.search(bare):
        return Kind.MORE, 0
    return (Kind.PADDED, len(bare)) if _ZEROS.fullmatch(bare) else (Kind.NUMBER, 0)


def _kind_of_date(bare: str) -> Kind:
    runs = [run[0].lower() for run in _RUN.findall(_HALF_OF_DAY.sub("", bare))]
    parts = {_minute_or(run, runs, place) for place, run in enumerate(runs)}
    if parts & {"y", "e", "b"}:
        precise = {"d": Kind.DATE, "m": Kind.MONTH}
        return next((kind for part, kind in precise.items() if part in parts), Kind.YEAR)
    if parts & {"m", "d"}:
        return Kind.NO_YEAR
    return Kind.TIME if parts else Kind.MORE


def _minute_or(run: str, runs: list[str], place: int) -> str:
    """Return "minute" for an m after hours or before seconds, where it stands for minutes."""
    after_hours = place > 0 and runs[place - 1] == "h"
    before_seconds = place + 1 < len(runs) and runs[place + 1] == "s"
    return "minute" if run == "m" and (after_hours or before_seconds) else run
