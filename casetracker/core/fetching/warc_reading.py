"""Reading a capture again. The file may be damaged, or made to harm: nothing in it is believed before it is checked.

Captures are read by this and not by warcio, which reads a line without end as one, however long it grows.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from types import TracebackType
from typing import IO, Self

import httpcore

from casetracker.core.fetching.client import kept, new_file
from casetracker.core.fetching.decoding import decoded, gunzipped
from casetracker.core.fetching.exchanges import responding, told_by
from casetracker.core.fetching.headers import Headers, content_type, header
from casetracker.core.fetching.limits import Limits
from casetracker.core.fetching.problems import CaptureCode, CaptureUnreadable, FetchFailed, FetchRefused, RefusalCode
from casetracker.core.fetching.targets import target_of
from casetracker.core.fetching.wire import PlayedBackend

_DEFAULT_LIMITS = Limits()
_CHUNK = 1 << 16
_VERSIONS = frozenset({b"WARC/1.0\r\n", b"WARC/1.1\r\n"})
_END_OF_RECORD = b"\r\n\r\n"
_MOST_RECORDS = 100
_MOST_FIELDS = 100
_MOST_BYTES_OF_A_LINE = 16_000
_MOST_DIGITS = 15
_RESPONSE = "application/http"
# The requests, and what WARC itself writes.
_BESIDES = 1 << 20


@dataclass
class CapturedPage:
    """The page that a capture holds. Close it, or use it as a context manager."""

    url: str
    address: str
    fetched_at: datetime
    status: int
    reason: str
    headers: Headers
    body: IO[bytes]  # unpacked
    size: int  # of the body
    sha256: str  # of the body

    @property
    def media_type(self) -> str:
        """Return what the server said that it is, or nothing."""
        return content_type(self.headers)[0]

    @property
    def charset(self) -> str:
        """Return in which charset the server said that it is, or nothing."""
        return content_type(self.headers)[1]

    def close(self) -> None:
        """Throw the unpacked body away."""
        self.body.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclass(frozen=True)
class _Record:
    fields: Headers
    start: int  # of its block
    length: int

    def field(self, name: str) -> str:
        return header(self.fields, name)


def read_capture(file: IO[bytes], *, limits: Limits = _DEFAULT_LIMITS) -> CapturedPage:
    """Return the page in a capture that `write_warc` wrote: the response of the last hop.

    Raises `CaptureUnreadable` where the file is none, is damaged, or unpacks to more than the limits allow.
    """
    with new_file() as unpacked:
        _unpack(file, unpacked, limits)
        responses = [record for record in _records(unpacked) if _is_response(record)]
        if not responses:
            raise _damaged("there is no response in it")
        return _page(responses[-1], unpacked, limits)


def _damaged(detail: str) -> CaptureUnreadable:
    return CaptureUnreadable(CaptureCode.DAMAGED, detail)


def _unpack(file: IO[bytes], unpacked: IO[bytes], limits: Limits) -> None:
    most = limits.body_bytes + (limits.redirects + 1) * limits.header_bytes + _BESIDES
    try:
        kept(gunzipped(iter(lambda: file.read(_CHUNK), b"")), unpacked, most)
    except FetchRefused:
        raise CaptureUnreadable(CaptureCode.TOO_LARGE, "it unpacks to too much") from None
    except FetchFailed:
        raise _damaged("it is no whole gzip file") from None


def _records(file: IO[bytes]) -> Iterator[_Record]:
    for _number in range(_MOST_RECORDS):
        version = _line(file)
        if not version:
            return
        if version not in _VERSIONS:
            raise _damaged("a record has no known version")
        record = _record(file)
        yield record
        file.seek(record.start + record.length)
        if file.read(len(_END_OF_RECORD)) != _END_OF_RECORD:
            raise _damaged("a record has another length than it says")
    raise _damaged("there are too many records")


def _record(file: IO[bytes]) -> _Record:
    fields: Headers = []
    while (line := _line(file)) != b"\r\n":
        name, colon, value = line.partition(b":")
        if not colon or len(fields) == _MOST_FIELDS:
            raise _damaged("the head of a record is none")
        fields.append((name.decode("utf-8", "replace"), value.decode("utf-8", "replace").strip()))
    length = header(fields, "Content-Length")
    if not (length.isascii() and length.isdigit() and len(length) <= _MOST_DIGITS):
        raise _damaged("a record does not say how long it is")
    return _Record(fields, file.tell(), int(length))


def _line(file: IO[bytes]) -> bytes:
    line = file.readline(_MOST_BYTES_OF_A_LINE)
    if line and not line.endswith(b"\r\n"):
        raise _damaged("a line has no end")
    return line


def _is_response(record: _Record) -> bool:
    return record.field("WARC-Type") == "response" and record.field("Content-Type").startswith(_RESPONSE)


def _page(record: _Record, file: IO[bytes], limits: Limits) -> CapturedPage:
    """Let the response come once more, through the same parser as at first."""
    with new_file() as block:
        _copy_block(record, file, block)
        body = new_file()
        try:
            return _played(record, block, body, limits)
        except (httpcore.ProtocolError, FetchFailed, FetchRefused, ValueError) as error:
            body.close()
            if isinstance(error, FetchRefused) and error.code == RefusalCode.TOO_LARGE:
                raise CaptureUnreadable(CaptureCode.TOO_LARGE, "its page unpacks to too much") from error
            raise _damaged("its response is none") from error


def _copy_block(record: _Record, file: IO[bytes], block: IO[bytes]) -> None:
    """Copy the block of a record. Raises `CaptureUnreadable` if it is not what its digest says."""
    file.seek(record.start)
    left, digest = record.length, hashlib.sha256()
    while left and (chunk := file.read(min(left, _CHUNK))):
        block.write(chunk)
        digest.update(chunk)
        left -= len(chunk)
    block.seek(0)
    if record.field("WARC-Block-Digest") != f"sha256:{digest.hexdigest()}":
        raise _damaged("a record has another digest than it says")


def _played(record: _Record, block: IO[bytes], body: IO[bytes], limits: Limits) -> CapturedPage:
    """Raises `FetchRefused`, `FetchFailed`, `ValueError` and the errors of httpcore for what is no response."""
    target = target_of(record.field("WARC-Target-URI"))
    with responding(PlayedBackend(block), replace(target, scheme="http"), [("Host", target.authority)]) as response:
        status, reason, headers = told_by(response)
        pieces = decoded(response.iter_stream(), header(headers, "content-encoding"))
        size, sha256 = kept(pieces, body, limits.body_bytes)
    return CapturedPage(
        url=target.url,
        address=record.field("WARC-IP-Address"),
        fetched_at=datetime.fromisoformat(record.field("WARC-Date")),
        status=status,
        reason=reason,
        headers=headers,
        body=body,
        size=size,
        sha256=sha256,
    )
