"""Records: a publication closes the live row and opens a new one, a retraction or merge withdraws all rows."""

from collections.abc import Callable
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
    Tombstone,
)
from casetracker.public.models.base import number_of
from casetracker.public.projection.columns import agreement_columns, claim_columns, response_columns, station_columns
from casetracker.public.projection.erased import keep_place_of_erased, note_erasure
from casetracker.public.projection.search import make_findable, make_unfindable
from casetracker.public.projection.sources import cite, uncite
from casetracker.public.projection.status import state, withdraw
from casetracker.public.rendering.records import render_agreement, render_claim, render_response, render_station
from casetracker.public.rendering.values import Rendered, as_text
from casetracker.publication.models import ENDS, LogAction
from casetracker.publication.registry import Publication

# The forms of snapshot that the code below can read. A new form gets its own number in the log, and
# here a step that turns the old ones into it: the log keeps what was published as it was.
SCHEMAS = frozenset({1})


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


def project_record(publication: Publication) -> None:
    """Bring the published documents up to one publication. Raises `ValueError` for an unknown schema."""
    if publication.is_erased:
        keep_place_of_erased(publication)
        return
    if publication.snapshot["schema"] not in SCHEMAS:
        raise ValueError(f"{publication.reference}: no projection reads schema {publication.snapshot['schema']}")
    projection = PROJECTIONS[publication.record_kind]
    if publication.action == LogAction.ERASE:
        note_erasure(publication)
    elif publication.action in ENDS:
        _retract(publication)
    else:
        _publish(publication, projection)


def _publish(publication: Publication, projection: Projection) -> None:
    model = RECORD_DOCUMENTS[publication.record_kind]
    rows = model.objects.filter(reference=publication.reference)
    earlier = rows.order_by("-version").only("first_published_at").first()
    if earlier:
        rows.live().update(to_seq=publication.sequence)
    snapshot = publication.snapshot
    first_published_at = earlier.first_published_at if earlier else publication.published_at
    body = projection.render(snapshot, publication.published_at, first_published_at)
    document = model.objects.create(
        reference=publication.reference,
        number=number_of(publication.reference),
        version=snapshot["version"],
        from_seq=publication.sequence,
        published_at=publication.published_at,
        first_published_at=first_published_at,
        label=snapshot["label"],
        body=as_text(body),
        **_reaching(model, number_of(publication.reference), projection.columns(snapshot)),
    )
    links = projection.links(document, snapshot)
    if links:
        type(links[0])._default_manager.bulk_create(links)
    if isinstance(document, ResponseDocument):
        state(publication, document)
    cite(publication, body["citations"], first=earlier is None)
    make_findable(publication.record_kind, document.number, body)


def _reaching(model: type[RecordDocument], number: int, columns: dict[str, Any]) -> dict[str, Any]:
    """Return the columns with how far the documents of the kind reach: see `VersionedQuerySet.bounded`."""
    before = model.objects.order_by("-from_seq").values_list("last_number", "last_day").first()
    last_number, last_day = before or (0, OPEN_START)
    day = columns[model.day_field] or OPEN_START
    return {**columns, "last_number": max(last_number, number), "last_day": max(last_day, day)}


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
    make_unfindable(publication.record_kind, number_of(publication.reference))
