"""What is answered when no view could: for the API a problem document, for all else a page."""

import sys
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils import translation
from django.views import defaults

from casetracker.core.desk_languages import preferred_by
from casetracker.core.outages import RETRY_AFTER, Outage, outage_of
from casetracker.core.posted import typed_in
from casetracker.public.api import errors

API_PATH = "/api/"
_FORM = "application/x-www-form-urlencoded"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be read, is too much, or came by a name that is not ours."""
    has_body = request.method not in ("GET", "HEAD")
    if has_body and isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    if not _of_api(request):
        return defaults.bad_request(request, exception)
    if isinstance(exception, DisallowedHost):
        return errors.wrong_host()
    return errors.problem(HTTPStatus.BAD_REQUEST, errors.UNREADABLE)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere."""
    if _of_api(request):
        return errors.problem(HTTPStatus.NOT_FOUND, errors.NOT_FOUND)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    """Answer after a fault of ours, or of what the site stands on. What went wrong is in our log, and there alone."""
    outage = outage_of(sys.exc_info()[1])
    if outage:
        return unavailable(request, outage)
    if _of_api(request):
        return errors.problem(HTTPStatus.INTERNAL_SERVER_ERROR, "This is a fault of ours. Try again later.")
    return defaults.server_error(request)


def unavailable(request: HttpRequest, outage: Outage) -> HttpResponse:
    """Answer while the database is away or the disk is full: without asking either, and with what was typed."""
    if _of_api(request):
        response = errors.problem(HTTPStatus.SERVICE_UNAVAILABLE, "The database does not answer. Try again later.")
    else:
        response = _page(
            request, "503.html", HTTPStatus.SERVICE_UNAVAILABLE, is_full=outage is Outage.FULL, **_posted(request)
        )
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def too_large(request: HttpRequest, limit: int | None = None) -> HttpResponse:
    """Answer a body of more bytes than the limit, or of more fields than are taken; nothing of it was kept."""
    if _of_api(request):
        return errors.problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The API reads no bodies. Ask with GET.")
    said = filesizeformat(limit) if limit else ""
    return _page(request, "413.html", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, limit=said)


def _page(request: HttpRequest, template: str, status: HTTPStatus, **context: Any) -> HttpResponse:
    """Make a page of nothing but its template: without the request, which would ask the database for the person."""
    language = getattr(request, "LANGUAGE_CODE", None) or preferred_by(request)
    with translation.override(language):
        text = render_to_string(template, {"demo": settings.DEMO, **context})
    return HttpResponse(text, status=status, headers={"Cache-Control": "no-store", "Content-Language": language})


class _Forgeries(CsrfViewMiddleware):
    """Looks whether a form came from a page of ours, and makes no page if not."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(status=HTTPStatus.FORBIDDEN)


def _posted(request: HttpRequest) -> dict[str, Any]:
    """Return what a form held, for a page that can send it again; nothing of a forged form, and of a file."""
    if request.method != "POST":
        return {}
    if request.content_type != _FORM or not _is_ours(request):
        return {"was_sent": True}
    return {"was_sent": True, "token": request.POST["csrfmiddlewaretoken"], "kept": typed_in(request)}


def _is_ours(request: HttpRequest) -> bool:
    look = _Forgeries(lambda _request: HttpResponse())
    try:
        look.process_request(request)
        refused = look.process_view(request, lambda _request: HttpResponse(), (), {})
    except SuspiciousOperation:  # too much to be read
        return False
    return refused is None and "csrfmiddlewaretoken" in request.POST


def _of_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(API_PATH)
