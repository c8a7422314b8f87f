"""Which sources of a record have an archived copy, and what the public learns of it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from casetracker.review.kinds import Content
from casetracker.sources.models import Capture, CaptureQuerySet, LinkHealth


def _kept(sources: Collection[Any]) -> CaptureQuerySet:
    found: CaptureQuerySet = Capture.objects.of_present_addresses().filter(source__in=sources)
    return found


def captured_sources(sources: Collection[Any]) -> set[str]:
    """Return those of these sources of which a copy is kept. One query."""
    return {str(key) for key in _kept(sources).values_list("source", flat=True)}


def latest_captures(sources: Collection[Any]) -> dict[str, UUID]:
    """Return the keys of the latest copies of these sources, by the keys of the sources. One query."""
    found = (
        Capture.objects.of_present_addresses()
        .filter(source__in=sources)
        .order_by("received_at", "id")
        .values_list("source", "pk")
    )
    return {str(source): key for source, key in found}


def sources_without_capture(content: Content) -> list[dict[str, Any]]:
    """Return the cited sources of which no copy is kept, each once, in the order of the citations."""
    cited = {citation["source"]["id"]: citation["source"] for citation in content["citations"]}
    kept = captured_sources(cited) if cited else set()
    return [source for key, source in cited.items() if key not in kept]


def problems_before_approval(content: Content) -> list[str]:
    """Return the sources that keep a record from being approved, each with the remedy, where copies are required."""
    if not settings.CAPTURE_REQUIRED:
        return []
    return [
        _("“%(source)s” has no archived copy: have it fetched, or upload one, on the page of the source.")
        % {"source": source["title"] or source["publisher"]}
        for source in sources_without_capture(content)
    ]


def keeping_of(sources: Collection[Any]) -> dict[str, dict[str, Any]]:
    """Return what the public learns of copies and addresses of these sources, by their keys. Two queries.

    The copy is the latest; of its address, how it fared when the fetcher last looked. Days, not moments: nobody needs
    to know when somebody here was at work.
    """
    found: dict[str, dict[str, Any]] = {}
    for capture in (
        Capture.objects.of_present_addresses()
        .filter(source__in=sources)
        .order_by("received_at", "id")
        .only("source_id", "digest", "received_at")
    ):
        found.setdefault(str(capture.source_id), {})["archived"] = {
            "sha256": capture.digest,
            "on": capture.received_at.date().isoformat(),
        }
    for link in LinkHealth.objects.filter(source__in=sources, source__url=F("url")):
        found.setdefault(str(link.source_id), {})["link"] = {
            "state": link.state,
            "on": link.looked_at.date().isoformat(),
        }
    return found
