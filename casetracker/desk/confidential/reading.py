"""What the pages of confidential sources tell of a record without opening anything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from casetracker.core.errors import DomainError
from casetracker.core.sealing import require_on
from casetracker.desk.confidential.forms import PARTS
from casetracker.review.confidential_evidence import ConfidentialResult, confidential_results, places_that_name
from casetracker.review.content import build_content
from casetracker.review.kinds import Content
from casetracker.review.models import ConfidentialCitation, Record
from casetracker.review.references import preview_snapshot
from casetracker.review.secrecy import texts_of


@dataclass(frozen=True)
class Part:
    """A text that is open on a page. No `repr` shows it: Django may log all that a template is given."""

    label: Any
    text: str = field(repr=False)


def parts_of(texts: Mapping[str, str], names: Iterable[str]) -> list[Part]:
    """Return the named texts, with what they are called."""
    return [Part(PARTS[name], texts[name]) for name in names]


def trouble_with_keys() -> str:
    """Say why nothing can be sealed here; nothing if it can."""
    try:
        require_on()
    except DomainError as error:
        return str(error)
    return ""


def result_of(citation: ConfidentialCitation) -> ConfidentialResult | None:
    """Return what colleagues found of one citation; None where it was replaced or taken out."""
    record = citation.record
    results = confidential_results(record, build_content(record)) if citation.is_current else []
    return next((result for result in results if result.citation.pk == citation.pk), None)


def inherited(record: Record) -> list[Any]:
    """Return what stands in records that are merged into this one: it stays there, to be cited here anew if need be."""
    return list(
        ConfidentialCitation.objects.standing()
        .filter(record__merged_into=record)
        .select_related("source", "record")
        .order_by("record", "id")
    )


def given_away(record: Record, content: Content) -> tuple[list[tuple[str, str]], str]:
    """Return where the public text names a source, with its label; and why that could not be looked up, if so."""
    snapshot, linked = preview_snapshot(record, content)
    try:
        found = {
            (place, source.label)
            for place, source in places_that_name(texts_of(snapshot), [record.pk, *map(UUID, linked)])
        }
    except DomainError as error:
        return [], str(error)
    return sorted(found), ""
