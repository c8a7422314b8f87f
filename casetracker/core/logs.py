"""The log of the server: one JSON object a line, with nothing in it of people and records.

What other packages say may quote anything: a name that was typed, an address, a row that the database refused. So their
words are left out, and with them the message of every error; what is kept is who said it, the kind of error, and where.
Our own loggers say whole sentences, and take care of what they say.
"""

import datetime as dt
import json
import logging
import re
import time
import traceback
import uuid
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

requests = logging.getLogger("casetracker.requests")
_OURS = ("casetracker", "stations", "responses")
_MOST_CAUSES = 5
_MOST_PLACES = 30
_NUMBER = re.compile(r"[0-9a-f]{32}")
_request_number: ContextVar[str] = ContextVar("request_number", default="")


class JsonFormatter(logging.Formatter):
    """Write a record of the log as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line. Values that are not there are left out."""
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname, "logger": record.name}
        if record.name.partition(".")[0] in _OURS:
            line["message"] = record.getMessage()
        else:
            line["said_at"] = f"{record.module}:{record.lineno}"
        line |= {
            "request": _request_number.get(),
            "status": getattr(record, "status_code", None),
            **getattr(record, "figures", {}),
        }
        if record.exc_info and record.exc_info[1]:
            line["errors"] = [_described(error) for error in _causes(record.exc_info[1])]
        return json.dumps({name: value for name, value in line.items() if value not in (None, "")})


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error, and those that it came from."""
    for _number in range(_MOST_CAUSES):
        yield error
        cause = error.__cause__ or error.__context__
        if cause is None:
            return
        error = cause


def _described(error: BaseException) -> dict[str, Any]:
    """Say what kind of error it is and where it happened, and not what it says."""
    kind = type(error)
    code = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
    described = {"kind": f"{kind.__module__}.{kind.__qualname__}", "places": _places(error.__traceback__)}
    return described | ({"code": code} if code else {})


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-_MOST_PLACES:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(name: str) -> str:
    path = Path(name)
    if path.is_relative_to(settings.BASE_DIR):
        return str(path.relative_to(settings.BASE_DIR))
    return "/".join(path.parts[-2:])


class RequestLogMiddleware:
    """Number each request, so that all that is said of it can be found together, and say how it was answered.

    The view is named, and not the address, which holds what was asked for; nor who asked. No answer bears the number:
    the same public answer is the same for all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and write a line about it."""
        token, began = _request_number.set(_number_of(request)), time.monotonic()
        try:
            response = self.get_response(request)
            if requests.isEnabledFor(logging.INFO):
                match = request.resolver_match
                figures = {
                    "method": request.method if request.method in _METHODS else "other",
                    "view": match.view_name if match else "",
                    "status": response.status_code,
                    "milliseconds": round((time.monotonic() - began) * 1000, 1),
                }
                requests.info("A request was answered.", extra={"figures": figures})
            return response
        finally:
            _request_number.reset(token)


_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})


def _number_of(request: HttpRequest) -> str:
    """Take the number that our proxy gave, so that its log and ours go together; make one for all others."""
    given = request.headers.get("X-Request-ID", "") if settings.TRUSTED_PROXIES else ""
    return given if _NUMBER.fullmatch(given) else uuid.uuid4().hex
