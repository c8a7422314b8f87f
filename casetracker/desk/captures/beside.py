"""A citation beside the copy of its source, to be checked there."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from casetracker.accounts.models import User
from casetracker.desk.captures.quoting import Stretch, stretches
from casetracker.desk.reviewing.checklist import Fact, Numbered, checklist
from casetracker.desk.reviewing.position import address_of
from casetracker.review.admin.panel import panel_for
from casetracker.review.kinds import kind_named
from casetracker.review.models import Citation, Record
from casetracker.sources.models import Capture


@dataclass(frozen=True)
class Beside:
    """A citation with the fact that it is for, the text of the copy cut at its quote, and the way to give a verdict."""

    record: Record
    fact: Fact
    numbered: Numbered
    text: list[Stretch]
    act_url: str
    next_page: str

    @property
    def is_found(self) -> bool:
        """Tell whether the quote, or a part of it, stands in the text."""
        return any(stretch.quoted for stretch in self.text)


def cited_beside(citation_id: str, capture: Capture, person: User) -> Beside | None:
    """Return the citation that a page was asked to show beside a copy; None if it is none of this source."""
    try:
        key = UUID(citation_id)
    except ValueError:
        return None
    citation = Citation.objects.filter(pk=key, source=capture.source_id).select_related("record").first()
    if citation is None:
        return None
    record = citation.record
    panel = panel_for(record, person)
    for fact in checklist(record, panel["content"], panel["checked"]):
        for numbered in fact.citations:
            if numbered.checked.result.citation["id"] == str(key):
                meta = kind_named(record.kind).model._meta
                return Beside(
                    record,
                    fact,
                    numbered,
                    stretches(capture.text, citation.quote),
                    reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk]),
                    address_of(record.pk),
                )
    return None
