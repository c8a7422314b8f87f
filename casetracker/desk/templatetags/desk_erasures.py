"""The erasures that wait for another editor, on the page of their record."""

from typing import Any

from django import template

from casetracker.review.models import Record

register = template.Library()


@register.inclusion_tag("desk/review/erasures.html")
def waiting_erasures(record: Record) -> dict[str, Any]:
    """Say who asked that which version is erased. One query."""
    return {"erasures": record.erasure_requests.open().select_related("asked_by")}
