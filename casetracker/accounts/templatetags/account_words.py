"""Words of the account pages."""

import json
from typing import Any

from django import template

register = template.Library()
_UNKNOWN = {"::", "0.0.0.0"}  # noqa: S104 - compared with, not bound to


@register.filter
def known_address(address: str) -> str:
    """Return an address; nothing where the server does not know it."""
    return "" if address in _UNKNOWN else f"{address},"


@register.filter
def as_json(value: Any) -> str:
    """Write what a script reads out of an attribute. The template escapes it like every text."""
    return json.dumps(value)
