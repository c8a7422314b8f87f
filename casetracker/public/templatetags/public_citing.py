"""How a page says to cite what it shows."""

from typing import Any

from django import template
from django.template import Context

from casetracker.public.models import Document
from casetracker.public.pages import citing
from casetracker.public.rendering.values import Rendered

register = template.Library()


@register.simple_tag(takes_context=True)
def cited_record(context: Context, record: Rendered, document: Document) -> citing.Citation:
    """Return how to cite this version of a record."""
    return citing.citation_of_version(record["record_kind"], document, _request(context))


@register.simple_tag(takes_context=True)
def cited_source(context: Context, source: Rendered) -> citing.Citation:
    """Return how to cite a source."""
    return citing.citation_of_source(source)


def _request(context: Context) -> Any:
    return context["request"]
