"""Records: a publication closes the live row and opens a new one, a retraction or merge withdraws all rows."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from casetracker.public.models import RECORD_DOCUMENTS, Tombstone
from casetracker.public.models.base import number_of
from casetracker.public.projection.erased import keep_place_of_erased, note_erasure
from casetracker.public.projection.publishing import publish_versions
from casetracker.public.projection.search import make_findable
from casetracker.public.projection.sources import uncite
from casetracker.public.projection.status import withdraw
from casetracker.publication.models import ENDS, LogAction
from casetracker.publication.registry import Publication

# The forms of snapshot that the code below can read. A new form gets its own number in the log, and
# here a step that turns the old ones into it: the log keeps what was published as it was.
SCHEMAS = frozenset({1})
_NO_VERSIONS = (*ENDS, LogAction.ERASE)


def project_records(publications: Sequence[Publication]) -> None:
    """Bring the published documents up to publications, in their order. Raises `ValueError` for an unknown schema.

    Versions that follow each other in the log are written together; all else stands for itself.
    """
    for is_version, some in groupby(publications, key=_is_version):
        if is_version:
            for versions in _each_record_once(some):
                publish_versions(versions)
        else:
            for publication in some:
                _project(publication)


def _is_version(publication: Publication) -> bool:
    if publication.is_erased:
        return False
    if publication.snapshot["schema"] not in SCHEMAS:
        raise ValueError(f"{publication.reference}: no projection reads schema {publication.snapshot['schema']}")
    return publication.action not in _NO_VERSIONS


def _each_record_once(publications: Iterable[Publication]) -> Iterator[list[Publication]]:
    """Yield publications in their order, in parts of which none has a record twice."""
    part: dict[str, Publication] = {}
    for publication in publications:
        if publication.reference in part:
            yield list(part.values())
            part = {}
        part[publication.reference] = publication
    yield list(part.values())


def _project(publication: Publication) -> None:
    if publication.is_erased:
        keep_place_of_erased(publication)
    elif publication.action == LogAction.ERASE:
        note_erasure(publication)
    else:
        _retract(publication)


def _retract(publication: Publication) -> None:
    rows = RECORD_DOCUMENTS[publication.record_kind].objects.filter(reference=publication.reference)
    Tombstone.objects.create(
        sequence=publication.sequence,
        reference=publication.reference,
        record_kind=publication.record_kind,
        reason=publication.snapshot["reason"],
        note=publication.note,
        successor=publication.snapshot.get("successor", ""),
        first_published_at=rows.live().get().first_published_at,
        retracted_at=publication.published_at,
    )
    rows.live().update(to_seq=publication.sequence)
    rows.readable().update(retracted_seq=publication.sequence)
    withdraw(publication)
    uncite(publication)
    make_findable({(publication.record_kind, number_of(publication.reference)): None})
