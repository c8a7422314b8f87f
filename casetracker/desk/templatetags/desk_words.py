"""What the public reads, on pages of colleagues: in the same words."""

from typing import Any

from django import template

from casetracker.desk.reviewing.words import pieces
from casetracker.public.pages.evidence import evidence_of
from casetracker.public.rendering.citations import render_citation, render_verification
from casetracker.review.evidence import verification_level
from casetracker.review.kinds import Content

register = template.Library()


@register.inclusion_tag("desk/includes/verification.html")
def verification(content: Content) -> dict[str, Any]:
    """Say how well a content is established, and why, as its public page would."""
    citations = [render_citation(_without_links(citation)) for citation in content["citations"]]
    return {
        "verification": render_verification(verification_level(content), citations),
        "evidence": evidence_of({"citations": citations}),
    }


def _without_links(citation: dict[str, Any]) -> dict[str, Any]:
    """Return a citation as a snapshot has it, for its words alone: references come with publication."""
    return {**citation, "source": {**citation["source"], "reference": "", "derived_from": None}}


@register.inclusion_tag("desk/includes/marked.html")
def marked(before: str, after: str) -> dict[str, Any]:
    """Show two texts as one, the words that differ marked."""
    return {"pieces": pieces(before, after)}
