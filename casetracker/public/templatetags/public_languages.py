"""The language of pages, in templates: the switch, and what search engines are told of it."""

from typing import Any

from django import template
from django.template import Context

from casetracker.public.pages import languages

register = template.Library()


@register.inclusion_tag("public/includes/languages.html", takes_context=True)
def language_switch(context: Context, address: str = "") -> dict[str, Any]:
    """Offer the page at `address`, or else this one as it was asked for, in every language.

    Nothing where there is no request, as on the page for bad ones.
    """
    if not address and "request" in context:
        address = context["request"].get_full_path()
    return {"translations": languages.translations(address)}


@register.inclusion_tag("public/includes/alternates.html", takes_context=True)
def alternates(context: Context, path: str) -> dict[str, Any]:
    """Name the page at `path` as the one to index, and the same in every language."""
    found = languages.alternates(context["request"], path)
    return {
        "canonical": next((each.address for each in found if each.is_this), ""),
        "translations": found,
    }
