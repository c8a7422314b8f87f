"""Rendering of single values."""

import datetime as dt
import json
from typing import Any

from casetracker.core.dates import bounds_of
from casetracker.places.countries import alpha3, name_of
from casetracker.public.labels import Labels

Rendered = dict[str, Any]

# Labels and names inside a stored body are English, whatever the language of the person who publishes.
LANGUAGE = "en"


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # `dumps` would make one for each value


def as_text(value: Any) -> str:
    """Return JSON as it is stored and served."""
    return _encoder.encode(value)


def moment(value: dt.datetime) -> str:
    """Return a moment as ISO 8601 in UTC."""
    return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def coded(name: str, code: str, labels: Labels) -> Rendered:
    """Return a code and its label. Raises `KeyError` for a code without words."""
    return {name: code or None, f"{name}_label": labels[code] if code else None}


def dated(name: str, text: str) -> Rendered:
    """Return an EDTF date with the first and last day that it allows; null where open or not known."""
    earliest, latest = bounds_of(text)
    return {
        name: text or None,
        f"{name}_earliest": earliest.isoformat() if earliest else None,
        f"{name}_latest": latest.isoformat() if latest else None,
    }


def government(name: str, code: str) -> Rendered:
    """Return the code of a country or the EU, its three-letter code and its name."""
    return {
        name: code or None,
        f"{name}_iso3": alpha3(code) or None,
        f"{name}_name": name_of(code, LANGUAGE) if code else None,
    }


def texts(snapshot: Rendered, *names: str) -> Rendered:
    """Return texts and numbers as they are; null for an empty text."""
    return {name: None if snapshot[name] == "" else snapshot[name] for name in names}
