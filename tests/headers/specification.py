"""Which headers each answer has: these and no others. The table is the specification.

Not in it: Content-Length, a mere number that the server adds where it is missing. The order of the names in Vary does
not matter, nor does the case of a name. Content-Encoding comes on top where a public answer is compressed,
X-Robots-Tag on every answer of the demonstration, and Strict-Transport-Security in production.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Like:
    """Any value of this form."""

    pattern: str

    def __eq__(self, value):
        return isinstance(value, str) and re.fullmatch(self.pattern, value) is not None

    def __hash__(self):
        return hash(self.pattern)


LANGUAGE = Like("en|nl|zh-hans")
MOMENT = Like(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT")
ETAG = Like(r'W/"[\w.+]+-\d+\.[0-9a-f]{16}-[\w.-]+"')
HERE = Like(r"/[^/].*|/")  # on this host
SECONDS = Like(r"[1-9]\d?")
FILE = Like(r'attachment; filename="[\w.-]+"')

EVERYWHERE = {
    "Content-Security-Policy": (
        "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; img-src 'self' data:; object-src 'none'; script-src 'self'; style-src 'self'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
HTML = {"Content-Type": "text/html; charset=utf-8"}
PROBLEM = {"Content-Type": "application/problem+json"}
FRESH = {"ETag": ETAG, "Last-Modified": MOMENT}
SAVED = {"Content-Disposition": FILE}

PUBLIC = EVERYWHERE | {
    "Cache-Control": "no-cache",
    "Content-Language": LANGUAGE,
    "Referrer-Policy": "no-referrer",
    "Vary": {"Accept-Encoding"},
}
# Where the address names no language, that of the browser counts.
ANY_LANGUAGE = {"Vary": {"Accept-Encoding", "Accept-Language"}}

API = PUBLIC | {
    "Allow": "GET, HEAD, OPTIONS",
    "Content-Language": "en",
    "Vary": {"Accept", "Accept-Encoding", "origin"},
}
# May be shown for some seconds while a cache asks: see docs/adr/0028-the-api-in-files-changes-and-caches.md.
STALE = {"Cache-Control": "public, max-age=0, stale-while-revalidate=30"}
# Before a view was found.
API_EARLY = {name: value for name, value in API.items() if name != "Allow"} | {"Vary": {"Accept-Encoding", "origin"}}

STAFF = EVERYWHERE | {
    "Cache-Control": "no-store",
    "Content-Language": LANGUAGE,
    "Referrer-Policy": "same-origin",
    "Vary": {"Accept-Language", "Cookie"},
    "X-Robots-Tag": "noindex",
}
SANDBOX = {"Content-Security-Policy": Like("(base-uri 'none'; )?default-src 'none'; .*frame-ancestors 'none'.*")}

TABLE = {
    # What is asked for, and what comes back.
    ("page", 200): PUBLIC | FRESH | HTML,
    ("page", 301): PUBLIC | HTML | {"Location": HERE},
    ("page", 304): PUBLIC | FRESH,
    ("page", 400): PUBLIC | HTML,
    ("page", 404): PUBLIC | HTML,
    ("page", 405): PUBLIC | HTML | {"Allow": "GET, HEAD"},
    ("page", 410): PUBLIC | HTML,
    ("page", 500): PUBLIC | HTML,
    ("citation", 200): PUBLIC | FRESH | SAVED | {"Content-Type": Like(r"application/[\w.+-]+(; charset=utf-8)?")},
    ("feed", 200): PUBLIC | FRESH | {"Content-Type": "application/atom+xml; charset=utf-8"},
    ("picture", 200): PUBLIC | FRESH | {"Content-Type": "image/png"},
    ("root", 200): PUBLIC | ANY_LANGUAGE | {"Content-Type": "text/plain"},
    ("root", 302): PUBLIC | ANY_LANGUAGE | HTML | {"Location": HERE},
    ("root", 404): PUBLIC | ANY_LANGUAGE | HTML,
    ("root", 405): PUBLIC | ANY_LANGUAGE | HTML | {"Allow": "GET, HEAD"},
    ("sitemap", 200): PUBLIC | ANY_LANGUAGE | FRESH | {"Content-Type": "application/xml", "X-Robots-Tag": Like(".*")},
    ("sitemap", 304): PUBLIC | ANY_LANGUAGE | FRESH,
    ("api", 200): API | STALE | FRESH | {"Content-Type": "application/json"},
    ("api", 204): API | HTML,
    ("api", 301): API | HTML | {"Location": HERE},
    ("api", 304): API | STALE | FRESH,
    ("api", 400): API | PROBLEM,
    ("api", 404): API | PROBLEM,
    ("api", 405): API | PROBLEM,
    ("api", 406): API | PROBLEM,
    ("api", 410): API | PROBLEM,
    ("api", 429): API | PROBLEM | {"Retry-After": SECONDS},
    ("api, before a view", 400): API_EARLY | PROBLEM,
    ("api, before a view", 500): API_EARLY | PROBLEM,
    ("download", 200): API | STALE | FRESH | SAVED | {"Content-Type": Like(r"text/csv; .*|application/[\w.+-]+")},
    ("program", 200): API | SAVED | {"Content-Type": "text/x-python; charset=utf-8"},
    ("schema", 200): API
    | {"Content-Type": Like("application/vnd.oai.openapi.*"), "Content-Disposition": Like("inline; .*")},
    ("docs", 200): API | HTML,
    ("static", 200): EVERYWHERE
    | {
        "Cache-Control": "max-age=60, public",
        "Content-Type": Like(r"text/css; .*|text/javascript; .*|image/svg\+xml"),
        "ETag": Like('"[^"]+"'),
        "Last-Modified": MOMENT,
        "Referrer-Policy": "no-referrer",
    },
    ("desk", 200): STAFF | {"Content-Type": Like("text/html; charset=utf-8|application/json|text/javascript; .*")},
    ("desk", 302): STAFF | HTML | {"Location": HERE},
    ("desk", 400): STAFF | HTML,
    ("desk", 403): STAFF | HTML,
    ("desk", 404): STAFF | HTML,
    ("desk", 405): STAFF | HTML | {"Allow": Like("[A-Z, ]+")},
    ("desk", 413): STAFF | HTML,
    ("desk", 429): STAFF | HTML,
    ("desk", 500): STAFF | HTML,
    ("file of the desk", 200): STAFF | SAVED | SANDBOX | {"Content-Type": Like(".+/.+")},
    ("picture of the desk", 200): STAFF | SANDBOX | {"Content-Type": Like("image/.+")},
}
# Comes on top, of the API alone, for whoever asks from another site.
FOR_OTHER_SITES = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Retry-After, Content-Disposition",
}


def differences(kind, response, **asked):
    """What is wrong with the headers of an answer: each name with what it is, and what it should be."""
    expected = TABLE.get((kind, response.status_code))
    if expected is None:
        return {"status": (response.status_code, "not in the table")}
    if "origin" in asked and expected.get("Vary", set()) >= {"origin"}:
        expected = expected | FOR_OTHER_SITES
    given = {name.lower(): value for name, value in response.headers.items() if name != "Content-Length"}
    if given.pop("content-encoding", None) not in (None, "gzip" if "accept_encoding" in asked else None):
        return {"Content-Encoding": (response.headers["Content-Encoding"], None)}
    if "vary" in given:
        given["vary"] = {name.strip() for name in given["vary"].split(",")}
    wanted = {name.lower(): value for name, value in expected.items()}
    return {
        name: (given.get(name), wanted.get(name))
        for name in sorted(given.keys() | wanted.keys())
        if name not in given or name not in wanted or wanted[name] != given[name]
    }
