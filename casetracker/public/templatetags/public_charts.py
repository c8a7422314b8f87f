"""What templates need to draw charts, and to link from one page to the next without losing the day asked for."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from casetracker.public.pages import bands, dates, spans

register = template.Library()
register.filter("bar_words", spans.bar_words)


@register.filter
def span_element(span: bands.Span) -> SafeString:
    """Return from when to when a status held, in words and for machines."""
    return dates.span_element(span.from_, span.to)


@register.simple_tag(takes_context=True)
def page_url(context: Context, name: str, *args: str, **query: Any) -> str:
    """Return the address of a page, with `query` and the day asked for on the page where the link stands."""
    standpoint = context.get("standpoint")
    asked = urlencode({**query, **(standpoint.asked if standpoint else {})})
    path = reverse(name, args=args)
    return f"{path}?{asked}" if asked else path
