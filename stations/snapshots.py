"""What the public sees of stations and claims."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from casetracker.places.countries import name_of
from casetracker.places.precision import cut_coordinates
from casetracker.review.kinds import Content, Links
from stations.choices import ClaimTopic, CountQualifier, CountUnit

_STATION_FIELDS = (
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
_CLAIM_FIELDS = (
    "topic",
    "text",
    "qualifier",
    "value",
    "unit",
    "country",
    "as_of",
    "period",
    "claimed_by",
    "attribution",
    "epistemic_status",
)
# In the language of the data, as every label is.
_UNITS = {
    CountUnit.STATIONS: ("station", "stations"),
    CountUnit.COUNTRIES: ("country", "countries"),
    CountUnit.PEOPLE: ("person", "people"),
    CountUnit.CASES: ("case", "cases"),
}
# Their number says what they are about.
_PLAIN_COUNTS = (ClaimTopic.STATION_COUNT, ClaimTopic.COUNTRY_COUNT)


def station_snapshot(content: Content, links: Links) -> dict[str, Any]:
    """Return the public fields of a station; its coordinates no finer than its precision allows."""
    fields, rows = content["fields"], content["rows"]
    latitude, longitude = cut_coordinates(
        fields["place_precision"], _decimal(fields["latitude"]), _decimal(fields["longitude"])
    )
    return {
        "label": _station_label(fields, rows["names"], links.reference),
        **{name: fields[name] for name in _STATION_FIELDS},
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


def _station_label(fields: dict[str, Any], names: list[dict[str, Any]], reference: str) -> str:
    """Name a station by its place and first name; a nameless one by its place and number."""
    place = fields["locality"] or fields["region"] or name_of(fields["country"], "en")
    return f"{place}: {names[0]['text']}" if names else f"{place} ({reference})"


def claim_snapshot(content: Content, links: Links) -> dict[str, Any]:
    """Return the public fields of a claim."""
    fields = content["fields"]
    return {
        "label": claim_label(fields),
        **{name: fields[name] for name in _CLAIM_FIELDS},
        "superseded_by": links.records.get(fields["superseded_by"] or ""),
    }


def claim_label(fields: Mapping[str, Any]) -> str:
    """Return what lists call a claim, such as “Canada, 2022-12-05: 5 stations, according to Safeguard Defenders”."""
    place = name_of(fields["country"], "en") if fields["country"] else "World"
    topic = "" if fields["topic"] in _PLAIN_COUNTS else ClaimTopic(fields["topic"]).label
    said = ", ".join(filter(None, (str(topic), _count(fields))))
    return f"{place}, {fields['as_of']}: {said}, according to {fields['claimed_by']}"


def _count(fields: Mapping[str, Any]) -> str:
    number, qualifier = fields["value"], fields["qualifier"]
    if number is None:
        return ""
    one, several = _UNITS[fields["unit"]]
    meant = "" if qualifier == CountQualifier.EXACTLY else f"{CountQualifier(qualifier).label} "
    return f"{meant}{number:,} {one if number == 1 else several}"
