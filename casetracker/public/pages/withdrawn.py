"""What was published once and is not any more."""

import datetime as dt
from typing import Any

from django.http import Http404

from casetracker.public.models import Erasure, SourceDocument, Tombstone
from casetracker.public.models.tombstones import successor_of
from casetracker.publication.models import LogEntry


class Withdrawn(Exception):
    """The reader gets 410 and the reason. `reason` is a code; empty for a source that nothing cites now.

    `successor` is the record that took it over, if one did; `kind` is the kind of both.
    """

    def __init__(self, reference: str, since: dt.datetime, reason: str = "", note: str = "") -> None:
        """Take what may be told: none of the content."""
        super().__init__(reference)
        self.reference = reference
        self.since = since
        self.reason = reason
        self.note = note
        self.kind = self.successor = ""
        self.erasures: list[Erasure] = []


def missing(**which: Any) -> Exception:
    """Return the last retraction that fits, or 404: what is not public yet looks like what never existed."""
    tombstone = Tombstone.objects.filter(**which).order_by("-sequence").first()
    if tombstone is None:
        return Http404()
    found = Withdrawn(tombstone.reference, tombstone.retracted_at, tombstone.reason, tombstone.note)
    found.kind, found.successor = tombstone.record_kind, successor_of(tombstone.successor)
    found.erasures = list(Erasure.objects.filter(withdrawn_seq=tombstone.pk))
    return found


def missing_source(reference: str) -> Exception:
    """Return 410 for a source that was cited once, or 404."""
    rows = SourceDocument.objects.filter(reference=reference).order_by("-version")
    ended = rows.values_list("to_seq", flat=True).first()
    if ended is None:
        return Http404()
    return Withdrawn(reference, LogEntry.objects.get(sequence=ended).published_at)
