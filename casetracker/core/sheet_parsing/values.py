"""What a cell of a workbook says, as text."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from casetracker.core.sheet_parsing.strings import plain
from casetracker.core.sheet_parsing.styles import Kind, Styles

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?", re.ASCII)
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")  # Databases do not take them; workbooks can write them by their code.
_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T00:00:00(\.0+)?Z?)?", re.ASCII)
_ISO_WITH_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.Z]+", re.ASCII)
_LONGEST = 100
_DIGITS_OF_EXCEL = 15
_SECONDS_OF_A_DAY = 86_400
_LAST_DAY = 2_958_465  # 9999-12-31
# Excel takes 1900 for a leap year, as Lotus did: its day 60 never was.
_NO_DAY = 60
_ERRORS = {
    Kind.NO_YEAR: "date_without_year",
    Kind.TIME: "time_of_day",
    Kind.DURATION: "duration",
    Kind.LOCAL: "date_of_locale",
    Kind.MORE: "format_adds",
    Kind.HIDDEN: "format_hides",
}


@dataclass(frozen=True)
class Cell:
    """A cell as the part has it. `raw` is None where there is no value at all."""

    kind: str
    style: int
    raw: str | None
    is_formula: bool


class Unclear(Exception):
    """The cell cannot be taken for a text; the code says why, and `shown` what it holds."""

    def __init__(self, code: str, shown: str = "") -> None:
        """Take the code of the finding."""
        super().__init__(code)
        self.code = code
        self.shown = shown


class Values:
    """Reads cells, with the texts and formats of their workbook."""

    def __init__(self, strings: Sequence[str], styles: Styles, *, is_from_1904: bool) -> None:
        """Take what the cells refer to."""
        self._strings = strings
        self._styles = styles
        self._is_from_1904 = is_from_1904

    def text_of(self, cell: Cell) -> str:
        """Return what the cell says, "" if nothing. Raises `Unclear`."""
        if cell.is_formula and not cell.raw and not (cell.kind == "str" and cell.raw is not None):
            raise Unclear("formula_without_value")
        if not cell.raw:
            return ""
        text = self._text(cell, cell.raw)
        if _NO_TEXT.search(text):
            _damaged(text)
        if text and self._styles.of(cell.style)[0] is Kind.HIDDEN:
            raise Unclear("format_hides", text)
        return text

    def _text(self, cell: Cell, raw: str) -> str:
        match cell.kind:
            case "s":
                return self._shared(raw)
            case "str" | "inlineStr":
                return plain(raw)
            case "n":
                return self._of_number(cell.style, raw)
            case "b":
                return {"1": "yes", "true": "yes", "0": "no", "false": "no"}.get(raw.lower(), "") or _damaged(raw)
            case "d":
                return self._of_iso(cell.style, raw)
            case "e":
                raise Unclear("error_value", raw)
            case _:
                return _damaged(raw)

    def _shared(self, raw: str) -> str:
        if not (raw.isascii() and raw.isdigit() and len(raw) < 10 and int(raw) < len(self._strings)):
            _damaged(raw)
        return self._strings[int(raw)]

    def _of_number(self, style: int, raw: str) -> str:
        raw = raw.strip()
        if len(raw) > _LONGEST or not _NUMBER.fullmatch(raw):
            _damaged(raw)
        number = float(raw)
        kind, digits = self._styles.of(style)
        if kind in _ERRORS:
            raise Unclear(_ERRORS[kind], raw)
        if kind in {Kind.DATE, Kind.MONTH, Kind.YEAR}:
            return _shortened(self._day(number, raw).isoformat(), kind)
        text = decimal_text(number, raw)
        return text.zfill(digits) if kind is Kind.PADDED and text.isdigit() else text

    def _day(self, number: float, raw: str) -> date:
        # Times are multiples of a second, but for what binary fractions make of them.
        if not math.isfinite(number) or abs(number) > _LAST_DAY:
            raise Unclear("date_impossible", raw)
        day, seconds = divmod(round(number * _SECONDS_OF_A_DAY), _SECONDS_OF_A_DAY)
        if seconds:
            raise Unclear("time_of_day", raw)
        if self._is_from_1904:
            if day < 0:
                raise Unclear("date_impossible", raw)
            return _date_after(date(1904, 1, 1), day, raw)
        if day < 1 or day == _NO_DAY:
            raise Unclear("date_impossible", raw)
        return _date_after(date(1899, 12, 31) if day < _NO_DAY else date(1899, 12, 30), day, raw)

    def _of_iso(self, style: int, raw: str) -> str:
        found = _ISO.fullmatch(raw)
        if not found:
            raise Unclear("time_of_day" if _ISO_WITH_TIME.fullmatch(raw) else "cell_damaged", raw)
        try:
            day = date.fromisoformat(found[1])
        except ValueError:
            raise Unclear("date_impossible", raw) from None
        return _shortened(day.isoformat(), self._styles.of(style)[0])


def _date_after(start: date, days: int, raw: str) -> date:
    try:
        return start + timedelta(days=days)
    except OverflowError:
        raise Unclear("date_impossible", raw) from None


def _shortened(day: str, kind: Kind) -> str:
    """Return the date as precisely as the cell shows it."""
    return {Kind.MONTH: day[:7], Kind.YEAR: day[:4]}.get(kind, day)


def decimal_text(number: float, raw: str) -> str:
    """Return the number as Excel shows it where there is room: fifteen digits, no exponent. Raises `Unclear`."""
    if not math.isfinite(number) or abs(number) >= 10**_DIGITS_OF_EXCEL:
        raise Unclear("number_too_long", raw)
    text = f"{Decimal(f'{number:.{_DIGITS_OF_EXCEL}g}'):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _damaged(raw: str) -> str:
    raise Unclear("cell_damaged", raw)
