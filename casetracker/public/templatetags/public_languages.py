"""The language of pages, in templates: the switch, and what search engines are told of it."""

from typing import Any

from django import template
from django.template import Context

from casetracker.public.pages import languages

register = template.Library()


@register.inclusion_tag("public/includes/languages.html", takes_context=True)
def language_switch(context: Context) -> dict[str, Any]:
    """Offer the page in every language; nothing where there is no request, as on the page for bad ones."""
    request = context.get("request")
    return {"translations": languages.translations(request) if request else []}


@register.inclusion_tag("public/includes/alternates.html", takes_context=True)
def alternates(context: Context, path: str) -> dict[str, Any]:
    """Name the page at `path` as the one to index, and the same in every language."""
    found = languages.alternates(context["request"], path)
    return {
        "canonical": next((each.address for each in found if each.is_this), ""),
        "translations": found,
    }
