"""Pages of agreements."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from casetracker.public.filters import AgreementFilter
from casetracker.public.keyset import Ordering
from casetracker.public.models import AgreementDocument, Document, ResponseDocument
from casetracker.public.pages.lists import ListPage
from casetracker.public.pages.views.records import RecordPage, VersionPage
from casetracker.public.rendering.values import Rendered
from casetracker.public.view import View
from casetracker.publication.reading import Head


class AgreementList(ListPage):
    """All agreements."""

    template_name = "public/agreements.html"
    model = AgreementDocument
    plural = "agreements"
    filterset_class = AgreementFilter
    orderings: ClassVar = {
        Ordering("country", ("country", "number")): _("By country code"),
        Ordering("-date", ("counts_from", "number")): _("Latest first"),
        Ordering("date", ("counts_from", "number")): _("Earliest first"),
        Ordering("-number", ("number",)): _("Newest in this record first"),
    }
    facets: ClassVar = {
        "verification": "verification",
        "disputed": "disputed",
        "country": "country",
        "counterpart": "counterpart",
        "type": "type",
        "status": "status",
    }
    first_filters = ("country", "type", "status")

    def shown(self, head: Head, contents: list[Rendered], view: View) -> dict[str, Any]:
        """Return the agreements."""
        return {"agreements": contents}


class AgreementPage(RecordPage):
    """One agreement."""

    template_name = "public/agreement.html"
    model = AgreementDocument
    plural = "agreements"

    def shown(self, document: Document, api_link: str) -> dict[str, Any]:
        """Return the agreement with the response that ended it, if that is public."""
        shown = super().shown(document, api_link)
        ended_by = shown["record"]["ended_by"]
        found = ResponseDocument.objects.live().filter(reference=ended_by).first() if ended_by else None
        return {**shown, "ended_by": found.content if found else None}


class AgreementVersion(VersionPage, AgreementPage):
    """One version of an agreement."""
