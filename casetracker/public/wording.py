"""Numbers and chains of attribution in words, in a given language: stored texts are English, pages speak their own."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, override

_LOCALES = {"en": "en-GB"}  # the day before the month


def count_words(qualifier: str, value: int, language: str) -> str:
    """Return a number with its qualifier, such as “at least 102”."""
    with override(language):
        return _qualified(qualifier, _digits(value, language))


def quantity_words(qualifier: str, value: int, unit: str, language: str) -> str:
    """Return a count with its qualifier, such as “at least 102 stations”. Raises `KeyError` for an unknown code."""
    with override(language):
        return _qualified(qualifier, _units(value)[unit] % {"number": _digits(value, language)})


def attribution_words(chain: Sequence[str], language: str) -> str:
    """Return who says it and whom they quote, nearest first: “NRC, quoting Safeguard Defenders”."""
    with override(language):
        # From the far end: who is quoted stands behind who quotes them, or before, as the language has it.
        *quoting, words = chain or [""]
        for who in reversed(quoting):
            words = gettext("%(who)s, quoting %(whom)s") % {"who": who, "whom": words}
        return words


def in_a_row(parts: Iterable[str]) -> str:
    """Return parts one after the other, in the punctuation of the language that is active."""
    return gettext(", ").join(parts)


def sentence(text: str) -> str:
    """Return a text as a sentence of the language that is active: with a capital letter and a full stop."""
    return capfirst(gettext("%(sentence)s.") % {"sentence": text})


def speaker_words(citation: Mapping[str, Any], language: str) -> str:
    """Return whose words a citation gives, such as “an anonymous resident of Rotterdam”; empty for the source's own."""
    if not citation.get("speaker_anonymous"):
        return citation["attributed_to"] or ""
    parts = {"role": citation["speaker_role"], "place": citation["speaker_place"]}
    with override(language):
        if parts["role"] and parts["place"]:
            return gettext("an anonymous %(role)s of %(place)s") % parts
        if parts["role"]:
            return gettext("an anonymous %(role)s") % parts
        if parts["place"]:
            return gettext("an anonymous person in %(place)s") % parts
        return gettext("an anonymous person")


def day_words(day: dt.date, language: str) -> str:
    """Return a day in full, such as “7 December 2022”."""
    return format_date(day, "long", locale=Locale.parse(_LOCALES.get(language, language), sep="-"))


def _qualified(qualifier: str, counted: str) -> str:
    return {
        "exactly": "%(count)s",
        "at_least": gettext("at least %(count)s"),
        "more_than": gettext("more than %(count)s"),
        "about": gettext("about %(count)s"),
    }[qualifier] % {"count": counted}


def _digits(value: int, language: str) -> str:
    return format_decimal(value, locale=Locale.parse(language, sep="-"))


def _units(value: int) -> dict[str, str]:
    return {
        "stations": ngettext("%(number)s station", "%(number)s stations", value),
        "countries": ngettext("%(number)s country", "%(number)s countries", value),
        "people": ngettext("%(number)s person", "%(number)s people", value),
        "cases": ngettext("%(number)s case", "%(number)s cases", value),
    }
