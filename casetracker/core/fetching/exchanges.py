"""One request and its response."""

import hashlib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO

import httpcore

from casetracker.core.fetching.addresses import Address
from casetracker.core.fetching.headers import Headers, as_text, block_to_keep, header, told
from casetracker.core.fetching.limits import Limits
from casetracker.core.fetching.problems import FailureCode, FetchFailed, FetchRefused, RefusalCode
from casetracker.core.fetching.targets import Target
from casetracker.core.fetching.wire import Budget, PinnedBackend


@dataclass(frozen=True)
class Exchange:
    """What was asked of whom, and what came back.

    The response is in the recording of the fetch from `start` to `end`: as it came, but for the framing of chunks and
    the values of cookies.
    """

    url: str
    address: Address  # that was connected to
    status: int
    reason: str
    response_headers: Headers
    started_at: datetime
    request: bytes = field(repr=False)  # as it was sent
    payload_sha256: str  # of the body as it came: packed if it came packed
    start: int
    end: int


class Asking:
    """Asks for one page and lets the response come; `exchange` says afterwards what there was."""

    def __init__(self, target: Target, addresses: list[Address], headers: Headers, recording: IO[bytes]) -> None:
        """Take what to ask of whom, and where to write what comes."""
        self._target = target
        self._addresses = addresses
        self._headers = headers
        self._recording = recording
        self._digest = hashlib.sha256()
        self.status = 0
        self.reason = ""
        self.response_headers: Headers = []

    @contextmanager
    def response(self, limits: Limits, budget: Budget, tls: ssl.SSLContext) -> Iterator[Iterator[bytes]]:
        """Ask, and give the body as it comes. Raises `FetchRefused` and `FetchFailed`, also while the body is read."""
        self._started_at = datetime.now(UTC)
        self._start = self._recording.tell()
        self._backend = PinnedBackend(self._addresses, budget)
        budget.expect_header()
        with problems_named(budget), responding(self._backend, self._target, self._headers, tls) as response:
            budget.expect_body()
            self._recording.write(block_to_keep(bytes(self._backend.header)))
            self.status, self.reason, self.response_headers = told_by(response)
            _check_length(header(self.response_headers, "content-length"), limits)
            yield self._noted(response)

    def exchange(self) -> Exchange:
        """Return what there was."""
        if not self._backend.address:
            raise RuntimeError("nothing has been asked yet")
        return Exchange(
            url=self._target.url,
            address=self._backend.address,
            status=self.status,
            reason=self.reason,
            response_headers=self.response_headers,
            started_at=self._started_at,
            request=bytes(self._backend.sent),
            payload_sha256=self._digest.hexdigest(),
            start=self._start,
            end=self._recording.tell(),
        )

    def _noted(self, response: httpcore.Response) -> Iterator[bytes]:
        for chunk in response.iter_stream():
            self._digest.update(chunk)
            self._recording.write(chunk)
            yield chunk


@contextmanager
def responding(
    backend: httpcore.NetworkBackend, target: Target, headers: Headers, tls: ssl.SSLContext | None = None
) -> Iterator[httpcore.Response]:
    """Ask for a page over this backend. Raises the errors of httpcore, and those of the backend."""
    origin = httpcore.Origin(target.scheme.encode(), target.host.encode(), target.port)
    url = httpcore.URL(
        scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=target.path.encode()
    )
    with httpcore.HTTPConnection(origin, ssl_context=tls, network_backend=backend) as connection:
        response = connection.handle_request(httpcore.Request("GET", url, headers=headers))
        try:
            yield response
        finally:
            response.close()


@contextmanager
def problems_named(budget: Budget) -> Iterator[None]:
    """Raise `FetchFailed` for what httpcore raises, or `FetchRefused` if the time of the whole fetch is over."""
    try:
        yield
    except httpcore.TimeoutException as error:
        budget.waiting()
        raise FetchFailed(FailureCode.TIMEOUT) from error
    except httpcore.ConnectError as error:
        is_tls = isinstance(error.__cause__, ssl.SSLError)
        raise FetchFailed(FailureCode.TLS if is_tls else FailureCode.UNREACHABLE) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise FetchFailed(FailureCode.BROKEN) from error


def told_by(response: httpcore.Response) -> tuple[int, str, Headers]:
    """Return status, reason and headers."""
    return response.status, as_text(response.extensions.get("reason_phrase", b"")), told(response.headers)


def _check_length(length: str, limits: Limits) -> None:
    if length.isascii() and length.isdigit() and int(length[:20]) > limits.body_bytes:
        raise FetchRefused(RefusalCode.TOO_LARGE)
