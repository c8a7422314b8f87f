"""The doctor asks a running site, over TLS as a browser would; each header is taken away once."""

import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import trustme

from casetracker.operations.doctor import Asked, Level
from casetracker.operations.doctor.running import check_urls

GOOD = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "Cache-Control": "no-store",
}
COOKIE = {"Set-Cookie": "__Host-csrf=x; Path=/; Secure"}
WEAK = {
    "Referrer-Policy": "unsafe-url",
    "Content-Security-Policy": "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=60",
    "Set-Cookie": "session=x; Path=/",
}
SIGN_IN = "/accounts/login/"


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def site(authority, monkeypatch, tmp_path):
    """A server that answers as `answers` says, by path: status and headers."""
    answers = {"/en/": (200, GOOD), SIGN_IN: (200, GOOD | COOKIE)}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers = answers.get(self.path, (404, {}))
            self.send_response_only(status)
            for name, value in ({"Content-Length": "0"} | headers).items():
                self.send_header(name.lower(), value)  # as some servers write them
            self.end_headers()

        def log_message(self, *_args):
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield answers, f"https://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def said(url):
    return [(finding.level, finding.text) for finding in check_urls(Asked(urls=(url,)))]


def test_a_site_that_is_as_it_should_be(site):
    _answers, url = site
    assert said(url) == [(Level.OK, f"{url}: the headers are what they should be (2 pages).")]


@pytest.mark.parametrize("name", GOOD)
def test_a_header_that_is_missing_is_named(site, name):
    answers, url = site
    answers[SIGN_IN] = (200, {key: value for key, value in GOOD.items() if key != name})
    assert said(url) == [(Level.FAIL, f"{SIGN_IN}: the header {name} is missing or too weak.")]


@pytest.mark.parametrize("name", WEAK)
def test_a_header_that_is_too_weak_is_named(site, name):
    answers, url = site
    answers[SIGN_IN] = (200, GOOD | {name: WEAK[name]})
    assert said(url) == [(Level.FAIL, f"{SIGN_IN}: the header {name} is missing or too weak.")]


def test_a_public_page_that_sets_a_cookie_is_named(site):
    answers, url = site
    answers["/en/"] = (200, GOOD | COOKIE)
    assert said(url) == [(Level.FAIL, "/en/: the header Set-Cookie is missing or too weak.")]


def test_one_side_alone_is_looked_at_for_what_it_has(site):
    answers, url = site
    del answers[SIGN_IN]
    assert said(url) == [(Level.OK, f"{url}: the headers are what they should be (1 pages).")]
    del answers["/en/"]
    assert "neither public pages nor a sign-in" in said(url)[0][1]


def test_what_is_not_for_strangers_is_named(site):
    answers, url = site
    answers["/metrics"] = (200, GOOD)
    assert said(url) == [(Level.FAIL, f"Strangers can ask {url} for /metrics.")]


def test_another_time_is_said(site):
    answers, url = site
    answers["/en/"] = (200, GOOD | {"Date": "Mon, 01 Jan 2024 00:00:00 GMT"})
    assert (Level.WARN, "The site has another time than this machine.") in said(url)


def test_a_certificate_that_nobody_vouches_for_and_a_site_without_tls(site, monkeypatch):
    _answers, url = site
    monkeypatch.delenv("SSL_CERT_FILE")
    assert "does not answer, or not with a certificate that holds (SSLCertVerificationError)" in said(url)[0][1]
    assert said("http://localhost")[0] == (Level.FAIL, "http://localhost has no TLS.")
