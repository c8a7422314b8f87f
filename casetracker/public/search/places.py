"""Where the entries of each kind stand in the index: a kind is a range of numbers, in the order of its references."""

from casetracker.public.models import RECORD_DOCUMENTS, Document, SourceDocument

DOCUMENTS: dict[str, type[Document]] = {**RECORD_DOCUMENTS, "source": SourceDocument}
_ROOM = 10**10  # more than any reference has
SPANS = {kind: range(place * _ROOM, (place + 1) * _ROOM) for place, kind in enumerate(DOCUMENTS, start=1)}


def entry_of(kind: str, number: int) -> int:
    """Return the entry of something published."""
    return SPANS[kind].start + number


def number_in(entry: int) -> int:
    """Return the number in the reference of an entry."""
    return entry % _ROOM
