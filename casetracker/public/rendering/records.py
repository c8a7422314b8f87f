"""Rendering of records."""

import datetime as dt

from casetracker.public import labels, routes
from casetracker.public.rendering.citations import render_citation, render_verification
from casetracker.public.rendering.values import LANGUAGE, Rendered, coded, dated, government, moment, texts
from casetracker.public.wording import attribution_words, quantity_words


def render_station(snapshot: Rendered, published_at: dt.datetime, first_published_at: dt.datetime) -> Rendered:
    """Return a station as readers get it."""
    return {
        **_opening(snapshot),
        **coded("kind", snapshot["kind"], labels.STATION_KINDS),
        "names": [
            {**texts(name, "text", "language"), **coded("role", name["role"], labels.NAME_ROLES)}
            for name in snapshot["names"]
        ],
        **government("country", snapshot["country"]),
        **texts(snapshot, "region", "locality"),
        **coded("place_precision", snapshot["place_precision"], labels.PLACE_PRECISIONS),
        **texts(snapshot, "latitude", "longitude", "operator_jurisdiction"),
        "counted_in": snapshot["counted_in"],
        **dated("first_reported", snapshot["first_reported"]),
        **dated("opened", snapshot["opened"]),
        **dated("closed", snapshot["closed"]),
        **coded("operating_status", snapshot["operating_status"], labels.OPERATING_STATUSES),
        **dated("operating_status_as_of", snapshot["operating_status_as_of"]),
        **coded("standing", snapshot["standing"], labels.STANDINGS),
        **texts(snapshot, "summary"),
        "replies": [_reply(reply) for reply in snapshot["replies"]],
        **_evidence(snapshot),
        **_dates(published_at, first_published_at),
        "links": {
            **routes.record_links("stations", snapshot["reference"], snapshot["version"]),
            "government": routes.detail("governments", snapshot["country"]),
            "page": routes.page("stations", snapshot["reference"], LANGUAGE),
        },
    }


def render_response(snapshot: Rendered, published_at: dt.datetime, first_published_at: dt.datetime) -> Rendered:
    """Return a response as readers get it."""
    place = snapshot["concerns"] or snapshot["responder"]
    return {
        **_opening(snapshot),
        **_act(snapshot),
        **texts(snapshot, "person", "party", "cabinet"),
        "anonymous": snapshot["anonymous"],
        **dated("last_known_true", snapshot["last_known_true"]),
        "same_act_as": snapshot["same_act_as"],
        **texts(snapshot, "summary", "quote", "quote_language", "quote_translation"),
        "stations": snapshot["stations"],
        **_evidence(snapshot),
        **_dates(published_at, first_published_at),
        "links": {
            **routes.record_links("responses", snapshot["reference"], snapshot["version"]),
            "government": routes.detail("governments", place) if place else None,
            "page": routes.page("governments", place, LANGUAGE, snapshot["reference"]) if place else None,
        },
    }


def render_compact_response(snapshot: Rendered) -> Rendered:
    """Return a response in the short form that a government's document embeds."""
    return {
        "reference": snapshot["reference"],
        "label": snapshot["label"],
        **_act(snapshot),
        **texts(snapshot, "summary"),
        **_establishment(snapshot),
        "links": {"self": routes.detail("responses", snapshot["reference"])},
    }


def render_agreement(snapshot: Rendered, published_at: dt.datetime, first_published_at: dt.datetime) -> Rendered:
    """Return an agreement as readers get it."""
    return {
        **_opening(snapshot),
        **_terms(snapshot),
        "parties": snapshot["parties"],
        **dated("status_as_of", snapshot["status_as_of"]),
        **texts(snapshot, "summary"),
        "ended_by": snapshot["ended_by"],
        **_evidence(snapshot),
        **_dates(published_at, first_published_at),
        "links": _links_of("agreements", snapshot),
    }


def render_compact_agreement(snapshot: Rendered) -> Rendered:
    """Return an agreement in the short form that a government's document embeds."""
    return {
        "reference": snapshot["reference"],
        "label": snapshot["label"],
        **_terms(snapshot),
        **_establishment(snapshot),
        "links": {"self": routes.detail("agreements", snapshot["reference"])},
    }


def render_claim(snapshot: Rendered, published_at: dt.datetime, first_published_at: dt.datetime) -> Rendered:
    """Return a claim as readers get it."""
    return {
        **_opening(snapshot),
        **_assertion(snapshot),
        **dated("period", snapshot["period"]),
        "attribution": snapshot["attribution"],
        "attribution_label": attribution_words(snapshot["attribution"], LANGUAGE) or None,
        **_evidence(snapshot),
        **_dates(published_at, first_published_at),
        "links": _links_of("claims", snapshot),
    }


def render_compact_claim(snapshot: Rendered) -> Rendered:
    """Return a claim in the short form that a government's document embeds."""
    return {
        "reference": snapshot["reference"],
        "label": snapshot["label"],
        **_assertion(snapshot),
        **_establishment(snapshot),
        "links": {"self": routes.detail("claims", snapshot["reference"])},
    }


def basis_of(snapshot: Rendered) -> str:
    """Return the basis of the status that a response sets: each status has bases of its own."""
    return snapshot["closure_basis"] or snapshot["no_action_basis"]


def _opening(snapshot: Rendered) -> Rendered:
    return {name: snapshot[name] for name in ("reference", "version", "record_kind", "label")}


def _act(snapshot: Rendered) -> Rendered:
    sets_status, basis = snapshot["sets_status"], basis_of(snapshot)
    words = labels.status_words(sets_status, basis, snapshot["level"]) if sets_status else None
    return {
        **government("concerns", snapshot["concerns"]),
        **government("responder", snapshot["responder"]),
        **texts(snapshot, "actor"),
        **coded("level", snapshot["level"], labels.ACTOR_LEVELS),
        **coded("kind", snapshot["kind"], labels.RESPONSE_KINDS),
        **dated("date", snapshot["date"]),
        "order_in_day": snapshot["order_in_day"],
        "counts_from": snapshot["counts_from"],
        **coded("scope", snapshot["scope"], labels.SCOPES),
        "unrelated_offence": snapshot["unrelated_offence"],
        "sets_status": sets_status or None,
        "basis": basis or None,
        "sets_status_label": words,
        "activity_continues": snapshot["activity_continues"],
    }


def _terms(snapshot: Rendered) -> Rendered:
    return {
        **government("country", snapshot["country"]),
        **government("counterpart", snapshot["counterpart"]),
        **coded("type", snapshot["type"], labels.AGREEMENT_TYPES),
        **texts(snapshot, "title", "title_language"),
        **dated("signed", snapshot["signed"]),
        **dated("in_force_from", snapshot["in_force_from"]),
        **dated("in_force_to", snapshot["in_force_to"]),
        "places": snapshot["places"],
        **coded("status", snapshot["status"], labels.AGREEMENT_STATUSES),
        "counts_from": snapshot["counts_from"],
    }


def _assertion(snapshot: Rendered) -> Rendered:
    qualifier, value, unit = snapshot["qualifier"], snapshot["value"], snapshot["unit"]
    return {
        **coded("topic", snapshot["topic"], labels.CLAIM_TOPICS),
        **texts(snapshot, "text"),
        **coded("qualifier", qualifier, labels.QUALIFIERS),
        "value": value,
        **coded("unit", unit, labels.UNITS),
        "quantity": None if value is None else quantity_words(qualifier, value, unit, LANGUAGE),
        **government("country", snapshot["country"]),
        **dated("as_of", snapshot["as_of"]),
        **texts(snapshot, "claimed_by"),
        **coded("epistemic_status", snapshot["epistemic_status"], labels.EPISTEMIC_STATUSES),
        "superseded_by": snapshot["superseded_by"],
        "counts_from": snapshot["counts_from"],
    }


def _establishment(snapshot: Rendered) -> Rendered:
    verification = snapshot["verification"]
    return {"verification_level": verification["level"], "disputed": verification["disputed"]}


def _links_of(plural: str, snapshot: Rendered) -> Rendered:
    reference, country = snapshot["reference"], snapshot["country"]
    return {
        **routes.record_links(plural, reference, snapshot["version"]),
        "government": routes.detail("governments", country) if country else None,
        "page": routes.page(plural, reference, LANGUAGE),
    }


def _reply(reply: Rendered) -> Rendered:
    return {
        **texts(reply, "asked"),
        **dated("asked_on", reply["asked_on"]),
        **texts(reply, "answer"),
        **dated("answered_on", reply["answered_on"]),
        **texts(reply, "language"),
    }


def _evidence(snapshot: Rendered) -> Rendered:
    citations = [render_citation(citation) for citation in snapshot["citations"]]
    in_confidence = [field or None for field in snapshot.get("confidential_source_for", ())]
    return {
        "disclosures": [
            {**coded("kind", item["kind"], labels.DISCLOSURE_KINDS), **texts(item, "text")}
            for item in snapshot["disclosures"]
        ],
        "citations": citations,
        "confidential_source": bool(in_confidence),
        "confidential_source_for": in_confidence,
        "verification": render_verification(snapshot["verification"], citations, in_confidence=bool(in_confidence)),
    }


def _dates(published_at: dt.datetime, first_published_at: dt.datetime) -> Rendered:
    return {"published_at": moment(published_at), "first_published_at": moment(first_published_at)}
