"""Answers that were made before, given again in front of Django for as long as the log has not moved.

Every public answer is a function of build, head and request, and says so by its entity tag, which begins with both.
What has no such tag is not kept: nothing of the desk, no error, no redirect. See
docs/adr/0039-a-cache-in-front-that-asks-the-log.md.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import Error

from casetracker.core.published import reading_published
from casetracker.public.caching import etag_of
from casetracker.publication.reading import NOTHING, State, current_state

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Key = tuple[str, ...]

METHODS = ("GET", "HEAD")
STATUSES = ("200", "304")
# What an answer may depend on beside its address. All of it is in the key.
VARIES_BY = frozenset({"accept", "accept-encoding", "origin"})
LONGEST_KEY = 4_000  # characters; nobody asks twice for what is longer
LARGEST_PART = 8  # no answer takes more than this part of the whole room
_OVERHEAD = 1_000  # bytes that Python needs for an answer, beside its text
_TRY_AGAIN = 1.0  # seconds during which a database that does not answer is not asked again
_GZIP = re.compile(r"\bgzip\b")  # as Django's middleware reads it


@dataclass(frozen=True)
class Answer:
    """An answer as it was sent."""

    status: str
    headers: Headers
    body: bytes

    def send(self, start_response: StartResponse) -> list[bytes]:
        """Send it again."""
        start_response(self.status, list(self.headers))
        return [self.body]


class Shelf:
    """Answers at one state of the log, of so many bytes together. What was not asked for longest goes first."""

    def __init__(self, state: State, room: int) -> None:
        """Begin without any."""
        self.state = state
        self.tag = etag_of(state.head, "")[:-1]  # how the entity tags of this state begin
        self.room, self.used = room, 0
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Key) -> Answer | None:
        """Return the answer to a request, if it is here."""
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
            return answer

    def takes(self, status: str, headers: Headers) -> bool:
        """Tell whether an answer is for all, a function of this state, and not too long. A stream has no length."""
        given = {name.lower(): value for name, value in headers}
        varies_by = {name.strip().lower() for name in given.get("vary", "").split(",") if name.strip()}
        return (
            status[:3] in STATUSES
            and given.get("etag", "").startswith(self.tag)
            and "set-cookie" not in given
            and varies_by <= VARIES_BY
            and int(given.get("content-length", self.room)) * LARGEST_PART < self.room
        )

    def put(self, key: Key, answer: Answer) -> None:
        """Keep an answer."""
        with self._lock:
            if key not in self._answers:
                self._answers[key] = answer
                self.used += _size(key, answer)
            while self.used > self.room:
                self.used -= _size(*self._answers.popitem(last=False))


class FrontCache:
    """A WSGI application before another one. Each process keeps its own answers, of at most `FRONT_CACHE_BYTES`."""

    def __init__(self, application: Application) -> None:
        """Take the application that makes the answers."""
        self.application = application
        self.prefixes = ("/api/", *(f"/{code}/" for code, _name in settings.LANGUAGES))
        self.shelf = Shelf(NOTHING, settings.FRONT_CACHE_BYTES)
        self.seen_at = self.failed_at = float("-inf")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Give an answer that is kept, or let one be made and keep it if it may be kept."""
        if not self._is_for_all(environ):
            return self.application(environ, start_response)
        shelf = self._current_shelf()
        key = _key_of(environ, shelf.tag) if shelf else None
        if shelf is None or key is None:
            return self.application(environ, start_response)
        answer = shelf.find(key)
        return answer.send(start_response) if answer else self._made(environ, start_response, shelf, key)

    def _is_for_all(self, environ: Environ) -> bool:
        """Tell whether this may be a public page, asked for by nobody in particular.

        Who sends a cookie may be signed in. Public pages do not look at it, but nothing is risked for that.
        """
        return (
            bool(self.shelf.room)
            and environ["REQUEST_METHOD"] in METHODS
            and environ.get("PATH_INFO", "").startswith(self.prefixes)
            and "HTTP_COOKIE" not in environ
        )

    def _current_shelf(self) -> Shelf | None:
        """Return the answers at the state of the log at this moment.

        While the database does not answer, those at the last state that was seen, for some time; then None.
        """
        state = self._state()
        if state is None:
            return self.shelf if monotonic() - self.seen_at <= settings.FRONT_CACHE_STALE_SECONDS else None
        if state != self.shelf.state:
            self.shelf = Shelf(state, self.shelf.room)
        return self.shelf

    def _state(self) -> State | None:
        if monotonic() - self.seen_at < settings.FRONT_CACHE_ASK_AFTER:
            return self.shelf.state
        if monotonic() - self.failed_at < _TRY_AGAIN:
            return None
        for _attempt in range(2):  # The database may just have hung up, and take a new call.
            with suppress(Error), reading_published():
                state = current_state()
                self.seen_at = monotonic()
                return state
        self.failed_at = monotonic()
        return None

    def _made(self, environ: Environ, start_response: StartResponse, shelf: Shelf, key: Key) -> Iterable[bytes]:
        sent: list[tuple[str, Headers]] = []

        def note(status: str, headers: Headers, *error: Any) -> Any:
            sent.append((status, headers))
            return start_response(status, headers, *error)

        response = self.application(environ, note)
        status, headers = sent[-1]
        if not shelf.takes(status, headers):
            return response
        with closing(response):  # type: ignore[type-var] # what Django returns can be closed
            body = b"".join(response)
        shelf.put(key, Answer(status, list(headers), body))
        return [body]


def _key_of(environ: Environ, tag: str) -> Key | None:
    """Return all that an answer depends on beside the state of the log; None if it is too long.

    Entity tags of other states than that of `tag` change nothing, and are left out.
    """
    proxy_header, _value = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    tags = environ.get("HTTP_IF_NONE_MATCH", "")
    key = (
        environ["REQUEST_METHOD"],
        environ["wsgi.url_scheme"],
        environ.get(proxy_header, ""),
        environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}",
        environ.get("SCRIPT_NAME", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        environ.get("HTTP_ACCEPT", ""),
        "gzip" if _GZIP.search(environ.get("HTTP_ACCEPT_ENCODING", "")) else "",
        repr(environ.get("HTTP_ORIGIN")),  # none is not the same as an empty one
        tags if tag in tags else "",
    )
    return key if sum(map(len, key)) <= LONGEST_KEY else None


def _size(key: Key, answer: Answer) -> int:
    headers = sum(len(name) + len(value) for name, value in answer.headers)
    return len(answer.body) + headers + sum(map(len, key)) + _OVERHEAD
