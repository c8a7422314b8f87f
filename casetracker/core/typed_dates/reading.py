"""Finding the readings of a typed date. They are EDTF in form; whether such a day exists is asked elsewhere."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from casetracker.core.dates import parse_edtf
from casetracker.core.text import fold
from casetracker.core.typed_dates import words

_DIGITS = {char: str(digit) for digit, char in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_HAN_YEAR = re.compile(f"[{''.join(_DIGITS)}]{{4}}(?=年)")
_HAN_NUMBER = re.compile("([一二三]?)(十?)([一二三四五六七八九]?)(?=[月日号])")
_HAN_DATE = re.compile(r"(\d{4})\s*[年년](?:\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日号일])?)?")
_SHORT_YEAR = re.compile(r"'(\d\d)\b")

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?\.?")
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})")
_YEAR_CUT_SHORT = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{2})")
_DECADE = re.compile(r"(?:the )?(\d{3})0'?s")
_QUARTER = re.compile(r"(?:q([1-4])[ /-]*(\d{4})|(\d{4})[ /-]*q([1-4]))")
_SEASON = re.compile(
    rf"(?:in )?(?:(?:the |de )?({'|'.join(words.SEASONS)})(?: (?:of|van))? (\d{{4}})(?:[/-](?:\d\d)?(\d\d))?"
    rf"|(\d{{4}})\s*年?\s*({'|'.join(words.SEASONS)})[季天]?)"
)
_WORDY = re.compile(r"[\w\s.,'/-]+")


@dataclass(frozen=True)
class Found:
    """The readings of a text. `is_plain`: the first is meant, unless somebody says otherwise."""

    texts: tuple[str, ...]
    is_plain: bool = True

    def each(self, change: Callable[[str], str | None]) -> "Found | None":
        """Change every reading; None if that is possible for none."""
        changed = tuple(filter(None, map(change, self.texts)))
        return Found(changed, self.is_plain) if changed else None


def find(text: str) -> Found | None:
    """Return what a text can mean; None if it is no date that we know to read."""
    return _read(_tidy(text))


def _tidy(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().translate(str.maketrans("’‘′", "'''"))
    plain = _SHORT_YEAR.sub(lambda match: ("19" if match[1] >= "60" else "20") + match[1], plain)
    plain = _HAN_YEAR.sub(lambda match: "".join(_DIGITS[char] for char in match[0]), plain)
    plain = _HAN_NUMBER.sub(_han_number, plain) if "年" in plain else plain
    return " ".join(plain.split()).rstrip(" ,;") if ".." in plain else " ".join(plain.split()).rstrip(" ,;.")


def _han_number(match: re.Match[str]) -> str:
    """Read numbers up to 39, as days and months have them: 十 is 10, 二十六 is 26."""
    tens, ten, ones = match.groups()
    if not ten:
        return "".join(_DIGITS[char] for char in tens + ones)
    return f"{_DIGITS[tens or '一']}{_DIGITS[ones or '零']}"


def _read(text: str) -> Found | None:
    readers = (_interval, _open, _marked, _single)
    return next((found for reader in readers if (found := reader(text))), None)


# --- what stands around dates ------------------------------------------------------


def _interval(text: str) -> Found | None:
    for pattern in words.BETWEEN:
        match = pattern.fullmatch(text)
        ends = _ends(match["start"], match["end"]) if match else None
        if ends:
            return ends
    return None


def _ends(start: str, end: str) -> Found | None:
    first, last = _read_start(start, end), _read_end(start, end)
    if not first or not last:
        return None
    spans = [f"{_first(one)}/{_last(other)}" for one, other in product(first.texts, last.texts)]
    if not first.is_plain or not last.is_plain:
        # Two dates in the same hand are written in the same order, and in theirs.
        alike = zip(first.texts, last.texts, strict=False)
        spans = [f"{_first(one)}/{_last(other)}" for one, other in alike] if _same(first, last) else spans
        return Found(tuple(spans), is_plain=False)
    return Found(tuple(spans))


def _same(first: Found, last: Found) -> bool:
    return not first.is_plain and not last.is_plain and len(first.texts) == len(last.texts)


def _read_start(start: str, end: str) -> Found | None:
    """Read the first date. It may leave to the second what both share: 26 – 28 October 2022."""
    shared = (end.partition(" ")[2], end.rpartition(" ")[2]) if " " in end else ()
    return next((found for rest in ("", *shared) if (found := _read_closed(f"{start} {rest}".strip()))), None)


def _read_end(start: str, end: str) -> Found | None:
    year, has_year, _rest = start.partition("年")
    return _read_closed(end) or (_read_closed(f"{year}年{end}") if has_year else None)


def _read_closed(text: str) -> Found | None:
    found = _marked(text) or _single(text)
    return found.each(lambda one: None if ".." in one else one) if found else None


def _open(text: str) -> Found | None:
    for pattern, write in (
        (words.SINCE, lambda one: f"{_first(one)}/.."),
        (words.UNTIL, lambda one: f"../{_last(one)}"),
        (words.AFTER, _after),
        (words.BEFORE, _before),
    ):
        match = pattern.fullmatch(text)
        found = _read_closed(_date_in(match)) if match else None
        if found:
            return found.each(write)
    return None


def _marked(text: str) -> Found | None:
    for pattern, mark in ((words.ABOUT, "~"), (words.PERHAPS, "?")):
        match = pattern.fullmatch(text)
        found = _single(_date_in(match)) if match else None
        if found:
            return found.each(lambda one, mark=mark: one.replace("/", f"{mark}/") + mark)  # type: ignore[misc]
    return None


def _date_in(match: re.Match[str]) -> str:
    found: dict[str, str] = match.groupdict()
    return next(filter(None, found.values()))


def _first(text: str) -> str:
    return text.partition("/")[0]


def _last(text: str) -> str:
    return text.rpartition("/")[2]


def _after(text: str) -> str | None:
    next_one = _moved(_last(text), 1)
    return f"{next_one}/.." if next_one else None


def _before(text: str) -> str | None:
    previous = _moved(_first(text), -1)
    return f"../{previous}" if previous else None


def _moved(text: str, by: int) -> str | None:
    """Return the year, month or day next to this one, with its mark."""
    bare = text.rstrip("?~")
    mark = text[len(bare) :]
    try:
        parts = [int(part) for part in bare.split("-")]
        if len(parts) == 1:
            return f"{dt.date(parts[0] + by, 1, 1):%Y}".zfill(4) + mark
        if len(parts) == 2:
            dt.date(parts[0], parts[1], 1)
            year, month = divmod(parts[0] * 12 + parts[1] - 1 + by, 12)
            return dt.date(year, month + 1, 1).isoformat()[:7] + mark
        return (dt.date(*parts) + dt.timedelta(days=by)).isoformat() + mark
    except (ValueError, OverflowError):
        return None


# --- single dates ------------------------------------------------------------------


def _single(text: str) -> Found | None:
    if "/" not in text and _is_edtf(text):
        return Found((text,))
    readers = (_numbers, _han, _decade, _quarter, _season, _in_words)
    return next((found for reader in readers if (found := reader(text))), None)


def _is_edtf(text: str) -> bool:
    try:
        parse_edtf(text)
    except ValueError:
        return False
    return True


def _numbers(text: str) -> Found | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return Found((_written(match[1], match[3], match[4]),))
    if match := _MONTH_AND_YEAR.fullmatch(text):
        return Found((_written(match[2], match[1]),))
    if match := _YEAR_LAST.fullmatch(text):
        one, _sign, two, year = match.groups()
        return Found((_written(year, two, one), _written(year, one, two)), is_plain=False)
    if match := _YEAR_CUT_SHORT.fullmatch(text):
        one, _sign, two, three = match.groups()
        orders = ((three, two, one), (three, one, two), (one, two, three))
        return Found(tuple(_written(f"20{year:0>2}", month, day) for year, month, day in orders), is_plain=False)
    return None


def _written(year: str, month: str | int, day: str | None = None) -> str:
    return "-".join(filter(None, (year, f"{month:0>2}", f"{day:0>2}" if day else "")))


def _han(text: str) -> Found | None:
    match = _HAN_DATE.fullmatch(text)
    if not match:
        return None
    year, month, day = match.groups()
    return Found((_written(year, month, day) if month else year,))


def _decade(text: str) -> Found | None:
    match = _DECADE.fullmatch(text)
    return Found((f"{match[1]}0/{match[1]}9",)) if match else None


def _quarter(text: str) -> Found | None:
    match = _QUARTER.fullmatch(text)
    if not match:
        return None
    year, number = match[2] or match[3], int(match[1] or match[4])
    return Found((f"{year}-{3 * number - 2:02}/{year}-{3 * number:02}",))


def _season(text: str) -> Found | None:
    """Read a season north of the equator, then south of it. A winter belongs to two years: which, is asked."""
    match = _SEASON.fullmatch(text)
    if not match:
        return None
    year, season = int(match[2] or match[4]), words.SEASONS[match[1] or match[5]]
    north, south = season, (season + 2) % 4
    if match[3]:
        over_new_year = words.WINTER in (north, south) and int(match[3]) == (year + 1) % 100
        return Found((_months_of(words.WINTER, year)[0],)) if over_new_year else None
    here = _months_of(north, year)
    return Found((*here, *_months_of(south, year)), is_plain=len(here) == 1)


def _months_of(season: int, year: int) -> tuple[str, ...]:
    if season == words.WINTER:
        return f"{year:04}-12/{year + 1:04}-02", f"{year - 1:04}-12/{year:04}-02"
    first = 3 + 3 * season
    return (f"{year:04}-{first:02}/{year:04}-{first + 2:02}",)


def _in_words(text: str) -> Found | None:
    """Read a month by name, with a year and perhaps a day, in any order."""
    if not _WORDY.fullmatch(text) or ".." in text:
        return None
    parts = [part for part in re.findall(r"\d+|[^\W\d_]+", fold(text)) if part not in words.FILLERS]
    numbers = [part for part in parts if part.isascii() and part.isdigit()]
    names = [part for part in parts if part in words.months()]
    others = [part for part in parts if part not in numbers and part not in names and part not in words.weekdays()]
    years = [part for part in numbers if len(part) == 4]
    days = [part for part in numbers if len(part) < 3]
    if others or len(names) != 1 or len(years) != 1 or len(days) > 1 or len(numbers) != len(years) + len(days):
        return None
    choices = words.months()[names[0]]
    day = days[0] if days else None
    return Found(tuple(_written(years[0], month, day) for month in choices), is_plain=len(choices) == 1)
