"""What the pages of search need."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from casetracker.public.search.marking import Part

register = template.Library()


@register.filter
def as_marked(parts: Iterable[Part]) -> SafeString:
    """Return a text in parts, with what was searched for marked."""
    return format_html_join("", "{}", ((_shown(part),) for part in parts))


def _shown(part: Part) -> SafeString | str:
    return format_html("<mark>{}</mark>", part.text) if part.is_marked else part.text
