"""What the public sees of a station."""

from decimal import Decimal
from typing import Any

from casetracker.places.countries import name_of
from casetracker.places.precision import cut_coordinates
from casetracker.review.kinds import Content, Links

_FIELDS = (
    "kind",
    "country",
    "region",
    "locality",
    "place_precision",
    "operator_jurisdiction",
    "counted_in",
    "first_reported",
    "opened",
    "closed",
    "operating_status",
    "operating_status_as_of",
    "standing",
    "summary",
)


def station_snapshot(content: Content, links: Links) -> dict[str, Any]:
    """Return the public fields of a station; its coordinates no finer than its precision allows."""
    fields, rows = content["fields"], content["rows"]
    latitude, longitude = cut_coordinates(
        fields["place_precision"], _decimal(fields["latitude"]), _decimal(fields["longitude"])
    )
    return {
        "label": _label(fields, rows["names"], links.reference),
        **{name: fields[name] for name in _FIELDS},
        "latitude": latitude,
        "longitude": longitude,
        "names": [{part: name[part] for part in ("text", "language", "role")} for name in rows["names"]],
        "replies": [
            {part: reply[part] for part in ("asked", "asked_on", "answer", "answered_on", "language")}
            for reply in rows["replies"]
        ],
    }


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _label(fields: dict[str, Any], names: list[dict[str, Any]], reference: str) -> str:
    """Name a station by its place and first name; a nameless one by its place and number."""
    place = fields["locality"] or fields["region"] or name_of(fields["country"], "en")
    return f"{place}: {names[0]['text']}" if names else f"{place} ({reference})"
