"""What of its confidential citations stands in the content of a record: opaque entries, no word and no name.

So an approval binds to exactly what was there, for whoever has no key and no clearance too.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from casetracker.core.canonical import canonical_json, sha256_hex
from casetracker.review.models import ConfidentialCitation

Entry = dict[str, Any]


def entries_of(keys: Sequence[UUID]) -> dict[UUID, list[Entry]]:
    """Return for each record the entries of what stands in it. One query, and no key is needed."""
    found: dict[UUID, list[Entry]] = {key: [] for key in keys}
    for citation in ConfidentialCitation.objects.of_records(keys):
        found[citation.record_id].append(entry_of(citation))
    return found


def entry_of(citation: ConfidentialCitation) -> Entry:
    """Return the entry of a citation, with its source at hand.

    What its source is, is part of the seal where the public reads of it. Elsewhere it is not: a colleague who is not
    cleared would learn of it from a verification that lapses without any change that shows.
    """
    source = [str(citation.source_id), citation.source.seal if citation.shown else ""]
    return {
        "id": str(citation.pk),
        "field": citation.field,
        "stance": citation.stance,
        "shown": citation.shown,
        "seal": sha256_hex(canonical_json([citation.seal, *source])),
    }


def restore_entries(record_id: UUID, entries: Iterable[Mapping[str, Any]]) -> None:
    """Let exactly these citations stand in a record, as they were published. Part of services."""
    published = {entry["id"]: entry["shown"] for entry in entries}
    rows = ConfidentialCitation.objects.filter(record=record_id)
    rows.exclude(pk__in=published).filter(is_current=True).update(is_current=False)
    for key, shown in published.items():
        rows.filter(pk=key).update(is_current=True, shown=shown)
