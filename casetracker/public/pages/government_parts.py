"""What a government's page tells beside its responses: counts, agreements, claims."""

from typing import Any

from casetracker.public.assertions import agreements_of, claims_about
from casetracker.public.coverage import coverage_of
from casetracker.public.pages.acts import MOST
from casetracker.public.pages.claims import with_successors
from casetracker.public.view import NOW, View


def parts_of(code: str, view: View = NOW) -> dict[str, Any]:
    """Return how counts and stations agree, and the latest agreements and claims. Five queries."""
    return {
        "coverage": coverage_of(code, view),
        "agreements": [document.content for document in agreements_of(code, view)[:MOST]],
        "claims": with_successors([document.content for document in claims_about(code, view)[:MOST]], view),
    }
