"""From approved content to what the public may see: allow-listed parts, references instead of links."""

from typing import Any

from casetracker.core.languages import in_data_language
from casetracker.review.choices import RetractionReason
from casetracker.review.dating import counts_from
from casetracker.review.evidence import shown_confidential, verification_level
from casetracker.review.kinds import Content, Links, kind_named

SCHEMA = 1
_CITATION = (
    "field",
    "stance",
    "attributed_to",
    "speaker_anonymous",
    "speaker_role",
    "speaker_place",
    "locator",
    "quote",
    "quote_language",
    "quote_translation",
    "quote_translated_from",
    "value_given",
)
_SOURCE = ("title", "publisher", "published_by", "author", "published", "url", "language", "type", "derivation")


def build_snapshot(content: Content, links: Links) -> dict[str, Any]:
    """Return the snapshot of a content under its reference and version.

    A link to a record or source that has no reference is left out: the public must not learn of it.
    """
    first_day = counts_from(content)
    with in_data_language():
        detail = kind_named(content["kind"]).snapshot(content, links)
    return {
        "schema": SCHEMA,
        "record_kind": content["kind"],
        "reference": links.reference,
        "version": links.version,
        **detail,
        "counts_from": first_day.isoformat() if first_day else None,
        "disclosures": content["disclosures"],
        "citations": [_citation(citation, links) for citation in content["citations"]],
        "confidential_source_for": sorted(shown_confidential(content)),
        "verification": verification_level(content),
    }


def _citation(citation: dict[str, Any], links: Links) -> dict[str, Any]:
    source = citation["source"]
    kept = links.keeping.get(source["id"], {})
    return {
        **{name: citation[name] for name in _CITATION},
        "source": {
            "reference": links.sources[source["id"]],
            **{name: source[name] for name in _SOURCE},
            "derived_from": links.sources.get(source["derived_from"] or ""),
            "archived": kept.get("archived"),
            "link": kept.get("link"),
        },
    }


def build_retraction(kind_name: str, reference: str, reason: str) -> dict[str, Any]:
    """Return what stays of a retracted record, beside the public note."""
    return {"schema": SCHEMA, "record_kind": kind_name, "reference": reference, "reason": reason}


def build_erasure(kind_name: str, reference: str, version: int, ground: str) -> dict[str, Any]:
    """Return what is published of an erasure, beside the public note."""
    what = {"record_kind": kind_name, "reference": reference, "version": version}
    return {"schema": SCHEMA, **what, "ground": ground}


def build_merge(kind_name: str, reference: str, successor: str) -> dict[str, Any]:
    """Return what stays of a record that `successor` has taken over."""
    retraction = build_retraction(kind_name, reference, RetractionReason.DUPLICATE.value)
    return {**retraction, "successor": successor}
