"""What is answered when no view could: for the API a problem document, for all else a page."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

from casetracker.public.api import errors

API_PATH = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be read, is too much, or came by a name that is not ours."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
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
    """Answer after a fault of ours. What went wrong is in our log, and there alone."""
    if _of_api(request):
        return errors.problem(HTTPStatus.INTERNAL_SERVER_ERROR, "This is a fault of ours. Try again later.")
    return defaults.server_error(request)


def _of_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(API_PATH)
