"""Captures: written so that the tools of libraries read them, and read so that no file does harm."""

import gzip
import hashlib
import io
import re
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from casetracker.core.fetching import CaptureCode, CaptureUnreadable, Limits, read_capture, write_warc
from tests.core.fetching.servers import LOOPBACK, redirect, response

PAGE = "<p>警务站</p>".encode()
CHUNKED = b"5\r\n<p>a \r\n8;x=y\r\nstation.\r\n0\r\nX-Trailer: 1\r\n\r\n"


def warc_of(fetched):
    file = io.BytesIO()
    write_warc(fetched, file)
    return file.getvalue()


def records_of(warc):
    """Return type, headers and block of each record, as warcio reads them, which checks the digests first."""
    for record in ArchiveIterator(io.BytesIO(warc), check_digests="raise"):
        record.content_stream().read()
    return [
        (record.rec_type, dict(record.rec_headers.headers), record.raw_stream.read())
        for record in ArchiveIterator(io.BytesIO(warc), no_record_parse=True)
    ]


def page_of(warc, **limits):
    with read_capture(io.BytesIO(warc), limits=Limits(**limits)) as capture:
        return capture, capture.body.read()


def unreadable(warc, **limits):
    with pytest.raises(CaptureUnreadable) as caught:
        page_of(warc, **limits)
    return caught.value.code


def warc_record(block=None, *, version="WARC/1.1", end=b"\r\n\r\n", **fields):
    """Return a record as hostile hands may make it. Names of fields have _ for -."""
    block = response(PAGE) if block is None else block
    told = {
        "WARC_Type": "response",
        "WARC_Target_URI": "http://site.example/",
        "WARC_Date": "2026-11-27T08:00:00.000000Z",
        "WARC_Block_Digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
        "Content_Type": "application/http; msgtype=response",
        "Content_Length": len(block),
        **fields,
    }
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in told.items() if value is not None]
    return gzip.compress("\r\n".join([version, *lines, "", ""]).encode() + block + end)


@pytest.fixture
def captured(get, server):
    """Return a function that lets the server answer, and captures that."""

    def captured(answer):
        server.answers["/"] = answer
        return warc_of(get())

    return captured


class TestWriting:
    def test_what_came_is_in_it_byte_for_byte(self, captured, server):
        packed = gzip.compress(PAGE)
        answer = response(packed, Content_Encoding="gzip", X_oDD="  spaced   out ")
        [about, (kind, fields, block), (_request, asked, request)] = records_of(captured(answer))
        assert about[0] == "warcinfo"
        assert (kind, block) == ("response", answer)
        assert fields["WARC-Target-URI"] == server.url()
        assert fields["WARC-IP-Address"] == LOOPBACK
        assert fields["WARC-Payload-Digest"] == f"sha256:{hashlib.sha256(packed).hexdigest()}"
        assert fields["WARC-Block-Digest"] == f"sha256:{hashlib.sha256(answer).hexdigest()}"
        assert fields["WARC-Warcinfo-ID"] == about[1]["WARC-Record-ID"]
        assert request.decode() == server.requests[0]
        assert asked["WARC-Concurrent-To"] == fields["WARC-Record-ID"]

    def test_each_record_is_packed_by_itself(self, captured):
        warc = captured(response(PAGE))
        assert gzip.decompress(warc).count(b"WARC/1.1\r\nWARC-Type: ") == 3
        starts = [match.start() for match in re.finditer(rb"\x1f\x8b\x08", warc)]
        assert [gzip.decompress(warc[start:])[:8] for start in starts] == [b"WARC/1.1"] * 3

    def test_redirects_are_in_it(self, get, server):
        server.answers |= {"/": redirect("/b", "301 Moved"), "/b": redirect("/c"), "/c": response(PAGE)}
        records = records_of(warc_of(get()))
        assert [kind for kind, _fields, _block in records] == ["warcinfo", *["response", "request"] * 3]
        assert [block.split(b"\r\n")[0] for kind, _fields, block in records if kind == "response"] == [
            b"HTTP/1.1 301 Moved",
            b"HTTP/1.1 302 Found",
            b"HTTP/1.1 200 OK",
        ]

    def test_chunks_are_put_together_and_their_header_says_so(self, captured):
        answer = response(CHUNKED, Content_Length=5, transfer_Encoding="chunked")
        [_about, (_kind, _fields, block), _request] = records_of(captured(answer))
        assert block.endswith(b"\r\n\r\n<p>a station.")
        assert b"\r\nX-Archive-Orig-transfer-Encoding: chunked\r\n" in block
        assert b"\r\nX-Archive-Orig-Content-Length: 5\r\n" in block
        assert page_of(captured(answer))[1] == b"<p>a station."

    @pytest.mark.parametrize("blank", ["", " ", "\t"])
    def test_no_cookie_is_in_it(self, get, server, blank):
        header = f"visitor=secret17;{blank}Path=/"
        server.answers["/"] = redirect("/b", Set_Cookie=header)
        server.answers["/b"] = response(
            PAGE, Set_cookie=header, Set_Cookie2=f"{blank}id=secret17", X="set-cookie: kept"
        )
        fetched = get()
        warc = gzip.decompress(warc_of(fetched))
        assert b"secret17" not in warc
        assert b"secret17" not in repr(fetched).encode()
        assert warc.count(b"[left out]\r\n") == 3
        assert b"X: set-cookie: kept" in warc

    def test_interim_responses_are_not_in_it(self, captured):
        warc = captured(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + response(PAGE))
        assert records_of(warc)[1][2] == response(PAGE)

    def test_nobody_is_named_in_it(self, captured):
        warc = gzip.decompress(captured(response(PAGE)))
        assert socket.gethostname().encode() not in warc.replace(b"site.example", b"")
        assert b"casetracker" not in b"".join(
            block for kind, _fields, block in records_of(captured(response())) if kind != "warcinfo"
        )

    def test_twice_is_the_same_page(self, get, server):
        server.answers["/"] = response(PAGE)
        fetched = get()
        assert records_of(warc_of(fetched))[1][2] == records_of(warc_of(fetched))[1][2]


ANSWERS = {
    "a charset": response(PAGE, Content_Type="text/html; charset=gbk"),
    "packed": response(gzip.compress(PAGE), Content_Encoding="gzip"),
    "chunks": response(CHUNKED, Content_Length=None, Transfer_Encoding="chunked"),
    "without a length": response(PAGE, Content_Length=None),
    "gone": response(b"", status="404 Not Found"),
    "large": response(PAGE * 40_000),
    "an old server": b"HTTP/1.0 200 OK\n\nsmall",
}
NO_CAPTURES = {
    "nothing": b"",
    "a text": b"hello",
    "half a gzip file": b"\x1f\x8b",
    "nothing, packed": gzip.compress(b""),
    "a text, packed": gzip.compress(b"hello"),
    "a version": gzip.compress(b"WARC/1.1\r\n"),
    "an empty record": gzip.compress(b"WARC/1.1\r\n\r\n\r\n\r\n"),
    "very many fields": gzip.compress(b"WARC/1.1\r\n" + b"X: 1\r\n" * 1_000 + b"Content-Length: 0\r\n\r\n\r\n\r\n"),
    "an endless field": gzip.compress(b"WARC/1.1\r\nX: " + b"x" * 100_000),
    "an endless line": gzip.compress(b"x" * 1_000_000),
    "not packed": gzip.decompress(warc_record()),
    "another version": warc_record(version="WARC/9.9"),
    "a request": warc_record(WARC_Type="request"),
    "no response of HTTP": warc_record(Content_Type="text/html"),
    "no length": warc_record(Content_Length=None),
    "a negative length": warc_record(Content_Length=-1),
    "a length with an exponent": warc_record(Content_Length="1²"),
    "too small a length": warc_record(Content_Length=9),
    "too large a length": warc_record(Content_Length=9_999_999),
    "a huge length": warc_record(Content_Length="9" * 19),
    "a length of many digits": warc_record(Content_Length="9" * 5_000),
    "no end": warc_record(end=b""),
    "no digest": warc_record(WARC_Block_Digest=None),
    "a wrong digest": warc_record(WARC_Block_Digest="sha256:0"),
    "the address of a file": warc_record(WARC_Target_URI="file:///etc/passwd"),
    "no address": warc_record(WARC_Target_URI=None),
    "no date": warc_record(WARC_Date="yesterday"),
    "an empty response": warc_record(b""),
    "a response that is none": warc_record(b"hello"),
    "half a response": warc_record(response(PAGE, Content_Length=99)),
    "an interim response": warc_record(b"HTTP/1.1 101 Switching\r\n\r\n"),
    "a page that is not packed": warc_record(response(PAGE, Content_Encoding="gzip")),
    "a page packed otherwise": warc_record(response(PAGE, Content_Encoding="br")),
    "very many records": gzip.compress(gzip.decompress(warc_record(WARC_Type="resource")) * 200),
}


class TestReading:
    @pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS.keys())
    def test_it_gives_back_what_was_fetched(self, get, server, answer):
        server.answers["/"] = answer
        fetched = get()
        capture, body = page_of(warc_of(fetched))
        assert body == fetched.body.read()
        assert (capture.size, capture.sha256) == (fetched.size, fetched.sha256)
        assert (capture.url, capture.status) == (fetched.final_url, fetched.status)
        assert (capture.reason, capture.address) == (fetched.exchanges[-1].reason, LOOPBACK)
        assert (capture.media_type, capture.charset) == (fetched.media_type, fetched.charset)
        assert capture.fetched_at == fetched.exchanges[-1].started_at
        assert capture.body.closed

    def test_the_last_hop_counts(self, get, server):
        server.answers |= {"/": redirect("/b"), "/b": response(PAGE)}
        capture, body = page_of(warc_of(get()))
        assert (capture.url, capture.status, body) == (server.url("/b"), 200, PAGE)

    def test_one_of_ours_made_by_hand(self):
        assert page_of(warc_record())[1] == PAGE
        assert page_of(warc_record(version="WARC/1.0", WARC_Target_URI="https://site.example/"))[1] == PAGE

    @pytest.mark.parametrize("warc", NO_CAPTURES.values(), ids=NO_CAPTURES.keys())
    def test_what_is_no_capture(self, warc):
        assert unreadable(warc) == CaptureCode.DAMAGED

    @pytest.mark.parametrize(
        "warc",
        [
            gzip.compress(b"\x00" * 20_000_000),
            warc_record(response(gzip.compress(b"\x00" * 20_000_000), Content_Encoding="gzip")),
        ],
        ids=["the file", "the page"],
    )
    def test_bombs(self, warc):
        assert unreadable(warc, body_bytes=1_000_000) == CaptureCode.TOO_LARGE

    def test_one_changed_bit_is_found(self, captured):
        warc = captured(response(PAGE))
        [_about, (_kind, fields, _block), _request] = records_of(warc)
        assert page_of(warc)[1] == PAGE
        damaged = gzip.compress(gzip.decompress(warc).replace(PAGE, bytes([PAGE[0] ^ 1]) + PAGE[1:]))
        assert fields["WARC-Block-Digest"].encode() in gzip.decompress(damaged)
        assert unreadable(damaged) == CaptureCode.DAMAGED

    @given(st.data())
    def test_whatever_is_changed_it_reads_or_says_so(self, data):
        self.reads_or_says_so(gzip.compress(changed(gzip.decompress(warc_record()), data)))

    @given(st.sampled_from(sorted(ANSWERS)), st.data())
    def test_whatever_a_response_is(self, name, data):
        self.reads_or_says_so(warc_record(changed(ANSWERS[name][:5_000], data)))

    def reads_or_says_so(self, warc):
        try:
            capture, body = page_of(warc)
        except CaptureUnreadable:
            return
        assert capture.size == len(body)


def changed(content, data):
    """Return the content with a few bytes taken out and others put in."""
    content = bytearray(content)
    for _change in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    return bytes(content)
