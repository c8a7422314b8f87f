"""From rows of the reference data to what the services take. The columns are told in data/README.md."""

from collections.abc import Iterable, Mapping
from typing import Any

from casetracker.demo.reader import Row, is_yes, listed
from casetracker.places.precision import PlacePrecision
from casetracker.review.services import Edit
from casetracker.sources.models import Source
from responses.models import Response
from stations.choices import NameRole
from stations.models import Claim, Station

_SOURCE = ("title", "publisher", "published", "url", "language", "type", "derivation", "notes")
_PUBLISHER = ("name", "owner", "country", "control", "website", "notes")
_STATION = ("kind", "country", "place_precision", "first_reported", "standing", "summary")
_CITATION = ("field", "stance", "basis", "notes")
_CITATION_MAYBE = ("attributed_to", "locator", "value_given")
_TERM = ("kind", "text")
_RESPONSE = (
    "concerns",
    "responder",
    "actor",
    "person",
    "party",
    "cabinet",
    "level",
    "kind",
    "date",
    "summary",
    "quote",
    "quote_language",
    "quote_translation",
    "scope",
    "sets_status",
    "closure_basis",
    "no_action_basis",
    "last_known_true",
    "notes",
)
_CLAIM = (
    "topic",
    "text",
    "qualifier",
    "unit",
    "country",
    "as_of",
    "period",
    "claimed_by",
    "epistemic_status",
    "notes",
)
_AGREEMENT = (
    "country",
    "counterpart",
    "type",
    "signed",
    "in_force_from",
    "in_force_to",
    "status",
    "status_as_of",
    "summary",
    "notes",
)


def publisher_fields(row: Row) -> dict[str, Any]:
    """Return the fields of a publisher."""
    return {**_parts(row, _PUBLISHER), "aliases": listed(row["aliases"])}


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
    further: Iterable[Row],
    terms: Iterable[Row],
    sources: Mapping[str, Source],
    stations: Mapping[str, Station],
    responses: Mapping[str, Response],
) -> Edit:
    """Return what a response says. The source of its row supports all of it."""
    return Edit(
        fields={
            **_parts(row, _RESPONSE),
            "anonymous": is_yes(row["anonymous"]),
            "unrelated_offence": is_yes(row["unrelated_offence"]),
            "activity_continues": is_yes(row["activity_continues"]),
            "order_in_day": _number(row["order_in_day"]),
            "stations": [stations[key] for key in listed(row["station_keys"])],
            "same_act_as": responses[row["same_act_as"]] if row["same_act_as"] else None,
        },
        citations=[
            {
                **_own_citation(row, sources),
                "attributed_to": row["attributed_to"],
                "quote_translated_from": row["translated_from"],
            },
            *(_citation(citation, sources) for citation in further),
        ],
        private_terms=[_parts(term, _TERM) for term in terms],
    )


def claim_edit(row: Row, further: Iterable[Row], sources: Mapping[str, Source], claims: Mapping[str, Claim]) -> Edit:
    """Return what a claim says. `claims` has the one that supersedes it."""
    return Edit(
        fields={
            **_parts(row, _CLAIM),
            "value": _number(row["value"]),
            "attribution": listed(row["attribution"]),
            "superseded_by": claims[row["superseded_by"]] if row["superseded_by"] else None,
        },
        citations=[_own_citation(row, sources), *(_citation(citation, sources) for citation in further)],
    )


def agreement_edit(
    row: Row, further: Iterable[Row], sources: Mapping[str, Source], responses: Mapping[str, Response]
) -> Edit:
    """Return what an agreement says. `responses` has the one that ended it."""
    return Edit(
        fields={
            **_parts(row, _AGREEMENT),
            "parties": listed(row["parties"]),
            "places": listed(row["places"]),
            "ended_by": responses[row["ended_by"]] if row["ended_by"] else None,
        },
        citations=[_own_citation(row, sources), *(_citation(citation, sources) for citation in further)],
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


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def _own_citation(row: Row, sources: Mapping[str, Source]) -> dict[str, Any]:
    """Return the citation that stands in the row of the record itself, for all of it."""
    return {"source": sources[row["source_key"]], "locator": row["locator"], "basis": row["basis"]}


def _citation(row: Row, sources: Mapping[str, Source]) -> dict[str, Any]:
    given = {name: row[name] for name in _CITATION_MAYBE if name in row}
    return {**_parts(row, _CITATION), **given, "source": sources[row["source_key"]]}
