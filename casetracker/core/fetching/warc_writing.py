"""Keeping what was fetched as a WARC file (ISO 28500), the form in which libraries keep the web."""

import hashlib
import io
from datetime import UTC, datetime
from importlib.metadata import version
from typing import IO
from uuid import uuid4

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from casetracker.core.fetching.client import Fetched, new_file
from casetracker.core.fetching.exchanges import Exchange

WARC_VERSION = "WARC/1.1"
_CHUNK = 1 << 16


def write_warc(fetched: Fetched, file: IO[bytes]) -> None:
    """Write the whole fetch as WARC records, each packed by itself: about it, then response and request of each hop.

    Headers and bodies are as they came, byte for byte, but for the framing of chunks and the values of cookies.
    """
    writer = WARCWriter(file, gzip=True, warc_version=WARC_VERSION)
    writer.NO_PAYLOAD_DIGEST_TYPES = ("warcinfo", "request")  # they have none, of which warcio would take a SHA-1
    about = _about()
    writer.write_record(about)
    for exchange in fetched.exchanges:
        with _block(exchange, fetched.recording) as block:
            response = _response(exchange, block, _id_of(about))
            writer.write_record(response)
        writer.write_record(_request(exchange, _id_of(about), _id_of(response)))
    fetched.recording.seek(0, io.SEEK_END)


def _about() -> ArcWarcRecord:
    """Say by which program and in which format. Neither people nor machines are named."""
    fields = {
        "software": f"casetracker (warcio {version('warcio')})",
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    }
    block = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
    return _record("warcinfo", datetime.now(UTC), io.BytesIO(block), "application/warc-fields")


def _response(exchange: Exchange, block: IO[bytes], about: str) -> ArcWarcRecord:
    headers = {**_common(exchange, about), "WARC-Payload-Digest": f"sha256:{exchange.payload_sha256}"}
    return _record("response", exchange.started_at, block, "application/http; msgtype=response", headers)


def _request(exchange: Exchange, about: str, response: str) -> ArcWarcRecord:
    headers = {**_common(exchange, about), "WARC-Concurrent-To": response}
    block = io.BytesIO(exchange.request)
    return _record("request", exchange.started_at, block, "application/http; msgtype=request", headers)


def _common(exchange: Exchange, about: str) -> dict[str, str]:
    return {"WARC-Target-URI": exchange.url, "WARC-IP-Address": str(exchange.address), "WARC-Warcinfo-ID": about}


def _record(
    kind: str, at: datetime, block: IO[bytes], media_type: str, headers: dict[str, str] | None = None
) -> ArcWarcRecord:
    """Make a record by hand: warcio's own makers take the headers of a response apart, and write them anew."""
    block.seek(0)
    digest = hashlib.file_digest(block, "sha256").hexdigest()  # type: ignore[arg-type]
    length = block.seek(0, io.SEEK_END)
    block.seek(0)
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid4()}>",
        "WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        **(headers or {}),
        "WARC-Block-Digest": f"sha256:{digest}",
    }
    told = StatusAndHeaders("", list(fields.items()), protocol=WARC_VERSION)
    record = ArcWarcRecord("warc", kind, told, block, None, media_type, length)
    record.payload_length = length
    return record


def _id_of(record: ArcWarcRecord) -> str:
    return str(record.rec_headers.get_header("WARC-Record-ID"))


def _block(exchange: Exchange, recording: IO[bytes]) -> IO[bytes]:
    recording.seek(exchange.start)
    left = exchange.end - exchange.start
    block = new_file()
    while left and (chunk := recording.read(min(left, _CHUNK))):
        block.write(chunk)
        left -= len(chunk)
    return block
