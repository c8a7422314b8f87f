"""Citations as pages show them: sorted by what they say, with the source that each one repeats."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from casetracker.public.models import SourceDocument, StationDocument
from casetracker.public.pages.names import speaker_of
from casetracker.public.rendering.values import Rendered

_OPPOSING = frozenset({"denies", "disputes"})


@dataclass(frozen=True)
class Evidence:
    """The citations of one record, by stance. `opponents` are those who deny or dispute it.

    `in_confidence` names what a confidential source supports; None is the record as a whole.
    """

    supporting: list[Rendered] = field(default_factory=list)
    opposing: list[Rendered] = field(default_factory=list)
    mentioning: list[Rendered] = field(default_factory=list)
    opponents: list[str] = field(default_factory=list)
    in_confidence: list[str | None] = field(default_factory=list)


def evidence_of(content: Rendered) -> Evidence:
    """Return the citations of a record, each with the source that it derives from, if that is public. One query."""
    citations = content["citations"]
    origins = sources_called({citation["source"]["derived_from"] for citation in citations})
    evidence = Evidence(in_confidence=content.get("confidential_source_for", []))  # Older versions do not say.
    for citation in citations:
        shown = {**citation, "origin": origins.get(citation["source"]["derived_from"])}
        if citation["stance"] in _OPPOSING:
            evidence.opposing.append(shown)
        elif citation["stance"] == "supports":
            evidence.supporting.append(shown)
        else:
            evidence.mentioning.append(shown)
    for citation in evidence.opposing:
        opponent = speaker_of(citation) or citation["source"]["publisher"] or citation["source"]["label"]
        if opponent not in evidence.opponents:
            evidence.opponents.append(opponent)
    return evidence


def sources_called(references: Iterable[str | None]) -> dict[str, Rendered]:
    """Return the public sources among `references`. One query, none without references."""
    wanted = {reference for reference in references if reference}
    if not wanted:
        return {}
    return {
        document.reference: document.content for document in SourceDocument.objects.live().filter(reference__in=wanted)
    }


def stations_called(references: Iterable[str]) -> dict[str, str]:
    """Return the labels of the public stations among `references`. One query, none without references."""
    wanted = set(references)
    if not wanted:
        return {}
    rows = StationDocument.objects.live().filter(reference__in=wanted)
    return dict(rows.values_list("reference", "label"))
