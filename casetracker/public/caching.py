"""Conditional requests: every public answer is a function of build, address and head.

No page is shown without asking (`no-cache`), because a retraction must be seen at once. Asking costs
one query. Answers of the API may be shown for some seconds while a cache asks; errors never.
"""

from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import http_date, parse_etags

from casetracker.publication.reading import Head

CACHE_CONTROL = "no-cache"


def etag_of(head: Head, representation: str) -> str:
    """Return the entity tag of anything public at this head. `representation` names format and language."""
    return f'W/"{settings.BUILD}-{head.sequence}.{head.entry_hash[:16]}-{representation}"'


def not_modified(request: HttpRequest, head: Head, representation: str) -> HttpResponse | None:
    """Return the 304 for a client that has seen this head; None for all others.

    Last-Modified is for information: two publications may fall into one of its seconds. `*` is answered
    in full, for it does not say what the client has.
    """
    etag = etag_of(head, representation)
    if etag not in parse_etags(request.headers.get("If-None-Match", "")):
        return None
    return stamp(HttpResponseNotModified(), head, representation)


Answer = TypeVar("Answer", bound=HttpResponseBase)


def api_cache_control() -> str:
    """Return what caches may do with an answer of the API."""
    seconds = settings.API_STALE_SECONDS
    return f"public, max-age=0, stale-while-revalidate={seconds}" if seconds else CACHE_CONTROL


def stamp(response: Answer, head: Head, representation: str) -> Answer:
    """Set ETag, Last-Modified and Cache-Control."""
    response.headers["ETag"] = etag_of(head, representation)
    response.headers["Cache-Control"] = CACHE_CONTROL
    if head.published_at:
        response.headers["Last-Modified"] = http_date(head.published_at.timestamp())
    return response
