"""Parts of the desk's templates: what the public reads, in the same words; who is mentioned; what waits."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from casetracker.core.desk_languages import Language
from casetracker.desk.notices import unread_of
from casetracker.desk.reviewing.words import pieces
from casetracker.public.labels import VERIFICATION_LEVELS
from casetracker.public.pages.evidence import evidence_of
from casetracker.public.pages.names import speaker_of
from casetracker.public.rendering.citations import render_citation, render_verification
from casetracker.review.evidence import shown_confidential, verification_level
from casetracker.review.kinds import Content
from casetracker.review.mentions import split_at_mentions

register = template.Library()


@register.inclusion_tag("desk/includes/verification.html")
def verification(content: Content) -> dict[str, Any]:
    """Say how well a content is established, and why, as its public page would."""
    citations = [render_citation(_without_links(citation)) for citation in content["citations"]]
    in_confidence = [name or None for name in sorted(shown_confidential(content))]
    rendered = render_verification(verification_level(content), citations, in_confidence=bool(in_confidence))
    return {
        "verification": rendered,
        "level": gettext(rendered["level_label"]),
        "evidence": evidence_of({"citations": citations, "confidential_source_for": in_confidence}),
    }


@register.filter
def level_words(content: Content) -> str:
    """Return the verification level of a content in words."""
    return gettext(VERIFICATION_LEVELS[verification_level(content)["level"]])


register.filter("speaker_of", speaker_of)


@register.filter
def mentions(text: str) -> SafeString:
    """Escape a comment, and mark the people whom it names."""
    pieces = (
        (format_html('<b class="mention">{}</b>', piece) if names else piece,)
        for piece, names in split_at_mentions(text)
    )
    return format_html_join("", "{}", pieces)


@register.inclusion_tag("desk/includes/notices_link.html", takes_context=True)
def notices_link(context: template.Context) -> dict[str, Any]:
    """Lead to the notices of the person, and say how many wait."""
    request: HttpRequest = context["request"]
    return {"unread": unread_of(request), "is_here": request.path == reverse("admin:notices")}


@register.simple_tag
def desk_languages() -> list[tuple[str, str]]:
    """Return the languages that the desk speaks, with their own names."""
    return list(Language.choices)


def _without_links(citation: dict[str, Any]) -> dict[str, Any]:
    """Return a citation as a snapshot has it, for its words alone: references come with publication."""
    return {**citation, "source": {**citation["source"], "reference": "", "derived_from": None}}


@register.inclusion_tag("desk/includes/marked.html")
def marked(before: str, after: str) -> dict[str, Any]:
    """Show two texts as one, the words that differ marked."""
    return {"pieces": pieces(before, after)}
