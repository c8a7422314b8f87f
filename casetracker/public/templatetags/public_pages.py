"""What the templates of the public pages need beside Django's own."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from casetracker.core import languages
from casetracker.places import countries
from casetracker.public.coverage import Coverage, explanation
from casetracker.public.labels import ERASURE_GROUNDS, RETRACTION_REASONS, STANCES
from casetracker.public.pages import dates, marks, names, words
from casetracker.public.rendering.values import LANGUAGE

register = template.Library()

_MARKS: dict[str, dict[Any, marks.Mark]] = {
    "operating": marks.OPERATING_STATUSES,
    "standing": marks.STANDINGS,
    "level": marks.VERIFICATION_LEVELS,
    "agreement": marks.AGREEMENT_STATUSES,
    "epistemic": marks.EPISTEMIC_STATUSES,
    "no-status": marks.NO_STATUS,
    "status-value": marks.STATUS_VALUES,
}


@register.simple_tag
def is_demonstration() -> bool:
    """Tell whether this site is one. Not from the context: the page for bad requests has none."""
    return settings.DEMO


@register.filter
def one_line(text: str) -> str:
    """Return a text without line breaks and blanks around it: templates are indented, titles are not."""
    return " ".join(text.split())


@register.filter
def in_words(text: str | None) -> str:
    """Return a date in words, for titles."""
    return dates.date_words(text or "")


@register.filter
def as_date(text: str | None) -> SafeString | str:
    """Return a date in words and for machines."""
    return dates.date_element(text or "")


@register.filter
def as_day(day: dt.date) -> SafeString | str:
    """Return a day, or the day of a moment in UTC, in words and for machines."""
    if isinstance(day, dt.datetime):
        day = day.astimezone(dt.UTC).date()
    return dates.date_element(day.isoformat())


@register.filter
def as_moment(moment: dt.datetime) -> SafeString:
    """Return a moment in words and for machines."""
    return dates.moment_element(moment)


@register.filter
def country_name(code: str | None) -> str:
    """Return the name of a government in the language of the page."""
    return countries.name_of(code) if code else ""


@register.filter
def language_name(tag: str | None) -> str:
    """Return the name of a language in the language of the page."""
    return languages.language_name_for_reader(tag or "")


@register.filter
def word_for(code: str | None, kind: str) -> str:
    """Return the word or sentence for a code where its record carries none."""
    tables: dict[str, Mapping[str, Any]] = {
        "action": words.ACTION_WORDS,
        "ground": ERASURE_GROUNDS,
        "field": words.FIELD_WORDS,
        "precision": words.PRECISION_NOTES,
        "standing": words.STANDING_NOTES,
        "epistemic": words.EPISTEMIC_NOTES,
        "stance": STANCES,
        "reason": RETRACTION_REASONS,
    }
    return gettext(str(tables[kind].get(code or "", code or "")))


@register.filter
def facts_in_words(names: list[str | None]) -> str:
    """Return what several citable fields are called, one after the other."""
    return gettext("; ").join(word_for(name, "field") for name in names)


@register.filter
def in_page_language(label: str | None) -> str:
    """Return a label that documents hold in English in the language of the page."""
    return gettext(label) if label else ""


@register.filter
def in_brackets(text: Any) -> SafeString | str:
    """Return a remark in the brackets of the language, and the blank before them; nothing for nothing."""
    return format_html(gettext(" ({text})"), text=text) if text not in ("", None) else ""


@register.filter
def with_colon(label: Any) -> SafeString:
    """Return a label with the colon of the language."""
    return format_html(gettext("{label}:"), label=label)


@register.filter
def in_a_row(texts: list[str]) -> SafeString:
    """Return texts one after the other, with the commas of the language."""
    return format_html_join(gettext(", "), "{}", ((text,) for text in texts))


@register.filter
def coverage_words(coverage: Coverage) -> str:
    """Return how a reported count agrees with the stations listed, in a sentence or two."""
    return explanation(coverage, get_language() or LANGUAGE)


@register.filter
def web_address(url: str | None) -> str:
    """Return an address that may be linked; empty for any scheme but the web's."""
    return url if url and url.startswith(("https://", "http://")) else ""


for name in names.__all__:
    register.filter(name, getattr(names, name))


@register.inclusion_tag("public/includes/mark.html")
def status_mark(value: str | None, basis: str | None, label: str, *, reason: str = "") -> dict[str, Any]:
    """Show a response status: shape, tone, words. Without a value, `reason` says why."""
    mark = marks.STATUSES[value, basis or ""] if value else marks.NO_STATUS[reason]
    return {"mark": mark, "label": gettext(label)}


@register.inclusion_tag("public/includes/mark.html")
def mark(kind: str, code: str, label: str) -> dict[str, Any]:
    """Show a code of another kind: shape, tone, words."""
    return {"mark": _MARKS[kind][code], "label": gettext(label)}


@register.inclusion_tag("public/includes/mark.html")
def disputed_mark() -> dict[str, Any]:
    """Show that something is disputed."""
    return {"mark": marks.DISPUTED, "label": gettext("Disputed or denied")}
