"""Fetching a page, with its redirects."""

import hashlib
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import IO, Self

import httpcore

from casetracker.core.fetching.decoding import ACCEPTED, decoded
from casetracker.core.fetching.exchanges import Asking, Exchange
from casetracker.core.fetching.guard import Guard
from casetracker.core.fetching.headers import Headers, content_type, header
from casetracker.core.fetching.limits import Limits
from casetracker.core.fetching.problems import FetchFailed, FetchRefused, RefusalCode
from casetracker.core.fetching.targets import Target, redirected, target_of
from casetracker.core.fetching.wire import Budget

# The least that can be said: a name of ours would tell the other side who is looking.
USER_AGENT = "Mozilla/5.0"
_DEFAULT_LIMITS = Limits()
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_IN_MEMORY = 1 << 20


@dataclass
class Fetched:
    """What a fetch brought. The files are temporary: close it, or use it as a context manager."""

    exchanges: list[Exchange]  # redirects too, the page itself last
    body: IO[bytes]  # of the page, unpacked
    size: int  # of the body
    sha256: str  # of the body
    recording: IO[bytes]  # the responses, one after the other

    @property
    def final_url(self) -> str:
        """Return the address of the page that came in the end."""
        return self.exchanges[-1].url

    @property
    def status(self) -> int:
        """Return its status: a page that is gone (404, 410) is an answer too."""
        return self.exchanges[-1].status

    @property
    def headers(self) -> Headers:
        """Return its headers."""
        return self.exchanges[-1].response_headers

    @property
    def media_type(self) -> str:
        """Return what the server says that it is, such as `text/html`, or nothing."""
        return content_type(self.headers)[0]

    @property
    def charset(self) -> str:
        """Return in which charset the server says that it is, or nothing."""
        return content_type(self.headers)[1]

    @property
    def is_encrypted(self) -> bool:
        """Tell whether the page and all redirects to it came over https."""
        return all(exchange.url.startswith("https:") for exchange in self.exchanges)

    def close(self) -> None:
        """Throw the files away."""
        self.body.close()
        self.recording.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def fetch(
    url: str,
    *,
    guard: Guard,
    limits: Limits = _DEFAULT_LIMITS,
    user_agent: str = USER_AGENT,
    tls: ssl.SSLContext | None = None,
) -> Fetched:
    """Fetch a page as nobody in particular: no cookies, no credentials, no referrer, no proxy.

    Any status is an answer. Raises `FetchRefused` if a rule or limit says no, and `FetchFailed` if there is no whole
    answer. `tls` says whose certificates count; by default those of the system and of certifi.
    """
    recording, body = new_file(), new_file()
    try:
        fetching = _Fetching(guard, limits, user_agent, tls or _usual_trust(), recording)
        size, sha256 = fetching.run(url, body)
    except BaseException:
        recording.close()
        body.close()
        raise
    return Fetched(fetching.exchanges, body, size, sha256, recording)


@cache
def _usual_trust() -> ssl.SSLContext:
    return httpcore.default_ssl_context()


def new_file() -> IO[bytes]:
    """Return a temporary file that has no name, and is on the disk only if it is large."""
    return tempfile.SpooledTemporaryFile(_IN_MEMORY)


class _Fetching:
    def __init__(
        self, guard: Guard, limits: Limits, user_agent: str, tls: ssl.SSLContext, recording: IO[bytes]
    ) -> None:
        self._guard = guard
        self._limits = limits
        self._user_agent = user_agent
        self._tls = tls
        self._recording = recording
        self._budget = Budget(limits)
        self.exchanges: list[Exchange] = []

    def run(self, url: str, body: IO[bytes]) -> tuple[int, str]:
        """Follow the redirects, and write the page into `body`. Return its size and SHA-256."""
        with _at(url):
            target = target_of(url)
        while True:
            with _at(target.url):
                further, size, sha256 = self._ask(target, body)
            if further is None:
                return size, sha256
            target = further

    def _ask(self, target: Target, body: IO[bytes]) -> tuple[Target | None, int, str]:
        """Ask for one page. Return where it redirects to, or else its size and SHA-256."""
        addresses = self._guard.addresses(target.host, target.port, seconds=self._budget.connecting())
        asking = Asking(target, addresses, self._request_headers(target), self._recording)
        further, size, sha256 = None, 0, ""
        with asking.response(self._limits, self._budget, self._tls) as chunks:
            location = header(asking.response_headers, "location")
            if asking.status in _REDIRECTS and location:
                further = redirected(target, location)
                _drain(chunks)
            else:
                coding = header(asking.response_headers, "content-encoding")
                size, sha256 = kept(decoded(chunks, coding), body, self._limits.body_bytes)
        self.exchanges.append(asking.exchange())
        if further:
            self._check_further(further)
        return further, size, sha256

    def _check_further(self, target: Target) -> None:
        seen = {exchange.url for exchange in self.exchanges}
        if target.url in seen or len(self.exchanges) > self._limits.redirects:
            raise FetchRefused(RefusalCode.REDIRECTS)

    def _request_headers(self, target: Target) -> Headers:
        return [
            ("Host", target.authority),
            ("User-Agent", self._user_agent),
            ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
            ("Accept-Encoding", ACCEPTED),
            ("Connection", "close"),
        ]


def kept(pieces: Iterator[bytes], file: IO[bytes], most: int) -> tuple[int, str]:
    """Write the pieces into the file and go back to its start. Return size and SHA-256. Raises `FetchRefused`."""
    size, digest = 0, hashlib.sha256()
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise FetchRefused(RefusalCode.TOO_LARGE)
        digest.update(piece)
        file.write(piece)
    file.seek(0)
    return size, digest.hexdigest()


def _drain(chunks: Iterator[bytes]) -> None:
    for _chunk in chunks:
        pass


@contextmanager
def _at(url: str) -> Iterator[None]:
    """Say at which address the problem was."""
    try:
        yield
    except (FetchRefused, FetchFailed) as problem:
        problem.url = url
        raise
