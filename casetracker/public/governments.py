"""Governments: their status, stations and responses, read from published documents."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count

from casetracker.public.counting import once_per_head
from casetracker.public.coverage import NOTHING, Coverage, coverages
from casetracker.public.models import ResponseDocument, StationDocument
from casetracker.public.models.base import VersionedQuerySet
from casetracker.public.status import LATEST_FIRST, NO_RESPONSE, Status, statuses
from casetracker.publication.reading import Head


@dataclass(frozen=True)
class Summary:
    """One government in the list of all."""

    code: str
    status: Status
    station_count: int
    response_count: int
    coverage: Coverage = NOTHING


def summaries(head: Head) -> list[Summary]:
    """Return every government with a live station, response or count, by code. Five queries, once per head.

    The accused state is in no tally, so it is not in this one.
    """
    return once_per_head(head, "governments", _summaries)


def _summaries() -> list[Summary]:
    stations = _tally(StationDocument.objects.live(), "country")
    responses = _tally(ResponseDocument.objects.live(), "concerns")
    by_code = statuses()
    counts = coverages()
    codes = (stations.keys() | responses.keys() | counts.keys()) - {"", settings.ACCUSED_STATE}
    return [
        Summary(
            code, by_code.get(code, NO_RESPONSE), stations[code], responses[code], coverage=counts.get(code, NOTHING)
        )
        for code in sorted(codes)
    ]


def _tally(rows: VersionedQuerySet, column: str) -> Counter[str]:
    return Counter(dict(rows.values_list(column).annotate(Count("pk")).order_by()))


def stations_in(code: str) -> VersionedQuerySet:
    """Return the live stations in a country, by number."""
    return StationDocument.objects.live().filter(country=code).order_by("number")


def responses_about(code: str) -> VersionedQuerySet:
    """Return the live responses that concern a government, latest first in the order of the status rule."""
    return ResponseDocument.objects.live().filter(concerns=code).order_by(*LATEST_FIRST)


def statements_by(code: str) -> VersionedQuerySet:
    """Return the live responses of a government that concern another one or none, latest first."""
    own = ResponseDocument.objects.live().filter(responder=code)
    return own.exclude(concerns=code).order_by(*LATEST_FIRST)


def status_parts(status: Status) -> dict[str, Any]:
    """Return a status as the API and exports show it: null for what is empty."""
    return {
        "value": status.value or None,
        "label": status.label,
        "basis": status.basis or None,
        "since": status.since.isoformat() if status.since else None,
        "set_by": status.set_by or None,
        "activity_continues": status.activity_continues,
        "reason": status.reason or None,
    }
