"""The connection: to the addresses that were checked and no others, and within bounds."""

import time
from collections.abc import Iterable, Sequence
from typing import IO, Any

import httpcore

from casetracker.core.fetching.addresses import Address
from casetracker.core.fetching.limits import Limits
from casetracker.core.fetching.problems import FetchRefused, RefusalCode

_MOST_TRIED = 4


class Budget:
    """What one fetch may still cost."""

    def __init__(self, limits: Limits) -> None:
        """Start the clock."""
        self._limits = limits
        self._until = time.monotonic() + limits.total_seconds
        self._bytes_left = limits.body_bytes
        self._header_left: int | None = None

    def seconds(self, most: float) -> float:
        """Return how long the next step may take. Raises `FetchRefused` if the time is over."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise FetchRefused(RefusalCode.TOO_SLOW)
        return min(most, left)

    def connecting(self) -> float:
        """Return how long connecting may take."""
        return self.seconds(self._limits.connect_seconds)

    def waiting(self) -> float:
        """Return how long the other side may be silent."""
        return self.seconds(self._limits.read_seconds)

    def expect_header(self) -> None:
        """Let the header of another response come."""
        self._header_left = self._limits.header_bytes
        self._bytes_left += self._limits.header_bytes

    @property
    def is_header_due(self) -> bool:
        """Tell whether the header is not there as a whole yet."""
        return self._header_left is not None

    def expect_body(self) -> None:
        """Let the rest of the response come."""
        self._header_left = None

    def may_come(self, most: int) -> int:
        """Return how many bytes may come next. Raises `FetchRefused` if there have been enough."""
        if self._header_left == 0:
            raise FetchRefused(RefusalCode.HEADERS)
        if self._bytes_left <= 0:
            raise FetchRefused(RefusalCode.TOO_LARGE)
        return min(most, self._bytes_left, most if self._header_left is None else self._header_left)

    def received(self, count: int) -> None:
        """Note that this many bytes have come."""
        self._bytes_left -= count
        if self._header_left is not None:
            self._header_left -= count


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to the given addresses, whatever the name of the host means to others by now."""

    def __init__(self, addresses: Sequence[Address], budget: Budget) -> None:
        """Take the checked addresses."""
        self._addresses = addresses
        self._budget = budget
        self.address: Address | None = None  # the one that answered
        self.sent = bytearray()
        self.header = bytearray()  # and perhaps the start of the body, which comes along

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers. `host` stays what certificate and Host header are about."""
        problem: Exception = httpcore.ConnectError("no address")
        for address in self._addresses[:_MOST_TRIED]:
            try:
                stream = httpcore.SyncBackend().connect_tcp(str(address), port, timeout=self._budget.connecting())
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
                continue
            self.address = address
            return _RecordedStream(stream, self._budget, self.sent, self.header)
        raise problem


class _RecordedStream(httpcore.NetworkStream):
    """Asks the budget before each step. The time limits that httpcore brings along know nothing of the whole."""

    def __init__(self, stream: httpcore.NetworkStream, budget: Budget, sent: bytearray, header: bytearray) -> None:
        self._stream = stream
        self._budget = budget
        self._sent = sent
        self._header = header

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._stream.read(self._budget.may_come(max_bytes), self._budget.waiting())
        self._budget.received(len(data))
        if self._budget.is_header_due:
            self._header += data
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._budget.waiting())
        self._sent += buffer

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._budget.connecting())
        return _RecordedStream(stream, self._budget, self._sent, self._header)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class PlayedBackend(httpcore.NetworkBackend):
    """Lets a response that was recorded come once more."""

    def __init__(self, recording: IO[bytes]) -> None:
        """Take a file that stands at the start of the response and ends with it."""
        self._recording = recording

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a stream that plays the recording."""
        return _PlayedStream(self._recording)


class _PlayedStream(httpcore.NetworkStream):
    def __init__(self, recording: IO[bytes]) -> None:
        self._recording = recording

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._recording.read(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Ask nobody."""

    def close(self) -> None:
        """Leave the file to whoever opened it."""

    def get_extra_info(self, info: str) -> Any:
        return None
