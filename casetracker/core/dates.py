"""Dates as sources give them: EDTF (ISO 8601-2) at the precision that is known."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from edtf import EDTFParseException
from edtf import parse_edtf as parse_with_library

REMEDY = _(
    "Write a date as 2022, 2022-10 or 2022-10-26, with ? if doubtful or ~ if approximate, "
    "or an interval such as 2022-10/2023-01, 2022-10/.. or ../2022-10."
)
EXAMPLES = _("For example 2022, 2022-10 or 2022-10-26; ? if doubtful.")
_SINGLE = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?[?~]?")


@dataclass(frozen=True)
class EdtfDate:
    """A date or interval: its normalised text and the first and last day that it allows.

    None as a bound means open: no first, or no last day.
    """

    text: str
    earliest: dt.date | None
    latest: dt.date | None


@lru_cache(maxsize=8192)  # The library's grammar takes some 5 ms for each date.
def parse_edtf(text: str) -> EdtfDate:
    """Parse one of the forms that `REMEDY` names.

    Raises `ValueError` with the remedy for every other text, and for days that do not exist.
    """
    start, slash, end = text.strip().partition("/")
    if not slash:
        return EdtfDate(start, *_bounds(start))
    if start == ".." and end == "..":
        raise ValueError(str(REMEDY))
    earliest = None if start == ".." else _bounds(start)[0]
    latest = None if end == ".." else _bounds(end)[1]
    if earliest and latest and earliest > latest:
        raise ValueError(str(_("The interval ends before it begins. Swap its two dates.")))
    return EdtfDate(f"{start}/{end}", earliest, latest)


def _bounds(text: str) -> tuple[dt.date, dt.date]:
    match = _SINGLE.fullmatch(text)
    if not match:
        raise ValueError(str(REMEDY))
    try:
        parse_with_library(text)
        year, month, day = (int(match[part]) if match[part] else None for part in ("year", "month", "day"))
        assert year is not None  # noqa: S101 - the pattern has it; for the type checker
        last_month = month or 12
        last_day = day or calendar.monthrange(year, last_month)[1]
        return dt.date(year, month or 1, day or 1), dt.date(year, last_month, last_day)
    except (EDTFParseException, ValueError, calendar.IllegalMonthError) as error:
        raise ValueError(str(_("“%(text)s” is no day, month or year. ") % {"text": text} + REMEDY)) from error


def latest_day(text: str) -> dt.date | None:
    """Return the last day that an EDTF text allows; None if it is empty or open-ended."""
    return parse_edtf(text).latest if text else None


def validate_edtf(text: str) -> None:
    """Raise `ValidationError` with the remedy unless `text` is one of the accepted forms."""
    try:
        parse_edtf(text)
    except ValueError as error:
        raise ValidationError(str(error), code="edtf") from error


class EdtfField(models.CharField):  # type: ignore[type-arg]
    """A date as an EDTF text; empty when nothing is known.

    Where queries need days, services set two date columns beside it (`bounds_of`).
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Set the length and the help that every such date shares."""
        kwargs.setdefault("max_length", 25)
        kwargs.setdefault("help_text", EXAMPLES)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def to_python(self, value: object) -> str:
        """Return the text without blanks around it."""
        return str(value).strip() if value is not None else ""

    @property
    def validators(self) -> list[Any]:
        """Check the date itself beside the usual length."""
        return [*super().validators, validate_edtf]


def bounds_of(text: str) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and last day of an EDTF text; None for each that is open or not known."""
    if not text:
        return None, None
    date = parse_edtf(text)
    return date.earliest, date.latest
