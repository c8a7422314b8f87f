"""The words of dates: months and weekdays in the languages of our sources, from CLDR; and what stands around them."""

import re
from collections.abc import Iterator
from functools import cache
from typing import cast

from babel import Locale

from casetracker.core.text import fold

# The desk's own languages come first: a name that they know means what it means there.
_OWN = ("en", "nl", "zh")
_FOREIGN = (
    *("ar", "bg", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "id", "it", "lt", "lv", "nb"),
    *("pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk"),
)
_CONTEXTS = ("format", "stand-alone")
_WIDTHS = ("wide", "abbreviated")

# Words that add nothing, and the ends of ordinal numbers (26th, 26e, 1er).
FILLERS = frozenset(
    {"am", "d", "de", "del", "den", "der", "el", "im", "in", "le", "of", "on", "op", "the"}
    | {"st", "nd", "rd", "th", "e", "er", "ste", "o"}
)
SEASONS = {
    **dict.fromkeys(("spring", "lente", "voorjaar", "春"), 0),
    **dict.fromkeys(("summer", "zomer", "夏"), 1),
    **dict.fromkeys(("autumn", "fall", "herfst", "najaar", "秋"), 2),
    **dict.fromkeys(("winter", "冬"), 3),
}
WINTER = 3

ABOUT = re.compile(
    r"(?:~|(?:about|around|approximately|approx|roughly|circa|ca|ongeveer|rond|omstreeks)\b\.?|c\b\.?|c(?=\d)|大约|大概|约)"
    r"\s*(?P<date>.+)|(?P<date_before>.+?)\s*(?:~|左右|前后)"
)
PERHAPS = re.compile(
    r"(?:(?:possibly|probably|perhaps|maybe|misschien|mogelijk|waarschijnlijk)\b|可能|或许|\?)\s*(?P<date>.+)"
    r"|(?P<date_before>.+?)\s*(?:\?|\(\?\))"
)
SINCE = re.compile(
    r"(?:(?:since|from|not before|no earlier than|sinds|vanaf)\b|自从|自|从)\s*"
    r"(?P<date>.+?)\s*(?:onwards|以来|起|开始)?|(?P<date_before>.+?)\s*(?:onwards|以来|起|/\s*\.\.)"
)
AFTER = re.compile(r"(?:after|na)\b\s*(?P<date>.+)|(?P<date_before>.+?)(?:之后|以后|后)")
BEFORE = re.compile(r"(?:before|prior to|voor|v[oó]{2}r)\b\s*(?P<date>.+)|(?P<date_before>.+?)(?:之前|以前|前)")
UNTIL = re.compile(
    r"(?:(?:until|till|up to|by|not after|no later than|tot en met|tot|uiterlijk)\b|t/m|直到|截至|\.\.\s*/)"
    r"\s*(?P<date>.+)"
)
BETWEEN = (
    re.compile(r"between (?P<start>.+?) and (?P<end>.+)"),
    re.compile(r"tussen (?P<start>.+?) en (?P<end>.+)"),
    re.compile(r"(?:(?:from|van|vanaf) )?(?P<start>.+?) (?:to|until|till|through|tot en met|tot|t/m) (?P<end>.+)"),
    re.compile(r"(?:从|自|在)?(?P<start>.+?)\s*(?:至|到|和|与)\s*(?P<end>.+?)(?:之间|期间)?"),
    re.compile(r"(?P<start>.+?)(?:\s+-\s+|\s*[–—]\s*|\s+/\s+)(?P<end>.+)"),
    re.compile(r"(?P<start>[^/]+)/(?P<end>[^/]+)"),
    re.compile(r"(?P<start>\d{4})-(?P<end>\d{4})"),
)


@cache
def months() -> dict[str, tuple[int, ...]]:
    """Map each folded name or abbreviation to the months that it can mean: listopad is October or November."""
    found: dict[str, set[int]] = {}
    for languages in (_OWN, _FOREIGN):
        known = found.copy()
        for language in languages:
            for number, name in _names(Locale.parse(language).months):
                word = name.removeprefix("de ").removeprefix("d ")  # Catalan has de gener, d’octubre.
                if word not in known and word.isalpha():
                    found.setdefault(word, set()).add(number)
    found["sept"] = {9}
    return {name: tuple(sorted(numbers)) for name, numbers in found.items()}


@cache
def weekdays() -> frozenset[str]:
    """Return the folded names of the days of the week that are no names of months."""
    named = {name for tag in (*_OWN, *_FOREIGN) for _number, name in _names(Locale.parse(tag).days)}
    return frozenset(named - months().keys())


def _names(table: object) -> Iterator[tuple[int, str]]:
    """Go through CLDR's names of months or days, folded."""
    widths = cast("dict[str, dict[str, dict[int, str]]]", table)
    for context in _CONTEXTS:
        for width in _WIDTHS:
            for number, name in widths[context][width].items():
                yield number, fold(name)
