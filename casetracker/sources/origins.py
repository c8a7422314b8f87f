"""Who says it independently: the roots of the derivation graph."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from casetracker.sources.choices import COPY_TYPES
from casetracker.sources.models import Source


def origins_of(source_ids: Iterable[UUID], known: Mapping[UUID, UUID | None] | None = None) -> dict[UUID, UUID]:
    """Map each source to its origin: the document at the root of what it derives from.

    Ten articles on one report share its origin. `known` has what the caller knows already of which source
    derives from which. One query for each step of the longest derivation that is not known.
    """
    wanted = set(source_ids)
    parents = dict(known or {})
    missing = (wanted | {parent for parent in parents.values() if parent}) - parents.keys()
    while missing:
        rows = dict(Source.objects.filter(pk__in=missing).values_list("pk", "derived_from_id"))
        parents.update(rows)
        missing = {parent for parent in rows.values() if parent} - parents.keys()
    return {source_id: _root(source_id, parents) for source_id in wanted}


def _root(source_id: UUID, parents: Mapping[UUID, UUID | None]) -> UUID:
    current = source_id
    while parent := parents.get(current):
        current = parent
    return current


def derives_from(source_id: UUID, ancestor_id: UUID) -> bool:
    """Tell whether `source_id` is `ancestor_id` or derives from it, in any number of steps."""
    return ancestor_id in line_of(source_id)


def line_of(source_id: UUID) -> list[UUID]:
    """Return a source and all that it derives from, step by step up to its origin. One query each."""
    line: list[UUID] = []
    current: UUID | None = source_id
    while current:
        line.append(current)
        current = Source.objects.values_list("derived_from_id", flat=True).get(pk=current)
    return line


def count_origins(supports: Collection[tuple[str, str]]) -> int:
    """Count independent origins among supporting sources, each given as (origin, type of its origin).

    Copies of an unknown document may repeat one another or any other source: together they count as
    one origin, and only where nothing else supports.
    """
    known = {origin for origin, source_type in supports if source_type not in COPY_TYPES}
    return len(known) or min(1, len(supports))
