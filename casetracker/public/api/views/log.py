"""The publication log."""

from collections.abc import Iterator
from typing import Any

from rest_framework.exceptions import NotFound

from casetracker.public import routes
from casetracker.public.api import errors, parameters
from casetracker.public.api.base import DocumentView, ListView
from casetracker.public.api.documentation import list_of, log_entry
from casetracker.public.api.downloads import ROWS_AT_ONCE
from casetracker.public.api.serializers import site
from casetracker.public.keyset import Ordering
from casetracker.public.rendering.values import as_text, moment
from casetracker.publication.models import LogEntry
from casetracker.publication.reading import Head

ORDERINGS = (Ordering("sequence", ("sequence",)), Ordering("-sequence", ("sequence",)))
COLUMNS = (
    "sequence",
    "release",
    "record_kind",
    "reference",
    "version",
    "action",
    "published_at",
    "commitment",
    "note_hash",
    "previous_hash",
    "entry_hash",
)


@list_of("log", site.LogList)
class LogList(ListView):
    """All entries of the log. Each carries the hash of the one before, so that nothing can be changed unseen."""

    orderings = ORDERINGS
    row = site.LogEntry
    plural = "log"

    def text(self, head: Head, asked: Any, **kwargs: Any) -> bytes:
        """Return a page of the log. Its sequence has no gaps: the head's number is the count."""
        page = self.page(LogEntry.objects.filter(sequence__lte=head.sequence), asked, *COLUMNS)
        return self.envelope(head.sequence, (as_text(_entry(row)) for row in page.rows), page.next_cursor, asked)

    def everything(self, head: Head, asked: parameters.ListQuery, **kwargs: Any) -> Iterator[str]:
        """Return all entries up to the head."""
        limits = range(0, head.sequence, ROWS_AT_ONCE)
        for start in reversed(limits) if asked.ordering.descending else limits:
            rows = LogEntry.objects.filter(sequence__gt=start, sequence__lte=min(start + ROWS_AT_ONCE, head.sequence))
            for row in rows.order_by(*asked.ordering.order_by).values_list(*COLUMNS):
                yield as_text(_entry(row))


@log_entry()
class LogDetail(DocumentView):
    """One entry of the log."""

    def text(self, head: Head, asked: Any, **kwargs: Any) -> str:
        """Return the entry."""
        row = LogEntry.objects.filter(sequence=int(kwargs["sequence"])).values_list(*COLUMNS).first()
        if row is None:
            raise NotFound(errors.NOT_FOUND)
        return as_text(_entry(row))


def shown(entry: LogEntry) -> dict[str, Any]:
    """Return an entry as the log shows it."""
    return _entry(tuple(getattr(entry, name) for name in COLUMNS))


def _entry(row: tuple[Any, ...]) -> dict[str, Any]:
    entry = dict(zip(COLUMNS, row, strict=True))
    entry["published_at"] = moment(entry["published_at"])
    values = {name: None if value == "" else value for name, value in entry.items()}
    return {**values, "links": {"self": routes.detail("log", str(entry["sequence"]))}}
