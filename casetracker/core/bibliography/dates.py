"""Dates between EDTF and what the formats have. Whether a day exists is for those who take the date."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Any

_SINGLE = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?[?~]?"
_EDTF = re.compile(rf"{_SINGLE}|(?:{_SINGLE}|\.\.)/(?:{_SINGLE}|\.\.)", re.ASCII)
_PLAIN = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?", re.ASCII)
_DIGITS = re.compile(r"[0-9]{1,4}", re.ASCII)
_TIME = re.compile(r"T[0-9:.]+(?:Z|[+-][0-9:]+)?\Z", re.ASCII)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def is_edtf(text: str) -> bool:
    """Tell whether a text has one of our forms of EDTF."""
    return _EDTF.fullmatch(text) is not None


def is_plain(text: str) -> bool:
    """Tell whether it is a year, a month or a day without doubts."""
    return _PLAIN.fullmatch(text) is not None


def joined(parts: Sequence[str]) -> str:
    """Return EDTF for year, month and day, as far as they are there. What is no such number stays as it is."""
    said = list(takewhile(lambda part: part not in ("", "0", "00"), map(str.strip, parts)))
    if not said:
        return ""
    year, *others = said
    if not all(_DIGITS.fullmatch(part) for part in (year, *others)):
        return " ".join((year, *others))
    return "-".join([f"{int(year):04}", *(f"{int(part):02}" for part in others[:2])])


def without_time(text: str) -> str:
    """Return a date without the time of day that programs add."""
    return _TIME.sub("", text)


# --- CSL ---------------------------------------------------------------------


def from_csl(value: Any) -> str:
    """Return what a date of CSL-JSON says: EDTF where that is possible."""
    if not isinstance(value, dict):
        return without_time(str(value)) if isinstance(value, str | int) else ""
    said = next((str(value[name]) for name in ("raw", "literal", "edtf") if value.get(name)), "")
    if is_edtf(said):
        return said
    parts = value.get("date-parts")
    dates = [_of_parts(one) for one in parts[:2] if isinstance(one, list)] if isinstance(parts, list) else []
    if not dates or not any(dates):
        return without_time(said)
    circa = "~" if value.get("circa") not in (None, False, 0, "", "0", "false") else ""
    return "/".join(f"{date}{circa}" if is_plain(date) else date or ".." for date in dates)


def _of_parts(parts: list[Any]) -> str:
    return joined([str(part) for part in parts[:3] if isinstance(part, str | int)])


def to_csl(text: str) -> dict[str, Any]:
    """Return a date of CSL-JSON, with the EDTF beside it where its parts do not say all."""
    if not is_edtf(text):
        return {"literal": text}
    dates = [date.rstrip("?~") for date in text.split("/") if date != ".."]
    parts = {"date-parts": [[int(part) for part in date.split("-")] for date in dates]}
    doubt = {"circa": True} if text.rstrip("?~") != text else {}
    return parts if is_plain(text) else {**parts, **doubt, "raw": text}


# --- RIS ---------------------------------------------------------------------


def from_ris(text: str) -> str:
    """Return what a date of RIS says: YYYY/MM/DD/other, where each but the year may be missing."""
    *parts, other = (*text.split("/", 3), "", "", "")[:4]
    if is_edtf(other.strip()):
        return other.strip()
    if is_edtf(text.strip()):  # an interval that somebody wrote by hand
        return text.strip()
    found = joined(parts)
    return found if found else other.strip()


def to_ris(text: str) -> str:
    """Return a date of RIS. What it has no form for goes into the part for anything else, as EDTF."""
    if not is_edtf(text):
        return f"///{text}"
    first = next(date for date in text.split("/") if date != "..").rstrip("?~")
    parts = [*first.split("-"), "", ""][:3]
    return f"{'/'.join(parts)}/{'' if is_plain(text) else text}"


# --- BibTeX ------------------------------------------------------------------


def from_bibtex(date: str, year: str, month: str, day: str) -> str:
    """Return what the fields of an entry say; `date` is that of biblatex, which is EDTF nearly."""
    if date:
        text = without_time(date)
        begin, slash, end = text.partition("/")
        return f"{begin or '..'}/{end or '..'}" if slash else text
    if not is_plain(year):
        return year
    names = {name: str(number) for number, name in enumerate(MONTHS, 1)}
    number = names.get(month[:3].lower(), month) if month.isalpha() else month
    match = re.fullmatch(r"([0-9]{1,2})\s*~?\s*([a-z]{3,9})|([a-z]{3,9})\s*~?\s*([0-9]{1,2})", month.lower())
    if match and not day:  # both in one, as many write it: 26~oct
        day, name = match[1] or match[4], (match[2] or match[3])[:3]
        number = names.get(name, month)
    return joined([year, number, day]) if number else year
