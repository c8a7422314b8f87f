"""A running site, asked from outside as a browser would."""

import datetime as dt
import http.client
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from django.utils import timezone

from casetracker.operations.doctor.findings import Asked, Finding, fail, ok, warn

_TIMEOUT = 10  # seconds
_PAGE, _SIGN_IN = "/en/", "/accounts/login/"
_INSIDE = ("/metrics", "/health/ready")  # for those who watch over the site, not for strangers
_HSTS_LEAST = 31_536_000  # seconds: a year
_CLOCKS_DIFFER = dt.timedelta(seconds=30)
_WANTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_REFERRERS = ("no-referrer", "same-origin")


@dataclass(frozen=True)
class _Answer:
    path: str
    status: int
    headers: Message  # in any letter case
    cookies: tuple[str, ...]


def check_urls(asked: Asked) -> Iterator[Finding]:
    """Look at each site that was named."""
    for url in asked.urls:
        yield from _check_url(url)


def _check_url(url: str) -> Iterator[Finding]:
    site = urlsplit(url)
    if site.scheme != "https":
        yield fail(f"{url} has no TLS.", "Name an https:// address, and put a reverse proxy with TLS in front.")
        return
    try:
        answers = [_ask(site.netloc, path) for path in (_PAGE, _SIGN_IN, *_INSIDE)]
    except (OSError, http.client.HTTPException) as error:
        yield fail(
            f"{url} does not answer, or not with a certificate that holds ({type(error).__name__}).",
            "See that proxy and site run, that the name leads here, and when the certificate ends.",
        )
        return
    pages = [answer for answer in answers[:2] if answer.status == http.HTTPStatus.OK]
    if not pages:
        yield fail(f"{url} has neither public pages nor a sign-in.", "See what the proxy hands on, and ALLOWED_HOSTS.")
        return
    found = [finding for page in pages for finding in _faults_of(page)]
    found += [
        fail(f"Strangers can ask {url} for {answer.path}.", "Let the proxy answer 404 there: see deploy/nginx.")
        for answer in answers[2:]
        if answer.status == http.HTTPStatus.OK
    ]
    yield from found or [ok(f"{url}: the headers are what they should be ({len(pages)} pages).")]


def _ask(netloc: str, path: str) -> _Answer:
    connection = http.client.HTTPSConnection(netloc, timeout=_TIMEOUT, context=ssl.create_default_context())
    try:
        connection.request("GET", path, headers={"User-Agent": "casetracker-doctor"})
        response = connection.getresponse()
        response.read()
        cookies = tuple(response.headers.get_all("Set-Cookie") or ())
        return _Answer(path, response.status, response.headers, cookies)
    finally:
        connection.close()


def _faults_of(page: _Answer) -> Iterator[Finding]:
    for name in _weak_headers(page):
        yield fail(
            f"{page.path}: the header {name} is missing or too weak.",
            "The site sets it: see that the proxy hands it on, and that no setting changes it.",
        )
    yield from _clock(page)


def _weak_headers(page: _Answer) -> Iterator[str]:
    yield from (name for name, value in _WANTED.items() if page.headers.get(name) != value)
    sufficient = {
        "Referrer-Policy": page.headers.get("Referrer-Policy") in _REFERRERS,
        "Content-Security-Policy": _is_strict(page.headers.get("Content-Security-Policy", "")),
        "Strict-Transport-Security": _is_long(page.headers.get("Strict-Transport-Security", "")),
        "Cache-Control": page.path != _SIGN_IN or "no-store" in page.headers.get("Cache-Control", ""),
        "Set-Cookie": all(page.path == _SIGN_IN and _is_guarded(cookie) for cookie in page.cookies),
    }
    yield from (name for name, is_sufficient in sufficient.items() if not is_sufficient)


def _is_guarded(cookie: str) -> bool:
    return cookie.startswith("__Host-") and "; secure" in cookie.lower()


def _is_strict(policy: str) -> bool:
    return "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy


def _is_long(transport_security: str) -> bool:
    age = transport_security.partition("max-age=")[2].partition(";")[0]
    return age.isdecimal() and int(age) >= _HSTS_LEAST


def _clock(page: _Answer) -> Iterator[Finding]:
    try:
        theirs = parsedate_to_datetime(page.headers.get("Date", ""))
    except ValueError:
        return
    if abs(theirs - timezone.now()) > _CLOCKS_DIFFER:
        yield warn("The site has another time than this machine.", "Set both clocks by NTP.")
