"""Sources: they are public as far as live records cite them, in the words of the last of these records.

Words that only a retracted record gave are withdrawn with it.
"""

from collections.abc import Iterable

from casetracker.public.models import RECORD_DOCUMENTS, CitationLink, SourceDocument
from casetracker.public.models.base import number_of
from casetracker.public.projection.columns import bound_columns
from casetracker.public.projection.search import make_findable, make_unfindable
from casetracker.public.rendering.values import Rendered, as_text
from casetracker.publication.registry import Publication


def cite(publication: Publication, citations: list[Rendered], *, first: bool) -> None:
    """Let the published version of a record cite what `citations` (rendered) say, and nothing else.

    `first` tells that no earlier version can have cited anything.
    """
    dropped = set() if first else _end_links(publication)
    CitationLink.objects.bulk_create(
        CitationLink(
            source_reference=citation["source"]["reference"],
            record_kind=publication.record_kind,
            record_reference=publication.reference,
            position=position,
            label=publication.snapshot["label"],
            field=citation["field"] or "",
            stance=citation["stance"],
            from_seq=publication.sequence,
        )
        for position, citation in enumerate(citations)
    )
    given = {citation["source"]["reference"]: citation["source"] for citation in citations}
    _update(publication, dropped | given.keys(), given)


def uncite(publication: Publication) -> None:
    """End the citations of a retracted record, and withdraw what only it gave."""
    _update(publication, _end_links(publication), {})
    links = CitationLink.objects.filter(record_reference=publication.reference)
    sources = SourceDocument.objects.filter(given_by=publication.reference)
    for rows in (links, sources):
        rows.readable().update(retracted_seq=publication.sequence)


def _end_links(publication: Publication) -> set[str]:
    links = CitationLink.objects.live().filter(record_reference=publication.reference)
    ended = set(links.values_list("source_reference", flat=True))
    if ended:
        links.update(to_seq=publication.sequence)
    return ended


def _update(publication: Publication, references: Iterable[str], given: dict[str, Rendered]) -> None:
    """Bring the sources that a record cites or cited up to date. `given` has those that it cites now."""
    latest: dict[str, SourceDocument] = {}
    for document in SourceDocument.objects.filter(reference__in=references).order_by("version"):
        latest[document.reference] = document
    unchanged = []
    for reference in sorted(references):
        last = latest.get(reference)
        if reference in given:
            unchanged += _give(publication, last, given[reference], publication.reference)
        elif last and last.given_by == publication.reference:
            _hand_on(publication, last)
    if unchanged:
        SourceDocument.objects.filter(pk__in=unchanged).update(given_by=publication.reference)


def _hand_on(publication: Publication, last: SourceDocument) -> None:
    """Let the last of the other records that cite a source give it; without any, the source ends."""
    links = CitationLink.objects.live().filter(source_reference=last.reference)
    link = links.order_by("-from_seq", "-position").first()
    if link is None:
        _end(publication, last)
        make_unfindable("source", last.number)
        return
    record = RECORD_DOCUMENTS[link.record_kind].objects.live().get(reference=link.record_reference)
    source = record.content["citations"][link.position]["source"]
    unchanged = _give(publication, last, source, link.record_reference)
    SourceDocument.objects.filter(pk__in=unchanged).update(given_by=link.record_reference)


def _give(publication: Publication, last: SourceDocument | None, source: Rendered, given_by: str) -> list[int]:
    """Let the live row of a source say what `source` (rendered) says.

    Returns its key if it says so already: then only `given_by` is left to be set, for many rows at once.
    """
    body = as_text(source)
    live = last if last and last.to_seq is None else None
    if live and live.body == body:
        return [live.pk]
    if live:
        _end(publication, live)
    SourceDocument.objects.create(
        reference=source["reference"],
        number=number_of(source["reference"]),
        version=last.version + 1 if last else 1,
        from_seq=publication.sequence,
        published_at=publication.published_at,
        first_published_at=last.first_published_at if last else publication.published_at,
        label=source["label"],
        body=body,
        language=source["language"] or "",
        type=source["type"],
        **bound_columns("published", source["published"] or ""),
        publisher=source["publisher"] or "",
        publisher_country=source["publisher_country"] or "",
        publisher_control=source["publisher_control"] or "",
        given_by=given_by,
    )
    make_findable("source", number_of(source["reference"]), source)
    return []


def _end(publication: Publication, document: SourceDocument) -> None:
    SourceDocument.objects.filter(pk=document.pk).update(to_seq=publication.sequence)
