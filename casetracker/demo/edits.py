"""From rows of the reference data to what the services take. The columns are told in data/README.md."""

from collections.abc import Iterable, Mapping
from typing import Any

from casetracker.demo.reader import Row, is_yes, listed
from casetracker.places.precision import PlacePrecision
from casetracker.review.services import Edit
from casetracker.sources.models import Source
from responses.models import Response
from stations.choices import NameRole
from stations.models import Station

_SOURCE = ("title", "publisher", "published", "url", "language", "type", "derivation", "notes")
_STATION = ("kind", "country", "place_precision", "first_reported", "standing", "summary")
_CITATION = ("field", "stance", "attributed_to", "basis", "notes")
_TERM = ("kind", "text")
_RESPONSE = (
    "concerns",
    "responder",
    "actor",
    "person",
    "cabinet",
    "level",
    "kind",
    "date",
    "summary",
    "scope",
    "sets_status",
    "closure_basis",
    "no_action_basis",
    "last_known_true",
    "notes",
)


def source_fields(row: Row, sources: Mapping[str, Source]) -> dict[str, Any]:
    """Return the fields of a source. `sources` has the one that it derives from."""
    return {**_parts(row, _SOURCE), "derived_from": sources[row["derived_from"]] if row["derived_from"] else None}


def station_edit(row: Row, citations: Iterable[Row], terms: Iterable[Row], sources: Mapping[str, Source]) -> Edit:
    """Return what a station says, with its citations and private terms."""
    is_region = row["place_precision"] == PlacePrecision.REGION
    return Edit(
        fields={
            **_parts(row, _STATION),
            "region": row["place"] if is_region else "",
            "locality": "" if is_region else row["place"],
            "latitude": row["latitude"] or None,
            "longitude": row["longitude"] or None,
            "operator_jurisdiction": row["operator_jurisdiction"] if row["jurisdiction_basis"] == "read" else "",
            "counted_in": listed(row["counted_in"]),
            "notes": _station_notes(row),
        },
        rows={"names": _names(row)},
        citations=[_citation(citation, sources) for citation in citations],
        private_terms=[_parts(term, _TERM) for term in terms],
    )


def response_edit(
    row: Row,
    terms: Iterable[Row],
    sources: Mapping[str, Source],
    stations: Mapping[str, Station],
    responses: Mapping[str, Response],
) -> Edit:
    """Return what a response says. Its one source supports all of it."""
    return Edit(
        fields={
            **_parts(row, _RESPONSE),
            "anonymous": is_yes(row["anonymous"]),
            "unrelated_offence": is_yes(row["unrelated_offence"]),
            "activity_continues": is_yes(row["activity_continues"]),
            "order_in_day": int(row["order_in_day"]) if row["order_in_day"] else None,
            "stations": [stations[key] for key in listed(row["station_keys"])],
            "same_act_as": responses[row["same_act_as"]] if row["same_act_as"] else None,
        },
        citations=[{"source": sources[row["source_key"]], "basis": row["basis"]}],
        private_terms=[_parts(term, _TERM) for term in terms],
    )


def _parts(row: Row, names: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _names(row: Row) -> list[dict[str, str]]:
    reported = {"en": row["name_as_reported"], "zh-Hant": row["name_zh_hant"]}
    return [
        {"text": text, "language": language, "role": NameRole.AS_REPORTED}
        for language, text in reported.items()
        if text
    ]


def _station_notes(row: Row) -> str:
    """Return the notes, with an operator that nobody has read of: such a guess stays on the desk."""
    guess = ""
    if row["operator_jurisdiction"] and row["jurisdiction_basis"] != "read":
        guess = f"Operator perhaps {row['operator_jurisdiction']} ({row['jurisdiction_basis']})."
    return "\n".join(filter(None, (row["notes"], guess)))


def _citation(row: Row, sources: Mapping[str, Source]) -> dict[str, Any]:
    return {**_parts(row, _CITATION), "source": sources[row["source_key"]]}
