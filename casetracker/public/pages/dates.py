"""Dates as people read them, no more and no less precise than they are known."""

import datetime as dt
from functools import cache

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

_SKELETONS = {4: "y", 7: "yMMMM"}  # by the length of the text: a year, a month
_SHORT_SKELETONS = {4: "y", 7: "yMMM", 10: "yMMMd"}
_DAY = 10
_LOCALES = {"en": "en-GB"}  # the day before the month


def date_words(text: str) -> str:
    """Return a date or an interval, as records hold it, in words; empty for an empty text."""
    start, slash, end = text.partition("/")
    if not slash:
        return _single(start) if start else ""
    if start == "..":
        return gettext("%(date)s or earlier") % {"date": _single(end)}
    if end == "..":
        return gettext("%(date)s or later") % {"date": _single(start)}
    return gettext("between %(start)s and %(end)s") % {"start": _single(start), "end": _single(end)}


def span_words(first: dt.date, end: dt.date | None) -> str:
    """Return from when to when something was so, both days included; `end` is None while it is."""
    if end is None:
        return gettext("since %(start)s") % {"start": _day_words(first)}
    if end == first:
        return gettext("on %(day)s") % {"day": _day_words(first)}
    return gettext("%(start)s to %(end)s") % {"start": _day_words(first), "end": _day_words(end)}


def span_element(first: dt.date, end: dt.date | None) -> SafeString | str:
    """Return from when to when something was so, as `span_words` does, with the exact days for machines."""
    if end is None:
        return format_html(gettext("since {start}"), start=date_element(first.isoformat()))
    if end == first:
        return date_element(first.isoformat())
    days = {"start": date_element(first.isoformat()), "end": date_element(end.isoformat())}
    return format_html(gettext("{start} to {end}"), **days)


def date_element(text: str) -> SafeString | str:
    """Return a date in words, with its exact form for machines where HTML has one."""
    words = date_words(text)
    exact = len(text) in (*_SKELETONS, _DAY) and text[-1].isdigit()
    return format_html('<time datetime="{}">{}</time>', text, words) if exact else words


def short_element(text: str) -> SafeString | str:
    """Return a date as `date_element` does, for tables: with the month cut short where the date is exact."""
    if len(text) not in _SHORT_SKELETONS or not text[-1].isdigit():
        return date_element(text)
    parts = [int(part) for part in text.split("-")]
    words = format_skeleton(_SHORT_SKELETONS[len(text)], dt.date(*[*parts, 1, 1][:3]), locale=page_locale())
    return format_html('<time datetime="{}">{}</time>', text, words)


def moment_element(moment: dt.datetime) -> SafeString:
    """Return a moment to the minute, in UTC."""
    moment = moment.astimezone(dt.UTC)
    locale = page_locale()
    words = gettext("%(day)s, %(time)s UTC") % {
        "day": format_date(moment, "long", locale=locale),
        "time": format_time(moment, "HH:mm", locale=locale),
    }
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="seconds"), words)


def is_one_day(text: str) -> bool:
    """Tell whether a date names a single day without doubt."""
    return len(text) == _DAY and text[-1].isdigit()


def _single(text: str) -> str:
    bare = text.rstrip("?~")
    parts = [int(part) for part in bare.split("-")]
    day = dt.date(*[*parts, 1, 1][:3])
    words = _day_words(day) if len(bare) == _DAY else format_skeleton(_SKELETONS[len(bare)], day, locale=page_locale())
    if text.endswith("?"):
        return gettext("%(date)s (doubtful)") % {"date": words}
    if text.endswith("~"):
        return gettext("about %(date)s") % {"date": words}
    return words


def _day_words(day: dt.date) -> str:
    return format_date(day, "long", locale=page_locale())


def page_locale() -> Locale:
    """Return the locale of the page that is being made."""
    return _parse(get_language() or "en")


@cache
def _parse(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, language), sep="-")
