"""What templates need to draw charts, and to link from one page to the next without losing the day asked for."""

import datetime as dt
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from casetracker.public.pages import bands, dates, spans, worldmap
from casetracker.public.rendering.values import LANGUAGE, Rendered
from casetracker.public.wording import count_words

register = template.Library()
register.filter("bar_words", spans.bar_words)
register.filter("place_words", worldmap.place_words)


@register.filter
def span_element(span: bands.Span) -> SafeString | str:
    """Return from when to when a status held, in words and for machines."""
    return dates.span_element(span.from_, span.to)


@register.filter
def as_short_date(date: dt.date | str) -> SafeString | str:
    """Return a day, or a date as records hold it, in short words and for machines."""
    return dates.short_element(date if isinstance(date, str) else date.isoformat())


@register.filter
def count_of(claim: Rendered) -> str:
    """Return the count of a claim with its qualifier, such as “at least 102”, without what is counted."""
    return count_words(claim["qualifier"], claim["value"], get_language() or LANGUAGE)


@register.simple_tag(takes_context=True)
def page_url(context: Context, name: str, *args: str, **query: Any) -> str:
    """Return the address of a page, with `query` and the day asked for on the page where the link stands."""
    standpoint = context.get("standpoint")
    asked = urlencode({**query, **(standpoint.asked if standpoint else {})})
    path = reverse(name, args=args)
    return f"{path}?{asked}" if asked else path
