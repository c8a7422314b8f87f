"""Pages of responses."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from casetracker.public.filters import ResponseFilter
from casetracker.public.keyset import Ordering
from casetracker.public.models import Document, ResponseDocument
from casetracker.public.pages.acts import with_stations
from casetracker.public.pages.lists import ListPage
from casetracker.public.pages.views.records import RecordPage, VersionPage
from casetracker.public.rendering.values import Rendered
from casetracker.public.view import View
from casetracker.publication.reading import Head


class ResponseList(ListPage):
    """All responses."""

    template_name = "public/responses.html"
    model = ResponseDocument
    plural = "responses"
    filterset_class = ResponseFilter
    orderings: ClassVar = {
        Ordering("-date", ("date_earliest", "number")): _("Latest first"),
        Ordering("date", ("date_earliest", "number")): _("Earliest first"),
        Ordering("-number", ("number",)): _("Newest in this record first"),
    }
    facets: ClassVar = {
        "verification": "verification",
        "disputed": "disputed",
        "concerns": "concerns",
        "responder": "responder",
        "kind": "kind",
        "level": "level",
        "sets_status": "sets_status",
        "scope": "scope",
    }
    first_filters = ("concerns", "kind", "level")

    def shown(self, head: Head, contents: list[Rendered], view: View) -> dict[str, Any]:
        """Return the responses, each with its stations."""
        return {"responses": with_stations(contents)}


class ResponsePage(RecordPage):
    """One response."""

    template_name = "public/response.html"
    model = ResponseDocument
    plural = "responses"

    def shown(self, document: Document, api_link: str) -> dict[str, Any]:
        """Return the response with its stations."""
        (content,) = with_stations([document.content])
        return super().shown(document, api_link) | {"record": content}


class ResponseVersion(VersionPage, ResponsePage):
    """One version of a response."""
