"""Published versions of records: the live row of each closes, and a new one opens. Many are written at once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from casetracker.public.models import (
    OPEN_START,
    RECORD_DOCUMENTS,
    CountedIn,
    Document,
    RecordDocument,
    ResponseDocument,
    ResponseStation,
    StationDocument,
)
from casetracker.public.models.base import number_of
from casetracker.public.projection.columns import agreement_columns, claim_columns, response_columns, station_columns
from casetracker.public.projection.search import make_findable
from casetracker.public.projection.sources import cite
from casetracker.public.projection.status import state
from casetracker.public.projection.version import Version, end_earlier
from casetracker.public.rendering.records import render_agreement, render_claim, render_response, render_station
from casetracker.public.rendering.values import Rendered, as_text
from casetracker.publication.registry import Publication


@dataclass(frozen=True)
class Projection:
    """How one kind of record becomes rows."""

    render: Callable[..., Rendered]
    columns: Callable[[Rendered], dict[str, Any]]
    links: Callable[[Any, Rendered], list[Model]]


def _counted_in(document: StationDocument, snapshot: Rendered) -> list[Model]:
    return [CountedIn(document=document, report=report) for report in dict.fromkeys(snapshot["counted_in"])]


def _stations(document: ResponseDocument, snapshot: Rendered) -> list[Model]:
    references = dict.fromkeys(snapshot["stations"])
    return [ResponseStation(document=document, station_reference=reference) for reference in references]


def _none(_document: Document, _snapshot: Rendered) -> list[Model]:
    """Return no further rows."""
    return []


PROJECTIONS = {
    "station": Projection(render_station, station_columns, _counted_in),
    "response": Projection(render_response, response_columns, _stations),
    "agreement": Projection(render_agreement, agreement_columns, _none),
    "claim": Projection(render_claim, claim_columns, _none),
}


def publish_versions(publications: Sequence[Publication]) -> None:
    """Write the documents of published versions, with all that follows from them.

    The publications stand in the order of the log, and each is of another record.
    """
    by_kind: dict[str, list[Publication]] = {}
    for publication in publications:
        by_kind.setdefault(publication.record_kind, []).append(publication)
    versions = [version for kind, some in by_kind.items() for version in _of_kind(kind, some)]
    versions.sort(key=lambda version: version.publication.sequence)
    state([version for version in versions if isinstance(version.document, ResponseDocument)])
    cite(versions)
    make_findable({(one.publication.record_kind, one.document.number): one.body for one in versions})


def _of_kind(kind: str, publications: Sequence[Publication]) -> list[Version]:
    """Write the documents of one kind, and the rows that belong to them."""
    model, projection = RECORD_DOCUMENTS[kind], PROJECTIONS[kind]
    versions = list(_rendered(model, projection, publications))
    end_earlier(model.objects.all(), "reference", versions)
    model.objects.bulk_create(version.document for version in versions)
    links = [link for one in versions for link in projection.links(one.document, one.publication.snapshot)]
    if links:
        type(links[0])._default_manager.bulk_create(links)
    return versions


def _first_published_at(model: type[RecordDocument], publications: Sequence[Publication]) -> dict[str, Any]:
    """Return when the records were published first, of those that were before."""
    rows = model.objects.filter(reference__in=[publication.reference for publication in publications])
    return dict(rows.order_by("version").values_list("reference", "first_published_at"))


def _rendered(
    model: type[RecordDocument], projection: Projection, publications: Sequence[Publication]
) -> Iterator[Version]:
    """Yield versions whose documents are not written yet.

    Each document knows how far those of its kind reach up to it: see `VersionedQuerySet.bounded`.
    """
    known_since = _first_published_at(model, publications)
    before = model.objects.order_by("-from_seq").values_list("last_number", "last_day").first()
    last_number, last_day = before or (0, OPEN_START)
    for publication in publications:
        snapshot, number = publication.snapshot, number_of(publication.reference)
        columns = projection.columns(snapshot)
        last_number, last_day = max(last_number, number), max(last_day, columns[model.day_field] or OPEN_START)
        first_published_at = known_since.get(publication.reference, publication.published_at)
        body = projection.render(snapshot, publication.published_at, first_published_at)
        document = model(
            reference=publication.reference,
            number=number,
            version=snapshot["version"],
            from_seq=publication.sequence,
            published_at=publication.published_at,
            first_published_at=first_published_at,
            label=snapshot["label"],
            body=as_text(body),
            last_number=last_number,
            last_day=last_day,
            **columns,
        )
        yield Version(publication, document, body, is_first=publication.reference not in known_since)
