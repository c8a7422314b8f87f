"""Rendering of citations, their sources, and what follows from them."""

from casetracker.public import labels, routes
from casetracker.public.rendering.values import LANGUAGE, Rendered, coded, dated, government, texts
from casetracker.public.wording import speaker_words

# What earlier snapshots do not have.
_NO_PUBLISHER = {"country": "", "control": ""}
_NO_SPEAKER = {"speaker_anonymous": False, "speaker_role": "", "speaker_place": ""}


def render_source(source: Rendered) -> Rendered:
    """Return a source. Without a title it is called by its publisher and date."""
    behind = source.get("published_by") or _NO_PUBLISHER
    label = source["title"] or ", ".join(filter(None, (source["publisher"], source["published"])))
    return {
        "reference": source["reference"],
        "label": label or source["reference"],
        **texts(source, "title", "publisher", "author"),
        **government("publisher_country", behind["country"]),
        **coded("publisher_control", behind["control"], labels.CONTROLS),
        **dated("published", source["published"]),
        **texts(source, "url", "language"),
        **coded("type", source["type"], labels.SOURCE_TYPES),
        "derived_from": source["derived_from"],
        **coded("derivation", source["derivation"], labels.DERIVATIONS),
        **_keeping(source),
        "links": {"self": routes.detail("sources", source["reference"])},
    }


def _keeping(source: Rendered) -> Rendered:
    """Return what was kept of a source when the record was published, and how its address fared then."""
    archived, link = source.get("archived") or {}, source.get("link") or {}  # Earlier versions say nothing of it.
    return {
        "archived_sha256": archived.get("sha256"),
        "archived_on": archived.get("on"),
        **coded("link_state", link.get("state", ""), labels.LINK_STATES),
        "link_seen_on": link.get("on"),
    }


def render_citation(citation: Rendered) -> Rendered:
    """Return a citation with its source. A null field means the record as a whole."""
    citation = {**_NO_SPEAKER, **citation}
    return {
        **texts(citation, "field"),
        **coded("stance", citation["stance"], labels.STANCES),
        **texts(citation, "attributed_to", "speaker_anonymous", "speaker_role", "speaker_place"),
        "speaker": speaker_words(citation, LANGUAGE) or None,
        **texts(citation, "locator", "quote", "quote_language"),
        **texts(citation, "quote_translation", "quote_translated_from", "value_given"),
        "source": render_source(citation["source"]),
    }


def render_verification(verification: Rendered, citations: list[Rendered], *, in_confidence: bool = False) -> Rendered:
    """Return the verification level and why it is that. `citations` are rendered ones.

    `in_confidence` says that a confidential source supports it too: it adds to no level.
    """
    return {
        **coded("level", verification["level"], labels.VERIFICATION_LEVELS),
        "disputed": verification["disputed"],
        "independent_origins": verification["independent_origins"],
        "reason": _reason(verification, citations, in_confidence),
    }


def _reason(verification: Rendered, citations: list[Rendered], in_confidence: bool) -> str:
    sentences = [_support(verification["independent_origins"], in_confidence)]
    if verification["level"] == "officially_confirmed":
        sentences.insert(0, "An authority or a court confirms it.")
    if verification["disputed"]:
        opponents = dict.fromkeys(
            citation["speaker"] or citation["source"]["label"]
            for citation in citations
            if citation["stance"] in ("disputes", "denies")
        )
        sentences.append(f"Disputed or denied by: {'; '.join(opponents)}." if opponents else "It is disputed.")
    return " ".join(sentences)


def _support(origins: int, in_confidence: bool) -> str:
    if origins == 0 and in_confidence:
        return "No public source supports it by itself; a confidential source known to the editors does."
    if origins == 0:
        return "No source supports it by itself."
    if origins == 1:
        return "One independent source supports it; copies and translations of it do not count."
    return f"{origins} independent sources support it; copies and translations do not count."
