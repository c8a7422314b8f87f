"""Sources: they are public as far as live records cite them, in the words of the last of these records.

Words that only a retracted record gave are withdrawn with it.
"""

from collections.abc import Collection, Iterable, Sequence

from casetracker.public.models import RECORD_DOCUMENTS, CitationLink, SourceDocument
from casetracker.public.models.base import number_of
from casetracker.public.projection.columns import bound_columns
from casetracker.public.projection.search import make_findable
from casetracker.public.projection.version import Version, end_earlier, revised
from casetracker.public.rendering.values import Rendered, as_text
from casetracker.publication.registry import Publication


def cite(versions: Sequence[Version]) -> None:
    """Let published versions, in the order of the log, cite what their documents say, and nothing else."""
    cited_before = _cited_by(revised(versions))
    end_earlier(CitationLink.objects.all(), "record_reference", versions)
    CitationLink.objects.bulk_create(link for version in versions for link in _links(version))
    cited_now = [_cited_in(version) for version in versions]
    sources = _Sources(set().union(*cited_before.values(), *cited_now))
    for version, cited in zip(versions, cited_now, strict=True):
        publication = version.publication
        for reference in sorted(cited_before.get(publication.reference, set()) | cited.keys()):
            if reference in cited:
                sources.give(publication, cited[reference], given_by=publication.reference)
            else:
                sources.hand_on(publication, reference)
    sources.write()


def uncite(publication: Publication) -> None:
    """End the citations of a retracted record, and withdraw what only it gave."""
    links = CitationLink.objects.filter(record_reference=publication.reference)
    cited = _cited_by([publication.reference]).get(publication.reference, set())
    links.live().update(to_seq=publication.sequence)
    sources = _Sources(cited)
    for reference in sorted(cited):
        sources.hand_on(publication, reference)
    sources.write()
    given = SourceDocument.objects.filter(given_by=publication.reference)
    for rows in (links, given):
        rows.readable().update(retracted_seq=publication.sequence)


def _links(version: Version) -> list[CitationLink]:
    publication = version.publication
    return [
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
        for position, citation in enumerate(version.body["citations"])
    ]


def _cited_in(version: Version) -> dict[str, Rendered]:
    """Return the sources that a version cites, rendered, by their references."""
    return {citation["source"]["reference"]: citation["source"] for citation in version.body["citations"]}


def _cited_by(records: Collection[str]) -> dict[str, set[str]]:
    """Return the references of the sources that records cite up to now, for each that cites any."""
    cited: dict[str, set[str]] = {}
    links = CitationLink.objects.live().filter(record_reference__in=list(records))
    for record, source in links.values_list("record_reference", "source_reference"):
        cited.setdefault(record, set()).add(source)
    return cited


class _Sources:
    """The last rows of some sources. They change here in the order of the log, and are written together."""

    def __init__(self, references: Iterable[str]) -> None:
        """Read the rows."""
        rows = SourceDocument.objects.filter(reference__in=list(references)).order_by("version")
        self._last = {row.reference: row for row in rows}
        self._changed: dict[int, SourceDocument] = {}
        self._new: list[SourceDocument] = []
        self._contents: dict[tuple[str, int], Rendered | None] = {}

    def give(self, publication: Publication, source: Rendered, *, given_by: str) -> None:
        """Let the live row of a source say what `source` (rendered) says."""
        last, body = self._last.get(source["reference"]), as_text(source)
        if last and last.to_seq is None and last.body == body:
            self._change(last, given_by=given_by)
            return
        if last and last.to_seq is None:
            self._change(last, to_seq=publication.sequence)
        row = SourceDocument(
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
        self._last[row.reference] = row
        self._new.append(row)
        self._contents["source", row.number] = source

    def hand_on(self, publication: Publication, reference: str) -> None:
        """Let the last of the other records that cite a source give it, if this one did; without any, it ends."""
        last, sequence = self._last.get(reference), publication.sequence
        if last is None or last.given_by != publication.reference:
            return
        # Records that follow in the log may have been written already: they do not count yet.
        links = CitationLink.objects.known(sequence).filter(source_reference=reference)
        link = links.order_by("-from_seq", "-position").first()
        if link is None:
            self._change(last, to_seq=sequence)
            self._contents["source", last.number] = None
            return
        record = RECORD_DOCUMENTS[link.record_kind].objects.known(sequence).get(reference=link.record_reference)
        self.give(publication, record.content["citations"][link.position]["source"], given_by=link.record_reference)

    def write(self) -> None:
        """Write what has changed."""
        SourceDocument.objects.bulk_update(self._changed.values(), ["to_seq", "given_by"])
        SourceDocument.objects.bulk_create(self._new)
        make_findable(self._contents)

    def _change(self, row: SourceDocument, **columns: object) -> None:
        for name, value in columns.items():
            setattr(row, name, value)
        if row.pk is not None:  # Else it is new, and written as it is in the end.
            self._changed[row.pk] = row
