"""Pages of claims."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from casetracker.public.filters import ClaimFilter
from casetracker.public.keyset import Ordering
from casetracker.public.models import ClaimDocument, Document
from casetracker.public.pages.acts import general_denial
from casetracker.public.pages.claims import predecessors_of, with_successors
from casetracker.public.pages.lists import ListPage
from casetracker.public.pages.views.records import RecordPage, VersionPage
from casetracker.public.rendering.values import Rendered
from casetracker.public.view import View
from casetracker.publication.reading import Head


class ClaimList(ListPage):
    """All claims."""

    template_name = "public/claims.html"
    model = ClaimDocument
    plural = "claims"
    filterset_class = ClaimFilter
    orderings: ClassVar = {
        Ordering("-date", ("as_of_earliest", "number")): _("Latest first"),
        Ordering("date", ("as_of_earliest", "number")): _("Earliest first"),
        Ordering("country", ("country", "number")): _("By country code"),
        Ordering("-number", ("number",)): _("Newest in this record first"),
    }
    facets: ClassVar = {
        "verification": "verification",
        "disputed": "disputed",
        "country": "country",
        "topic": "topic",
        "epistemic_status": "epistemic_status",
        "claimed_by": "claimed_by",
        "unit": "unit",
    }
    first_filters = ("country", "topic", "epistemic_status", "claimed_by")

    def shown(self, head: Head, contents: list[Rendered], view: View) -> dict[str, Any]:
        """Return the claims, each with what replaced it."""
        return {"claims": with_successors(contents, view)}


class ClaimPage(RecordPage):
    """One claim. The denial stands beside it in the same size."""

    template_name = "public/claim.html"
    model = ClaimDocument
    plural = "claims"

    def shown(self, document: Document, api_link: str) -> dict[str, Any]:
        """Return the claim with what replaced it, and the denial."""
        (content,) = with_successors([document.content])
        return {**super().shown(document, api_link), "record": content, "general_denial": general_denial()}

    def surroundings(self, head: Head, document: Document) -> dict[str, Any]:
        """Return the claims that it replaced."""
        return {"predecessors": predecessors_of(document.content)}


class ClaimVersion(VersionPage, ClaimPage):
    """One version of a claim."""
