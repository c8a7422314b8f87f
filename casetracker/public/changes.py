"""What each entry of the log changed in the published documents: who replays them has what a fresh download has.

An entry shows what it published as far as that may still be read. What was withdrawn since is left out, and a later
entry says that it is gone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from casetracker.public.labels import ERASURE_GROUNDS, RETRACTION_REASONS
from casetracker.public.models import RECORD_DOCUMENTS, Erasure, SourceDocument, Tombstone
from casetracker.public.rendering.values import Rendered, as_text
from casetracker.publication.models import LogAction, LogEntry


def changes_of(entries: list[LogEntry], shown: Iterable[Rendered]) -> Iterator[str]:
    """Yield each entry, as it is `shown` in the log, with what it changed, as JSON.

    `entries` stand in a row. The number of queries does not depend on how many they are.
    """
    if not entries:
        return
    between = (entries[0].sequence, entries[-1].sequence)
    documents = _documents(between)
    withdrawals = {tombstone.sequence: tombstone for tombstone in Tombstone.objects.filter(sequence__range=between)}
    erased = [entry.sequence for entry in entries if entry.action == LogAction.ERASE]
    erasures = Erasure.objects.in_bulk(erased)  # No query for nothing.
    sources, ended = _sources(between)
    for entry, line in zip(entries, shown, strict=True):
        tombstone = withdrawals.get(entry.sequence)
        parts = {
            "document": documents.get(entry.sequence, "null"),
            "withdrawal": as_text(_withdrawal(tombstone) if tombstone else None),
            "erasure": as_text(_erasure(erasures.get(entry.sequence))),
            "sources": f"[{','.join(sources[entry.sequence])}]",
            "sources_ended": as_text(ended[entry.sequence]),
        }
        added = ",".join(f'"{name}":{text}' for name, text in parts.items())
        yield f"{as_text(line)[:-1]},{added}}}"


def _documents(between: tuple[int, int]) -> dict[int, str]:
    """Return the texts that were published, by entry."""
    found: dict[int, str] = {}
    for model in RECORD_DOCUMENTS.values():
        rows = model._default_manager.filter(from_seq__range=between, retracted_seq__isnull=True)
        found.update(rows.values_list("from_seq", "body"))
    return found


def _sources(between: tuple[int, int]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Return the texts of sources that became new, and the references of those that ended, by entry."""
    begun: dict[int, list[str]] = defaultdict(list)
    replaced: set[tuple[int, str]] = set()
    rows = SourceDocument.objects.filter(from_seq__range=between).order_by("number")
    for sequence, reference, body, retracted in rows.values_list("from_seq", "reference", "body", "retracted_seq"):
        replaced.add((sequence, reference))
        if retracted is None:
            begun[sequence].append(body)
    ended: dict[int, list[str]] = defaultdict(list)
    former = SourceDocument.objects.filter(to_seq__range=between).order_by("number")
    for until, reference in former.values_list("to_seq", "reference"):
        if until is not None and (until, reference) not in replaced:
            ended[until].append(reference)
    return begun, ended


def _erasure(erasure: Erasure | None) -> dict[str, Any] | None:
    if erasure is None:
        return None
    ground = erasure.ground
    return {"ground": ground, "ground_label": ERASURE_GROUNDS[ground], "note": erasure.note or None}


def _withdrawal(tombstone: Tombstone) -> dict[str, Any]:
    return {
        "reason": tombstone.reason,
        "reason_label": RETRACTION_REASONS[tombstone.reason],
        "note": tombstone.note or None,
        "successor": tombstone.successor or None,
    }
