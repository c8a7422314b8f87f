"""Sources."""

from typing import Any

from django import forms

from casetracker.public import routes
from casetracker.public.api import errors
from casetracker.public.api.documentation import detail_of, list_of
from casetracker.public.api.parameters import with_fields
from casetracker.public.api.serializers import evidence, site
from casetracker.public.api.views.documents import (
    BY_NUMBER,
    BY_NUMBER_DOWN,
    DocumentDetail,
    DocumentList,
    gone_or_never,
)
from casetracker.public.filters import SourceFilter
from casetracker.public.labels import RECORD_KINDS, STANCES
from casetracker.public.models import CitationLink, SourceDocument
from casetracker.public.rendering.values import as_text, coded
from casetracker.publication.models import LogEntry
from casetracker.publication.reading import Head

ORDERINGS = (BY_NUMBER, BY_NUMBER_DOWN)
# A detail embeds no more than this; `links` leads to lists of all.
EMBEDDED = 500
PLURALS = {"station": "stations", "response": "responses", "agreement": "agreements", "claim": "claims"}


@list_of("sources", site.SourceList)
class SourceList(DocumentList):
    """All sources that published records cite."""

    model = SourceDocument
    row = evidence.Source
    plural = "sources"
    filters = SourceFilter
    orderings = ORDERINGS


@detail_of("sources", evidence.SourceDetail, "D")
class SourceDetail(DocumentDetail):
    """One source, and the published records that cite it."""

    model = SourceDocument
    form = with_fields(forms.Form, evidence.SourceDetail)

    def whole(self, head: Head, asked: Any, **kwargs: Any) -> str:
        """Return the stored text, and the citations behind it."""
        body = super().whole(head, asked, **kwargs)
        links = CitationLink.objects.live().filter(source_reference=kwargs["reference"])
        columns = ("record_reference", "record_kind", "label", "field", "stance")
        newest = links.order_by("-from_seq", "position").values_list(*columns)[:EMBEDDED]
        cited_by = [_cited_by(*link) for link in newest]
        lists = {plural: f"{routes.listing(plural)}?source={kwargs['reference']}" for plural in PLURALS.values()}
        return f'{body[:-1]},"cited_by":{as_text(cited_by)},"cited_by_lists":{as_text(lists)}}}'

    def missing(self, reference: str) -> Exception:
        """Return 410 for a source that was cited once."""
        rows = SourceDocument.objects.filter(reference=reference).order_by("-version")
        row = rows.values_list("first_published_at", "to_seq").first()
        if row is None:
            return gone_or_never(reference=reference)
        first_published_at, to_seq = row
        ended = LogEntry.objects.get(sequence=to_seq or 0)
        return errors.no_longer_cited(reference, first_published_at, ended.published_at)


def _cited_by(reference: str, record_kind: str, label: str, field: str, stance: str) -> dict[str, Any]:
    return {
        "reference": reference,
        **coded("record_kind", record_kind, RECORD_KINDS),
        "label": label,
        "field": field or None,
        **coded("stance", stance, STANCES),
        "links": {"self": routes.detail(PLURALS[record_kind], reference)},
    }
