"""Nothing that a server does makes a fetch take longer, or hold more, than its limits."""

import contextlib
import dataclasses
import gzip
import threading
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casetracker.core.fetching import FailureCode, FetchFailed, FetchRefused, Guard, RefusalCode
from tests.core.fetching.conftest import QUICK
from tests.core.fetching.servers import LOOPBACK, redirect, response

pytestmark = pytest.mark.slow

HEADER = b"HTTP/1.1 200 OK\r\n"
MOST = 100_000
AGES = 2  # seconds; nobody waits for them unless the limits fail


def limits(**other):
    return dataclasses.replace(QUICK, body_bytes=MOST, header_bytes=8_000, **other)


def problem(get, path="/", **more):
    with pytest.raises((FetchRefused, FetchFailed)) as caught:
        get(path, **more)
    return caught.value.code


def endless(start, more, pause=None):
    """Return an answer that never ends, with a pause after each piece if it is to be a slow one."""

    def answer(connection, over):
        connection.sendall(start)
        while not over.wait(pause or 0):
            connection.sendall(more)

    return answer


def silent(start=b""):
    def answer(connection, over):
        connection.sendall(start)
        over.wait()

    return answer


class TestTime:
    def test_silence(self, get, server):
        server.answers["/"] = silent()
        assert problem(get, limits=limits(read_seconds=0.1)) == FailureCode.TIMEOUT

    def test_silence_in_the_middle(self, get, server):
        server.answers["/"] = silent(response(b"half", Content_Length=8))
        assert problem(get, limits=limits(read_seconds=0.1)) == FailureCode.TIMEOUT

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("start", "drop"),
        [
            (b"", b"H"),
            (HEADER, b"X-More: 1\r\n"),
            (response(Content_Length=None), b"x"),
            (response(Content_Length=9_999), b"x"),
            (response(Content_Length=None, Transfer_Encoding="chunked"), b"1\r\nx\r\n"),
            (response(Content_Length=None, Transfer_Encoding="chunked") + b"1;", b"x"),
            (response(Content_Length=None, Content_Encoding="gzip"), gzip.compress(b"")),
            (redirect("/", Content_Length=None), b"x"),
        ],
        ids=["status", "headers", "body", "long body", "chunks", "chunk extension", "empty members", "redirect"],
    )
    def test_drop_by_drop(self, get, server, start, drop):
        """Each drop comes well within the time for one; all of them together may not take longer than the whole."""
        server.answers["/"] = endless(start, drop, pause=0.02)
        assert problem(get, limits=limits(total_seconds=0.3)) in {RefusalCode.TOO_SLOW}

    def test_redirects_share_the_time(self, get, server):
        def slowly(connection, over):
            over.wait(0.15)
            connection.sendall(redirect(f"/{len(server.requests)}"))

        server.answers |= {"/": slowly, **{f"/{number}": slowly for number in range(9)}}
        assert problem(get, limits=limits(total_seconds=0.3)) == RefusalCode.TOO_SLOW
        assert len(server.requests) <= 3

    def test_the_whole_may_be_shorter_than_a_silence(self, get, server):
        def at_last(connection, over):
            over.wait(AGES)
            connection.sendall(response(b"hello"))

        server.answers["/"] = at_last
        assert problem(get, limits=limits(total_seconds=0.1)) == RefusalCode.TOO_SLOW

    def test_a_name_that_is_looked_up_for_ages(self, get, server):
        over = threading.Event()

        def at_last(host, port):
            over.wait(AGES)
            return [LOOPBACK]

        guard = Guard({server.pair}, resolver=at_last)
        assert problem(get, guard=guard, limits=limits(connect_seconds=0.1)) == FailureCode.TIMEOUT
        over.set()

    def test_a_server_that_never_shakes_hands(self, get, server, listener):
        guard = Guard({("127.0.0.1", listener.port)})
        url = f"https://127.0.0.1:{listener.port}/"
        assert problem(get, url=url, guard=guard, limits=limits(connect_seconds=0.1)) == FailureCode.TIMEOUT
        assert listener.count() == 1


class TestSize:
    @pytest.mark.parametrize(
        "start",
        [
            response(Content_Length=None),
            response(Content_Length=None, Transfer_Encoding="chunked") + b"fffffff\r\n",
            response(Content_Length=None, Transfer_Encoding="chunked") + b"1;",
            redirect("/b", Content_Length=None),
        ],
        ids=["body", "chunk", "chunk extension", "redirect"],
    )
    def test_endless(self, get, server, start):
        server.answers["/"] = endless(start, b"x" * 10_000)
        assert problem(get, limits=limits()) in {RefusalCode.TOO_LARGE, FailureCode.BROKEN}

    def test_endless_framing(self, get, server):
        """Less than the limit of content, but more than that comes over the wire."""
        server.answers["/"] = endless(response(Content_Length=None, Transfer_Encoding="chunked"), b"1\r\nx\r\n" * 999)
        assert problem(get, limits=limits()) == RefusalCode.TOO_LARGE

    def test_what_is_announced_is_not_waited_for(self, get, server):
        server.answers["/"] = silent(response(Content_Length=MOST + 1))
        assert problem(get, limits=limits()) == RefusalCode.TOO_LARGE

    @pytest.mark.parametrize("framing", [{}, {"Content_Length": None}])
    def test_up_to_the_last_byte(self, get, server, framing):
        server.answers["/"] = response(b"x" * MOST, **framing)
        assert get(limits=limits()).size == MOST
        server.answers["/"] = response(b"x" * (MOST + 1), **framing)
        assert problem(get, limits=limits()) == RefusalCode.TOO_LARGE

    def test_redirects_share_it(self, get, server):
        for number in range(5):
            server.answers[f"/{number}"] = redirect(f"/{number + 1}", Content_Length=40_000) + b"x" * 39_994
        assert problem(get, "/0", limits=limits()) == RefusalCode.TOO_LARGE
        assert len(server.requests) < 5

    def test_a_bomb(self, get, server):
        server.answers["/"] = response(gzip.compress(b"\x00" * 20_000_000), Content_Encoding="gzip")
        assert problem(get, limits=limits()) == RefusalCode.TOO_LARGE

    def test_a_bomb_of_many(self, get, server):
        server.answers["/"] = response(gzip.compress(b"\x00" * 20_000) * 100, Content_Encoding="gzip")
        assert problem(get, limits=limits()) == RefusalCode.TOO_LARGE

    def test_very_many_empty_members(self, get, server):
        server.answers["/"] = response(gzip.compress(b"") * 2_000, Content_Encoding="gzip")
        assert problem(get, limits=limits()) == FailureCode.BROKEN

    def test_packed_up_to_the_last_byte(self, get, server):
        server.answers["/"] = response(gzip.compress(b"x" * MOST), Content_Encoding="gzip")
        assert get(limits=limits()).size == MOST


class TestHeaders:
    @pytest.mark.parametrize(
        ("start", "more"),
        [
            (HEADER, b"X-More: and more\r\n"),
            (HEADER + b"X-Long: ", b"x" * 1_000),
            (b"HTTP/1.1 200 ", b"O" * 1_000),
            (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        ],
        ids=["many", "a long one", "a long reason", "interim responses"],
    )
    def test_a_flood(self, get, server, start, more):
        server.answers["/"] = endless(start, more)
        assert problem(get, limits=limits()) == RefusalCode.HEADERS

    def test_as_many_as_may_be(self, get, server):
        server.answers["/"] = response(b"hello", X_Long="x" * 7_800)
        assert get(limits=limits()).body.read() == b"hello"


BROKEN = {
    "nothing": b"",
    "half a header": HEADER + b"Content-Ty",
    "another protocol": b"SSH-2.0-OpenSSH_9.2p1\r\n\r\n",
    "an old protocol": b"<p>HTTP/0.9 knows no headers</p>",
    "a status that is none": b"HTTP/1.1 abc OK\r\n\r\n",
    "switching to what nobody asked for": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
    "a header without a colon": HEADER + b"nonsense\r\n\r\n",
    "a NUL in a header": HEADER + b"X-Odd: a\x00b\r\n\r\n",
    "less than it says": response(b"hello", Content_Length=99),
    "two lengths": response(b"hello", Content_Length="5\r\nContent-Length: 6"),
    "a length that is none": response(b"hello", Content_Length="five"),
    "a length of many digits": response(b"hello", Content_Length="9" * 5_000),
    "a negative length": response(b"hello", Content_Length=-5),
    "chunks that are none": response(b"zz\r\nhello\r\n", Content_Length=None, Transfer_Encoding="chunked"),
    "a negative chunk": response(b"-5\r\nhello\r\n0\r\n\r\n", Content_Length=None, Transfer_Encoding="chunked"),
    "a chunk longer than numbers go": response(
        b"f" * 40 + b"\r\nhello", Content_Length=None, Transfer_Encoding="chunked"
    ),
    "chunks without an end": response(b"5\r\nhello\r\n", Content_Length=None, Transfer_Encoding="chunked"),
    "another framing": response(b"hello", Content_Length=None, Transfer_Encoding="gzip"),
    "not packed at all": response(b"hello", Content_Encoding="gzip"),
    "half of what was packed": response(gzip.compress(b"hello" * 99)[:-9], Content_Encoding="gzip"),
    "a wrong checksum": response(gzip.compress(b"hello")[:-8] + b"12345678", Content_Encoding="gzip"),
    "packed otherwise": response(zlib.compress(b"hello"), Content_Encoding="gzip"),
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN.keys())
def test_nonsense(get, server, answer):
    server.answers["/"] = answer
    assert problem(get, limits=limits()) == FailureCode.BROKEN


USUAL = [
    redirect("/") + b"and more",
    response(b"5\r\nhello\r\n0\r\n\r\n", Content_Length=None, Transfer_Encoding="chunked"),
    response(gzip.compress(b"hello", mtime=0), Content_Encoding="gzip", Content_Type="text/html; charset=gbk"),
]


@given(st.sampled_from(USUAL), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 9), st.binary(max_size=9))))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_it_is_a_page_or_a_problem(get, server, answer, changes):
    changed = bytearray(answer)
    for at, count, other in changes:
        changed[at : at + count] = other
    server.answers["/"] = bytes(changed)
    with contextlib.suppress(FetchRefused, FetchFailed):
        assert get(limits=limits()).size <= MOST
