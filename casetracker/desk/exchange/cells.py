"""What stands in a cell, read as the value of a field, and written back: one widget for each sort of field.

`clean` raises `ValueError` with what is wrong and the remedy; it never guesses between two meanings.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache, cached_property, lru_cache
from typing import Any

from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import override
from import_export.widgets import Widget

from casetracker.core.desk_languages import Language as DeskLanguage
from casetracker.core.text import fold
from casetracker.core.typed_dates import read_date
from casetracker.places.countries import alpha3, government_codes, name_of

_MOST_NAMED = 12  # allowed values in one message
_SHAPING = "\u200c\u200d"
_DEGREES = re.compile(r"[°'′″\"]|[NSEW]\s*$", re.IGNORECASE)
_BETWEEN_TEXTS = re.compile(r"(?<!\\);")
_YES, _NO = (
    frozenset({"yes", "y", "true", "1", "x", "ja", "waar", "是"}),
    frozenset({"no", "n", "false", "0", "nee", "onwaar", "否"}),
)


class CellWidget(Widget):
    """What all have in common: an empty cell is `empty`, and a value is written as text."""

    empty: Any = ""
    # What may stand in the cell, where that is a closed list: value to label, for the template and for messages.
    allowed: Mapping[str, Any] | None = None
    form: Any = ""  # How it is written, for the template.
    example: str = ""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> Any:
        """Read a cell. Raises `ValueError` with the remedy."""
        return self.read(value) if value else self.empty

    def read(self, text: str) -> Any:
        """Read what is not empty."""
        raise NotImplementedError

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Return what stands in the cell for a value."""
        return "" if value is None else str(value)


class ShortText(CellWidget):
    """One line that says what it seems to say."""

    def read(self, text: str) -> str:
        """Refuse what cannot be seen."""
        for char in text:
            if char in "\r\n":
                raise ValueError(_("It has a line break. Write it on one line."))
            if unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"}:
                raise ValueError(
                    _("It has a character that cannot be seen: %(code)s. Type the cell again instead of pasting it.")
                    % {"code": f"U+{ord(char):04X}"}
                )
        return text


class LongText(CellWidget):
    """Several lines. Joiners shape letters in them; what turns the direction of writing is refused."""

    def read(self, text: str) -> str:
        """Refuse what shows the text otherwise than it is."""
        for char in text:
            if unicodedata.category(char) in {"Cc", "Cf"} and char not in f"\n\t\r{_SHAPING}\u00ad":
                raise ValueError(
                    _("It has a character that cannot be seen: %(code)s. Take it out.") % {"code": f"U+{ord(char):04X}"}
                )
        return text.replace("\r\n", "\n").replace("\r", "\n")


class TextList(ShortText):
    """Several short texts with semicolons between them. One within a text has a backslash before it."""

    form = format_lazy("{}", "a; b; c")

    @property
    def empty(self) -> list[str]:
        """A new list for each cell."""
        return []

    def read(self, text: str) -> Any:
        """Take the parts, each once."""
        parts = (part.replace("\\;", ";").strip() for part in _BETWEEN_TEXTS.split(super().read(text)))
        return list(dict.fromkeys(part for part in parts if part))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Join the parts."""
        parts = (part.replace(";", "\\;") for part in value or ())
        return "; ".join(f"{part} " if part.endswith("\\") else part for part in parts)


class Choice(CellWidget):
    """One of a closed list, by its code or by its label in any language of the desk."""

    def __init__(self, choices: Iterable[tuple[str, Any]]) -> None:
        """Take codes with their labels."""
        super().__init__()
        self.allowed = {code: label for code, label in choices if code}

    @cached_property
    def _spellings(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for language in DeskLanguage.values:
            with override(language):
                found |= {fold(str(label)): code for code, label in (self.allowed or {}).items()}
        return found | {fold(code): code for code in self.allowed or {}}

    def read(self, text: str) -> str:
        """Find the code."""
        code = self._spellings.get(_folded(text))
        if code is None:
            raise ValueError(_("It is not one of: %(values)s.") % {"values": _listed(self.allowed or {})})
        return code


@lru_cache(maxsize=4096)  # The same few words stand in thousands of rows.
def _folded(text: str) -> str:
    return fold(text)


def _listed(codes: Iterable[str]) -> str:
    named = list(codes)
    more = len(named) - _MOST_NAMED
    return ", ".join(named[:_MOST_NAMED]) + (_(" and %(number)d more") % {"number": more} if more > 0 else "")


class Government(CellWidget):
    """A state, or the European Union where that is allowed: by code or by name."""

    example = "NL"

    def __init__(self, check: Callable[[str], None]) -> None:
        """Take what raises `ValidationError` for what the field does not take."""
        super().__init__()
        self.check = check

    def read(self, text: str) -> str:
        """Find the code. What is none is named as it stands in the cell."""
        code = _codes().get(_folded(text), text)
        try:
            self.check(code)
        except ValidationError as error:
            raise ValueError(error.messages[0]) from None
        return code


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for code in government_codes():
        names = (name_of(code, language) for language in DeskLanguage.values)
        found |= {fold(name): code for name in (*names, alpha3(code), code) if name}
    return found | {fold(name): code for name, code in _COMMON_NAMES.items()}


# What people call them, where CLDR's name is another.
_COMMON_NAMES = {
    "UK": "GB",
    "Great Britain": "GB",
    "England": "GB",
    "USA": "US",
    "United States of America": "US",
    "Czech Republic": "CZ",
    "Holland": "NL",
    "The Netherlands": "NL",
    "PRC": "CN",
    "South Korea": "KR",
    "North Korea": "KP",
    "Burma": "MM",
    "Ivory Coast": "CI",
    "Turkey": "TR",
    "Macedonia": "MK",
    "Russia": "RU",
    "European Union": "EU",
}


class Language(CellWidget):
    """A BCP 47 tag, or the English name of a language."""

    example = "zh-Hant"

    def read(self, text: str) -> str:
        """Bring a tag into its usual spelling. Whether there is such a language, the field says."""
        if name := _language_names().get(fold(text)):
            return name
        first, *rest = text.replace("_", "-").split("-")
        return "-".join([first.lower(), *(_subtag(part) for part in rest)])


def _subtag(part: str) -> str:
    if len(part) == 2:
        return part.upper()
    return part.title() if len(part) == 4 else part.lower()


@cache
def _language_names() -> dict[str, str]:
    languages = Locale.parse("en").languages
    return {fold(name): tag.replace("_", "-") for tag, name in languages.items()}


class Date(CellWidget):
    """A date at the precision that is known, in any form that is not ambiguous."""

    example = "2022-10-26"

    def read(self, text: str) -> str:
        """Return EDTF."""
        date = read_date(text)
        if date.others:
            raise ValueError(
                _("“%(text)s” is %(north)s north of the equator, %(south)s south of it. Write the one that is meant.")
                % {"text": text, "north": date.text, "south": ", ".join(date.others)}
            )
        return date.text


class YesNo(CellWidget):
    """Yes or no; an empty cell says no."""

    empty = False
    form = "yes / no"

    def read(self, text: str) -> bool:
        """Read the word."""
        if text.casefold() in _YES | _NO:
            return text.casefold() in _YES
        raise ValueError(_("Write yes or no."))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Write the word."""
        return "yes" if value else "no"


class Number(CellWidget):
    """A whole number."""

    empty = None
    example = "1"

    def read(self, text: str) -> int:
        """Read digits only: 1.000 is a thousand in one country and one in the next."""
        if not re.fullmatch(r"\d{1,12}", text, re.ASCII):
            raise ValueError(_("Write a whole number in digits, without dots, commas or blanks."))
        return int(text)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Leave the number a number."""
        return "" if value is None else value


class Degrees(CellWidget):
    """A coordinate in decimal degrees."""

    empty = None
    example = "52.37"

    def __init__(self, limit: int, places: int) -> None:
        """Take the largest value, and how many decimals are kept."""
        super().__init__()
        self.limit, self.places = limit, places

    def read(self, text: str) -> Decimal:
        """Read a number with a dot, or with a comma where there is no dot."""
        if _DEGREES.search(text):
            raise ValueError(
                _("Write decimal degrees such as 52.37, not degrees and minutes; south and west are negative.")
            )
        try:
            value = Decimal(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            raise ValueError(_("Write a number such as 52.37."))
        if abs(value) > self.limit:
            raise ValueError(
                _("It is outside of −%(limit)d to %(limit)d. Are latitude and longitude swapped, or is a dot missing?")
                % {"limit": self.limit}
            )
        if value != round(value, self.places):
            raise ValueError(_("Round it to %(places)d decimals.") % {"places": self.places})
        return value

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Leave the number a number, without zeros at its end."""
        return "" if value is None else Decimal(f"{value:f}").normalize() + 0


class Links(CellWidget):
    """Other records or sources, each by its reference, its key or its identity; resolved for all rows at once."""

    form = format_lazy("{}", "S-17; my-key")

    def __init__(self, kind: str, *, many: bool) -> None:
        """Take the kind of what is linked to."""
        super().__init__()
        self.kind, self.many = kind, many

    @property
    def empty(self) -> list[str]:
        """No link."""
        return []

    def read(self, text: str) -> list[str]:
        """Return what stands for each link. An address may contain semicolons, so that one link is taken whole."""
        if not self.many:
            return [text]
        return list(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Join them; the exporter says how each is called."""
        return "; ".join(value or ())
