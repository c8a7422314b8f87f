"""Dates as people write them, read as EDTF: `Oct 2022`, `26-10-2022`, `herfst 2022`, `2022年10月`.

Forms, imports and whatever else takes dates from people ask `read_date`. It writes nothing and guesses nothing:
what can be read in two ways is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from casetracker.core.dates import parse_edtf
from casetracker.core.typed_dates.reading import find

# Longer than "between the 26th of September 2022 and about the 3rd of December 2022".
MOST_CHARACTERS = 80


@dataclass(frozen=True)
class TypedDate:
    """What a text says, as EDTF.

    `others` is what it says elsewhere: seasons south of the equator. Whoever takes `text` must show it first.
    """

    text: str
    others: Sequence[str] = ()


class AmbiguousDate(ValueError):
    """A text that can be read in several ways: `choices`, each as EDTF."""

    def __init__(self, text: str, choices: Sequence[str]) -> None:
        """Take the text and all of its readings."""
        self.choices = tuple(choices)
        super().__init__(
            _("“%(text)s” can be read in several ways: %(readings)s. Write the one that is meant.")
            % {"text": text, "readings": ", ".join(self.choices)}
        )


@lru_cache(maxsize=2048)
def read_date(text: str) -> TypedDate:
    """Read a date as somebody typed it. What is EDTF already comes back as it is.

    Raises `AmbiguousDate` with the readings if there are several, and `ValueError` with the remedy if there is none.
    """
    typed = text.strip()
    try:
        return TypedDate(parse_edtf(typed).text)
    except ValueError:
        found = find(typed) if len(typed) <= MOST_CHARACTERS else None
        if found is None:
            raise
    possible = list(dict.fromkeys(one for one in found.texts if _is_date(one)))
    if not possible:
        return TypedDate(parse_edtf(found.texts[0]).text)  # Raises, with the day that does not exist.
    if found.is_plain or len(possible) == 1:
        return TypedDate(possible[0], tuple(possible[1:]))
    raise AmbiguousDate(typed, possible)


def _is_date(text: str) -> bool:
    try:
        parse_edtf(text)
    except ValueError:
        return False
    return True
