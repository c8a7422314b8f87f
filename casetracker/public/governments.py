"""Governments: their status, stations and responses, read from published documents."""

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count

from casetracker.public.counting import once_per_head
from casetracker.public.coverage import NOTHING, Coverage, coverages
from casetracker.public.models import ResponseDocument, StationDocument
from casetracker.public.models.base import VersionedQuerySet
from casetracker.public.status import LATEST_FIRST, NO_RESPONSE, Line, Possibly, Status, last_recorded, statuses
from casetracker.public.view import NOW, View
from casetracker.publication.reading import Head


@dataclass(frozen=True)
class LastResponse:
    """The last response that concerns a government: `date` as its source gives it, `day` from which it counts."""

    reference: str
    label: str
    date: str
    day: dt.date | None


@dataclass(frozen=True)
class Summary:
    """One government in the list of all."""

    code: str
    status: Status
    station_count: int
    response_count: int
    coverage: Coverage = NOTHING
    last_response: LastResponse | None = None


def summaries(head: Head, view: View = NOW) -> list[Summary]:
    """Return every government with a station, response or count in a view, by code. A dozen queries, once per head.

    The accused state is in no tally, so it is not in this one.
    """
    return once_per_head(head, f"governments {view}", lambda: _summaries(view))


def last_response(compact: str) -> LastResponse:
    """Return a response from its short form."""
    response = json.loads(compact)
    day = response["counts_from"]
    return LastResponse(
        response["reference"], response["label"], response["date"], dt.date.fromisoformat(day) if day else None
    )


def _last_responses(view: View) -> dict[str, LastResponse]:
    """Return the last response that concerns each government, by code. Two queries."""
    documents = ResponseDocument.objects.known(view.known_at).filter(reference__in=last_recorded(view).values())
    return {code: last_response(compact) for code, compact in documents.values_list("concerns", "compact")}


def _summaries(view: View) -> list[Summary]:
    stations = _tally(StationDocument.objects.seen(view), "country")
    responses = _tally(ResponseDocument.objects.seen(view), "concerns")
    by_code, counts, last = statuses(view), coverages(view), _last_responses(view)
    codes = (stations.keys() | responses.keys() | counts.keys()) - {"", settings.ACCUSED_STATE}
    return [
        Summary(
            code=code,
            status=by_code.get(code, NO_RESPONSE),
            station_count=stations[code],
            response_count=responses[code],
            coverage=counts.get(code, NOTHING),
            last_response=last.get(code),
        )
        for code in sorted(codes)
    ]


def _tally(rows: VersionedQuerySet, column: str) -> Counter[str]:
    return Counter(dict(rows.values_list(column).annotate(Count("pk")).order_by()))


def stations_in(code: str, view: View = NOW) -> VersionedQuerySet:
    """Return the stations in a country, by number."""
    return StationDocument.objects.seen(view).filter(country=code).order_by("number")


def responses_about(code: str, view: View = NOW) -> VersionedQuerySet:
    """Return the responses that concern a government, latest first in the order of the status rule."""
    return ResponseDocument.objects.seen(view).filter(concerns=code).order_by(*LATEST_FIRST)


def statements_by(code: str, view: View = NOW) -> VersionedQuerySet:
    """Return the responses of a government that concern another one or none, latest first."""
    own = ResponseDocument.objects.seen(view).filter(responder=code)
    return own.exclude(concerns=code).order_by(*LATEST_FIRST)


def status_parts(status: Status) -> dict[str, Any]:
    """Return a status as the API and exports show it: null for what is empty."""
    return {
        "value": status.value or None,
        "label": status.label,
        "basis": status.basis or None,
        "since": _day(status.since),
        "last_confirmed": _day(status.last_confirmed),
        "last_looked_on": _day(status.last_looked_on),
        "set_by": status.set_by or None,
        "activity_continues": status.activity_continues,
        "reason": status.reason or None,
        "possibly_already": _possibly(status.possibly),
        "inquiry": _line(status.inquiry),
        "closure": _line(status.closure),
    }


def last_response_parts(last: LastResponse | None) -> dict[str, Any] | None:
    """Return the last response about a government as the API shows it."""
    return {"reference": last.reference, "label": last.label, "date": last.date} if last else None


def _possibly(possibly: Possibly | None) -> dict[str, Any] | None:
    if possibly is None:
        return None
    return {
        "value": possibly.value,
        "label": possibly.label,
        "basis": possibly.basis or None,
        "reference": possibly.reference,
    }


def _line(line: Line | None) -> dict[str, Any] | None:
    if line is None:
        return None
    return {
        "state": line.state or None,
        "label": line.label,
        "basis": line.basis or None,
        "since": _day(line.since),
        "ended_on": _day(line.ended_on),
        "set_by": line.set_by,
        "activity_continues": line.activity_continues,
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
