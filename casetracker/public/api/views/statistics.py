"""Numbers about all governments, and the status of each over time."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import models

from casetracker.places.countries import alpha3, name_of
from casetracker.places.fields import GovernmentField
from casetracker.public import routes
from casetracker.public.api import parameters
from casetracker.public.api.base import DocumentView, ListView
from casetracker.public.api.documentation import list_of, numbers
from casetracker.public.api.serializers import statistics as shapes
from casetracker.public.counting import once_per_head
from casetracker.public.filters import HistoryForm
from casetracker.public.keyset import Ordering, decode_cursor, encode_cursor
from casetracker.public.labels import STATUS_VALUES
from casetracker.public.rendering.values import LANGUAGE, as_text
from casetracker.public.statistics import Change, Statistics, Tally, change_sentence, changes, sentences, statistics
from casetracker.public.status import Segment, Status, histories
from casetracker.public.view import View
from casetracker.public.viewpoint import StatisticsForm
from casetracker.publication.reading import Head

ORDERINGS = (Ordering("country", ("country", "from")), Ordering("-country", ("country", "from")))


@numbers()
class StatisticsView(DocumentView):
    """How many governments did what: in numbers, in sentences, and what changed since an earlier day."""

    form = StatisticsForm

    def text(self, head: Head, asked: Any, **kwargs: Any) -> str:
        """Return the numbers of a view."""
        view = parameters.view_of(head, asked)
        found = statistics(head, view)
        return as_text(
            {
                "as_of": _day(view.as_of),
                "governments": found.governments,
                "stations": found.stations,
                "countries": found.countries,
                "responses": found.responses,
                "inquiries_running": found.inquiries,
                "statuses": list(_statuses(found)),
                "without_status": [
                    {"reason": tally.reason, "label": tally.label, "count": tally.count} for tally in found.without
                ],
                "sentences": sentences(found),
                "compared": _compared(head, view, asked["compared_with"]),
            }
        )


def _statuses(found: Statistics) -> Iterator[dict[str, Any]]:
    for value, label in STATUS_VALUES.items():
        bases = [tally for tally in found.statuses if tally.value == value and tally.basis]
        yield {
            "value": value,
            "label": label,
            "count": found.count(value),
            "bases": [_basis(tally) for tally in bases],
        }


def _basis(tally: Tally) -> dict[str, Any]:
    return {"basis": tally.basis, "label": tally.label, "count": tally.count}


def _compared(head: Head, view: View, since: dt.date | None) -> dict[str, Any] | None:
    if since is None:
        return None
    found = changes(head, view, since)
    return {
        "compared_with": since.isoformat(),
        "changes": [_change(change) for change in found],
        "sentences": [change_sentence(change) for change in found],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "country": change.code,
        "iso3": alpha3(change.code) or None,
        "name": name_of(change.code, LANGUAGE),
        "before": _short(change.before),
        "after": _short(change.after),
        "sentence": change_sentence(change),
    }


def _short(status: Status) -> dict[str, Any]:
    return {
        "value": status.value or None,
        "label": status.label,
        "basis": status.basis or None,
        "reason": status.reason or None,
        "activity_continues": status.activity_continues,
        "set_by": status.set_by or None,
    }


class Row(NamedTuple):
    """A segment of the history of one government."""

    country: str
    segment: Segment

    @property
    def key(self) -> tuple[str, dt.date]:
        """Where it stands in the list."""
        return self.country, self.segment.from_


def _rows(head: Head, view: View, countries: list[str] | None) -> list[Row]:
    """Return the segments of all governments or some, by country and day. One query, once per head and view."""
    found = once_per_head(head, f"histories {view}", lambda: histories(view))
    return [Row(country, segment) for country in sorted(countries or found) for segment in found.get(country, ())]


@list_of("status_history", shapes.StatusHistoryList)
class StatusHistoryList(ListView):
    """The status of every government over time: one line for each run of days with the same status."""

    orderings = ORDERINGS
    row = shapes.StatusSegment
    plural = "status_history"
    filters = HistoryForm
    takes_view = True

    def text(self, head: Head, asked: parameters.ListQuery, **kwargs: Any) -> bytes:
        """Return a page of the list."""
        rows = self._found(head, asked)
        count, descending = len(rows), asked.ordering.descending
        if asked.cursor:
            last = tuple(decode_cursor(asked.ordering, asked.cursor, [GovernmentField(), models.DateField()]))
            rows = [row for row in rows if (row.key < last if descending else row.key > last)]
        page = rows[: asked.limit]
        next_cursor = encode_cursor(asked.ordering, page[-1].key) if len(rows) > asked.limit else ""
        return self.envelope(count, (as_text(_line(row)) for row in page), next_cursor, asked)

    def everything(self, head: Head, asked: parameters.ListQuery, **kwargs: Any) -> Iterator[str]:
        """Return all lines: there are no more governments than states."""
        return (as_text(_line(row)) for row in self._found(head, asked))

    def _found(self, head: Head, asked: parameters.ListQuery) -> list[Row]:
        rows = _rows(head, parameters.view_of(head, asked.looking), asked.filters.get("country"))
        return sorted(rows, key=lambda row: row.key, reverse=asked.ordering.descending)


def _line(row: Row) -> dict[str, Any]:
    segment = row.segment
    return {
        "country": row.country,
        "iso3": alpha3(row.country) or None,
        "name": name_of(row.country, LANGUAGE),
        "from": segment.from_.isoformat(),
        "to": _day(segment.to),
        **_short(segment.status),
        "links": {"government": routes.detail("governments", row.country)},
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
