"""Claims as pages show them: with what replaced them, and what they replaced."""

from collections.abc import Iterable

from casetracker.public.models import ClaimDocument
from casetracker.public.rendering.values import Rendered
from casetracker.public.view import NOW, View


def with_successors(contents: list[Rendered], view: View = NOW) -> list[Rendered]:
    """Return the contents of claims, each with the claim that replaced it, if the view shows one. One query at most."""
    successors = _called((content["superseded_by"] for content in contents), view)
    return [{**content, "successor": successors.get(content["superseded_by"])} for content in contents]


def predecessors_of(content: Rendered, view: View = NOW) -> list[Rendered]:
    """Return the claims that a claim replaced, at once or through others, the nearest first. One query."""
    replaced = ClaimDocument.objects.seen(view).filter(topic=content["topic"], country=content["country"] or "")
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


def _called(references: Iterable[str | None], view: View) -> dict[str | None, Rendered]:
    wanted = {reference for reference in references if reference}
    if not wanted:
        return {}
    rows = ClaimDocument.objects.seen(view).filter(reference__in=wanted)
    return {document.reference: document.content for document in rows}
