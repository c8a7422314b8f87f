"""Errors of the API: problem documents (RFC 9457), all made here."""

import datetime as dt
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from rest_framework.exceptions import APIException, NotFound, ParseError, Throttled

from casetracker.public.caching import CACHE_CONTROL
from casetracker.public.labels import ERASURE_GROUNDS, RETRACTION_REASONS
from casetracker.public.models import Erasure, Tombstone
from casetracker.public.models.tombstones import successor_of
from casetracker.public.rendering.values import as_text, moment

CONTENT_TYPE = "application/problem+json"

# One text for what is not public yet, never will be, or does not exist: nobody can tell which.
NOT_FOUND = "Nothing is published at this address."
UNREADABLE = "The request cannot be read."


@dataclass(frozen=True)
class ParameterError:
    """What is wrong with one query parameter, and what would be right."""

    parameter: str
    message: str
    allowed: list[str] = field(default_factory=list)


class BadParameters(APIException):
    """The query has unknown parameters or bad values."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, errors: list[ParameterError]) -> None:
        """Take what is wrong with each parameter."""
        names = ", ".join(dict.fromkeys(error.parameter for error in errors))
        super().__init__(f"Correct these parameters and try again: {names}.")
        self.members = {"errors": [asdict(error) for error in errors]}


class Gone(APIException):
    """What was published here is withdrawn."""

    status_code = HTTPStatus.GONE

    def __init__(self, detail: str, members: dict[str, Any]) -> None:
        """Take the explanation in a sentence and in parts."""
        super().__init__(detail)
        self.members = members


class Moved(Gone):
    """Another record has taken over what was published here: the same explanation, and the way there."""

    status_code = HTTPStatus.MOVED_PERMANENTLY

    def __init__(self, gone: Gone, location: str) -> None:
        """Take the explanation and the address."""
        super().__init__(str(gone.detail), gone.members)
        self.location = location


def retracted(tombstone: Tombstone) -> Gone:
    """Return the answer for every version of a record that was retracted or merged into another."""
    label = RETRACTION_REASONS[tombstone.reason]
    successor = successor_of(tombstone.successor)
    what = f"merged into {tombstone.successor}" if tombstone.successor else "retracted"
    detail = f"{tombstone.reference} was {what} on {tombstone.retracted_at:%Y-%m-%d}. {label}."
    return Gone(
        detail,
        {
            "reference": tombstone.reference,
            "record_kind": tombstone.record_kind,
            "reason": tombstone.reason,
            "reason_label": label,
            "note": tombstone.note or None,
            "successor": successor or None,
            "first_published_at": moment(tombstone.first_published_at),
            "withdrawn_at": moment(tombstone.retracted_at),
            "erased_versions": [_erased(erasure) for erasure in Erasure.objects.filter(withdrawn_seq=tombstone.pk)],
        },
    )


def _erased(erasure: Erasure) -> dict[str, Any]:
    return {
        "version": erasure.version,
        "ground": erasure.ground,
        "ground_label": ERASURE_GROUNDS[erasure.ground],
        "note": erasure.note or None,
        "erased_at": moment(erasure.erased_at),
    }


def no_longer_cited(reference: str, first_published_at: dt.datetime, ended_at: dt.datetime) -> Gone:
    """Return the answer for a source that no live record cites any more."""
    label = "No published record cites it any more"
    return Gone(
        f"{reference} is no longer shown. {label}.",
        {
            "reference": reference,
            "record_kind": "source",
            "reason": "no_longer_cited",
            "reason_label": label,
            "note": None,
            "successor": None,
            "first_published_at": moment(first_published_at),
            "withdrawn_at": moment(ended_at),
            "erased_versions": [],
        },
    )


def problem(status: int, detail: str, members: dict[str, Any] | None = None) -> HttpResponse:
    """Return a problem document."""
    document = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
        "errors": [],
        **(members or {}),
    }
    headers = {"Cache-Control": CACHE_CONTROL}
    return HttpResponse(as_text(document), content_type=CONTENT_TYPE, status=status, headers=headers)


def wrong_host() -> HttpResponse:
    """Return the answer to a request that names a host which is not this one."""
    error = ParameterError("Host", "This host is not served here. Use the name in the address of this site.")
    return problem(HTTPStatus.BAD_REQUEST, "Correct the host and try again.", {"errors": [asdict(error)]})


def handle(error: Exception, _context: dict[str, Any]) -> HttpResponse | None:
    """Turn an exception of a view into a problem document. None leaves a fault of ours to Django."""
    if isinstance(error, Http404 | PermissionDenied):
        error = NotFound(NOT_FOUND)
    elif isinstance(error, SuspiciousOperation):
        error = ParseError(UNREADABLE)
    if not isinstance(error, APIException):
        return None
    response = problem(error.status_code, str(error.detail), getattr(error, "members", None))
    if isinstance(error, Moved):
        response.headers["Location"] = error.location
    if isinstance(error, Throttled):
        response.headers["Retry-After"] = str(int(error.wait))  # type: ignore[attr-defined] # the stubs lack it
    return response
