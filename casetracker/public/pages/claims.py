"""Claims as pages show them: with what replaced them, and what they replaced."""

from collections.abc import Iterable

from casetracker.public.models import ClaimDocument
from casetracker.public.rendering.values import Rendered


def with_successors(contents: list[Rendered]) -> list[Rendered]:
    """Return the contents of claims, each with the public claim that replaced it, if any. One query at most."""
    successors = _called(content["superseded_by"] for content in contents)
    return [{**content, "successor": successors.get(content["superseded_by"])} for content in contents]


def predecessors_of(content: Rendered) -> list[Rendered]:
    """Return the public claims that a claim replaced, at once or through others, the nearest first. One query."""
    replaced = ClaimDocument.objects.live().filter(topic=content["topic"], country=content["country"] or "")
    by_successor: dict[str, list[Rendered]] = {}
    for document in replaced.exclude(superseded_by="").order_by("-as_of_latest", "-number"):
        by_successor.setdefault(document.superseded_by, []).append(document.content)
    found: list[Rendered] = []
    waiting = [content["reference"]]
    while waiting:
        nearest = by_successor.pop(waiting.pop(0), [])
        found += nearest
        waiting += [claim["reference"] for claim in nearest]
    return found


def _called(references: Iterable[str | None]) -> dict[str | None, Rendered]:
    wanted = {reference for reference in references if reference}
    if not wanted:
        return {}
    rows = ClaimDocument.objects.live().filter(reference__in=wanted)
    return {document.reference: document.content for document in rows}
