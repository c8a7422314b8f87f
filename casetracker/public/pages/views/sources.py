"""Pages of sources."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casetracker.public import routes
from casetracker.public.filters import SourceFilter
from casetracker.public.keyset import Ordering
from casetracker.public.models import RECORD_DOCUMENTS, CitationLink, SourceDocument
from casetracker.public.pages import linked_data
from casetracker.public.pages.base import Page
from casetracker.public.pages.evidence import sources_called
from casetracker.public.pages.lists import ListPage
from casetracker.public.pages.withdrawn import missing_source
from casetracker.public.rendering.values import Rendered
from casetracker.public.view import View
from casetracker.publication.reading import Head

# A page shows no more citations than this, the newest of them, and leads to the lists of all.
MOST = 200


class SourceList(ListPage):
    """All sources that published records cite."""

    template_name = "public/sources.html"
    model = SourceDocument
    plural = "sources"
    filterset_class = SourceFilter
    takes_view = False
    orderings: ClassVar = {
        Ordering("number", ("number",)): _("First cited first"),
        Ordering("-number", ("number",)): _("Last cited first"),
    }
    facets: ClassVar = {"language": "language", "type": "type", "publisher": "publisher"}
    first_filters = ("publisher", "language", "type")

    def shown(self, head: Head, contents: list[Rendered], view: View) -> dict[str, Any]:
        """Return the sources."""
        return {"sources": contents}


class SourcePage(Page):
    """One source, and the published records that cite it."""

    template_name = "public/source.html"
    plural = "sources"

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return the source, what it derives from, and what cites it."""
        reference = kwargs["reference"]
        document = SourceDocument.objects.live().filter(reference=reference).first()
        if document is None:
            raise missing_source(reference)
        source = document.content
        links = CitationLink.objects.live().filter(source_reference=reference).order_by("-from_seq", "position")
        page = reverse("source", kwargs={"reference": reference})
        return {
            "linked_data": linked_data.about_source(source, self.request.build_absolute_uri, page),
            "source": source,
            "origin": sources_called({source["derived_from"]}).get(source["derived_from"]),
            "cited_by": _with_records(list(links[:MOST])),
            "most": MOST,
            "api_link": routes.detail("sources", reference),
        }


def _with_records(links: list[CitationLink]) -> list[tuple[CitationLink, Rendered]]:
    """Return the citations with the records that they stand in. One query for each kind of record."""
    records = {
        document.reference: document.content
        for record_kind, model in RECORD_DOCUMENTS.items()
        for document in model.objects.live().filter(
            reference__in=[link.record_reference for link in links if link.record_kind == record_kind]
        )
    }
    return [(link, records[link.record_reference]) for link in links]
