"""What a fetch asks and brings, and how redirects are followed."""

import gzip
import hashlib
import ssl
import tempfile

import pytest
import trustme

from casetracker.core.fetching import FailureCode, FetchFailed, FetchRefused, Guard, RefusalCode
from casetracker.core.fetching.decoding import decoded
from tests.core.fetching.conftest import QUICK, Names
from tests.core.fetching.servers import LOOPBACK, OTHER_LOOPBACK, TestServer, redirect, response, server_tls

PAGE = "<p>警务站</p>".encode()


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def chunked(content, size=7):
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    return b"".join(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in [*pieces, b""])


def test_a_page(get, server):
    server.answers["/"] = response(PAGE, Content_Type='Text/HTML; Charset="GBK"', X_Odd="grün")
    fetched = get()
    assert (fetched.status, fetched.final_url) == (200, server.url())
    assert fetched.body.read() == PAGE
    assert (fetched.size, fetched.sha256) == (len(PAGE), sha256(PAGE))
    assert (fetched.media_type, fetched.charset) == ("text/html", "gbk")
    assert ("X-Odd", "grün") in fetched.headers
    [exchange] = fetched.exchanges
    assert (exchange.status, exchange.reason, str(exchange.address)) == (200, "OK", LOOPBACK)
    assert exchange.payload_sha256 == sha256(PAGE)
    assert exchange.request.decode() == server.requests[0]


def test_a_page_that_changes_and_goes(get, server):
    """What link health sees of a page: the same, another text, gone, and back."""
    states = [response(PAGE), response(PAGE), response(b"<p>Removed.</p>"), response(b"", status="404 Not Found")]
    seen = []
    for server.answers["/"] in [*states, response(PAGE)]:
        fetched = get()
        seen.append((fetched.status, fetched.sha256))
    assert seen == [
        (200, sha256(PAGE)),
        (200, sha256(PAGE)),
        (200, sha256(b"<p>Removed.</p>")),
        (404, sha256(b"")),
        (200, sha256(PAGE)),
    ]


def test_it_says_as_little_as_it_can(get, server):
    server.answers["/"] = redirect("/further", Set_Cookie="visitor=17")
    server.answers["/further"] = response(PAGE)
    get()
    assert server.requests[1] == (
        f"GET /further HTTP/1.1\r\nHost: site.example:{server.port}\r\nUser-Agent: Mozilla/5.0\r\n"
        "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
    )


def test_it_may_call_itself_something_else(get, server):
    get(user_agent="An archive of ours")
    assert "User-Agent: An archive of ours\r\n" in server.requests[0]


@pytest.mark.parametrize(
    "status", ["204 No Content", "403 Forbidden", "410 Gone", "451 ", "503 Busy", "299", "999 Robots"]
)
def test_any_status_is_an_answer(get, server, status):
    server.answers["/"] = response(b"", status=status)
    assert get().status == int(status[:3])


@pytest.mark.parametrize(
    ("told", "read"),
    [
        (None, ("", "")),
        ("", ("", "")),
        ("nonsense", ("", "")),
        ("text/html", ("text/html", "")),
        ("text/html;charset=UTF-8;x=y", ("text/html", "utf-8")),
        ("application/xhtml+xml ; charset='utf-8'", ("application/xhtml+xml", "utf-8")),
        ("text/html, text/plain", ("text/html", "")),
        ("text/html; charset=<script>", ("text/html", "")),
    ],
)
def test_what_it_is(get, server, told, read):
    server.answers["/"] = response(PAGE, Content_Type=told)
    fetched = get()
    assert (fetched.media_type, fetched.charset) == read


class TestPacking:
    @pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZip"])
    def test_gzip(self, get, server, coding):
        packed = gzip.compress(PAGE)
        server.answers["/"] = response(packed, Content_Encoding=coding)
        fetched = get()
        assert fetched.body.read() == PAGE
        assert (fetched.sha256, fetched.exchanges[0].payload_sha256) == (sha256(PAGE), sha256(packed))

    @pytest.mark.parametrize("behind", [b"", b"\x00garbage"])
    def test_several_members(self, get, server, behind):
        server.answers["/"] = response(gzip.compress(PAGE) + gzip.compress(PAGE) + behind, Content_Encoding="gzip")
        assert get().body.read() == PAGE * 2

    def test_much_of_it(self, get, server):
        content = b"".join(b"%d " % number for number in range(100_000))
        server.answers["/"] = response(gzip.compress(content), Content_Encoding="gzip")
        assert get().body.read() == content

    def test_it_is_unpacked_in_pieces(self):
        bomb = gzip.compress(b"\x00" * 50_000_000)
        sizes = [len(piece) for piece in decoded([bomb], "gzip")]
        assert (max(sizes), sum(sizes)) == (65_536, 50_000_000)

    def test_nothing_packed(self, get, server):
        server.answers["/"] = response(b"", Content_Encoding="gzip")
        assert get().size == 0

    @pytest.mark.parametrize("coding", ["br", "zstd", "deflate", "gzip, gzip", "nonsense"])
    def test_what_nobody_asked_for(self, get, server, coding):
        server.answers["/"] = response(PAGE, Content_Encoding=coding)
        with pytest.raises(FetchRefused) as no:
            get()
        assert no.value.code == RefusalCode.ENCODING

    def test_chunks(self, get, server):
        server.answers["/"] = response(chunked(PAGE), Content_Length=None, Transfer_Encoding="chunked")
        fetched = get()
        assert fetched.body.read() == PAGE
        assert fetched.exchanges[0].payload_sha256 == sha256(PAGE)

    def test_until_the_connection_ends(self, get, server):
        server.answers["/"] = response(PAGE, Content_Length=None)
        assert get().body.read() == PAGE

    def test_interim_responses(self, get, server):
        server.answers["/"] = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 2 + response(PAGE)
        fetched = get()
        assert (fetched.status, fetched.body.read()) == (200, PAGE)


class TestRedirects:
    @pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Later", "308 For good"])
    def test_each_hop_is_kept(self, get, server, status):
        server.answers["/"] = redirect("/b?c=1", status)
        server.answers["/b?c=1"] = redirect(f"http://other.example:{server.port}/d", status)
        server.answers["/d"] = response(PAGE)
        fetched = get()
        assert [exchange.url for exchange in fetched.exchanges] == [
            server.url("/"),
            server.url("/b?c=1"),
            server.url("/d", host="other.example"),
        ]
        assert [exchange.status for exchange in fetched.exchanges] == [int(status[:3])] * 2 + [200]
        assert fetched.exchanges[0].payload_sha256 == sha256(b"Moved.")
        assert fetched.body.read() == PAGE

    def test_one_that_says_not_where_to_is_a_page(self, get, server):
        server.answers["/"] = response(PAGE, status="302 Found")
        assert (get().status, get().body.read()) == (302, PAGE)

    @pytest.mark.parametrize("circle", [["/"], ["/b", "/"], ["/b", "/c", "/b"]])
    def test_a_loop_ends_where_it_closes(self, get, server, circle):
        for here, there in zip(["/", *circle], circle, strict=False):
            server.answers[here] = redirect(there)
        with pytest.raises(FetchRefused) as no:
            get()
        assert no.value.code == RefusalCode.REDIRECTS
        assert len(server.requests) == len(circle)

    def test_a_chain_has_an_end(self, get, server):
        for number in range(10):
            server.answers[f"/{number}"] = redirect(f"/{number + 1}")
        with pytest.raises(FetchRefused) as no:
            get("/0")
        assert no.value.code == RefusalCode.REDIRECTS
        assert len(server.requests) == QUICK.redirects + 1
        server.answers["/5"] = response(PAGE)
        assert len(get("/0").exchanges) == QUICK.redirects + 1

    def test_where_the_problem_was(self, get, server):
        server.answers["/"] = redirect("/b")
        server.answers["/b"] = redirect("http://nobody.example/")
        with pytest.raises(FetchFailed) as failed:
            get()
        assert (failed.value.code, failed.value.url) == (FailureCode.NO_SUCH_HOST, "http://nobody.example/")
        assert "nobody" not in str(failed.value)


class TestConnecting:
    def test_nobody_listens(self, get, server):
        server.close()
        with pytest.raises(FetchFailed) as failed:
            get()
        assert failed.value.code == FailureCode.UNREACHABLE

    def test_the_next_address_is_tried(self, get, server):
        server.answers["/"] = response(PAGE)
        guard = Guard(
            {server.pair, (OTHER_LOOPBACK, server.port)}, resolver=Names(site_example=[OTHER_LOOPBACK, LOOPBACK])
        )
        assert str(get(guard=guard).exchanges[0].address) == LOOPBACK

    def test_files_are_gone_afterwards(self, get, server):
        server.answers["/"] = response(PAGE)
        with get() as fetched:
            pass
        assert fetched.body.closed
        assert fetched.recording.closed

    def test_a_large_page_is_a_file_without_a_name(self, get, server, tmp_path, monkeypatch):
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        page = b"<p>" + b"x" * 3_000_000
        server.answers["/"] = response(page)
        fetched = get(limits=QUICK.__class__(body_bytes=4_000_000))
        assert fetched.body.read() == page
        assert list(tmp_path.iterdir()) == []


class TestEncryption:
    @pytest.fixture
    def authority(self):
        return trustme.CA()

    @pytest.fixture
    def trust(self, authority):
        context = ssl.create_default_context()
        authority.configure_trust(context)
        return context

    @pytest.fixture
    def encrypted(self, authority):
        server = TestServer(tls=server_tls(authority.issue_cert("site.example", "8.8.8.8")))
        server.answers["/"] = response(PAGE)
        yield server
        server.close()

    def test_the_certificate_is_about_the_name(self, get, encrypted, trust):
        fetched = get(
            url=encrypted.url(), guard=Guard({encrypted.pair}, resolver=Names(site_example=[LOOPBACK])), tls=trust
        )
        assert fetched.body.read() == PAGE
        assert fetched.is_encrypted

    @pytest.mark.parametrize("host", ["other.example", LOOPBACK])
    def test_a_certificate_about_another_name(self, get, encrypted, trust, names, host):
        with pytest.raises(FetchFailed) as failed:
            get(url=encrypted.url(host=host), guard=Guard({encrypted.pair}, resolver=names), tls=trust)
        assert failed.value.code == FailureCode.TLS
        assert encrypted.requests == []

    def test_a_certificate_of_nobody_known(self, get, encrypted, names):
        with pytest.raises(FetchFailed) as failed:
            get(url=encrypted.url(), guard=Guard({encrypted.pair}, resolver=names))
        assert failed.value.code == FailureCode.TLS
        assert encrypted.requests == []

    def test_a_server_that_speaks_no_tls(self, get, server, names):
        with pytest.raises(FetchFailed) as failed:
            get(url=f"https://site.example:{server.port}/", limits=QUICK.__class__(connect_seconds=0.1))
        assert failed.value.code in {FailureCode.TLS, FailureCode.TIMEOUT}

    def test_down_to_http_is_followed_and_said(self, get, server, encrypted, trust, names):
        encrypted.answers["/"] = redirect(server.url())
        server.answers["/"] = response(PAGE)
        fetched = get(url=encrypted.url(), guard=Guard({server.pair, encrypted.pair}, resolver=names), tls=trust)
        assert fetched.body.read() == PAGE
        assert not fetched.is_encrypted
