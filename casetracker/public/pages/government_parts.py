"""What pages tell of governments beside their responses: counts, agreements, claims, and which days are exact."""

from typing import Any

from django.db.models import F

from casetracker.public.assertions import agreements_of, claims_about
from casetracker.public.counting import once_per_head
from casetracker.public.coverage import coverage_of
from casetracker.public.governments import summaries
from casetracker.public.models import ResponseDocument
from casetracker.public.pages.acts import MOST
from casetracker.public.pages.claims import with_successors
from casetracker.public.view import NOW, View
from casetracker.publication.reading import Head


def parts_of(code: str, view: View = NOW) -> dict[str, Any]:
    """Return how counts and stations agree, and the latest agreements and claims. Five queries."""
    return {
        "coverage": coverage_of(code, view),
        "agreements": [document.content for document in agreements_of(code, view)[:MOST]],
        "claims": with_successors([document.content for document in claims_about(code, view)[:MOST]], view),
    }


def exact_since(head: Head, view: View = NOW) -> set[str]:
    """Return the governments whose status began on a day that a source names. One query, once per head."""
    return once_per_head(head, f"governments exact {view}", lambda: _exact_since(head, view))


def _exact_since(head: Head, view: View) -> set[str]:
    acts = ResponseDocument.objects.seen(view).filter(date_earliest=F("date_latest"), counts_from=F("date_latest"))
    days = set(acts.values_list("concerns", "sets_status", "basis", "counts_from"))
    return {
        summary.code
        for summary in summaries(head, view)
        if (summary.code, summary.status.value, summary.status.basis, summary.status.since) in days
    }
