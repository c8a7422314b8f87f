"""Asking for everything that the public can ask for, made from the resolver and from the answers."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from itertools import chain
from urllib.parse import quote, urljoin, urlsplit

from django import forms
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language_from_path, override

from casetracker.public.filters import (
    AgreementFilter,
    ClaimFilter,
    GovernmentForm,
    ResponseFilter,
    SourceFilter,
    StationFilter,
    form_of,
)
from casetracker.public.models import SourceDocument
from casetracker.public.packages.shelf import kept
from casetracker.public.pages.citing import ENDINGS
from casetracker.publication.models import LogEntry
from tests.architecture.routes import PUBLIC, STAFF, Route, classify, routes

_LINKS = re.compile(r'(?:href|src|action)="([^"]+)"|"(?:next|self|page|version|versions|government)":"([^"]+)"')
_TRANSLATED = ("/nl/", "/zh-hans/")
_PARAMETER = re.compile(r"\(\?P<\w+>[^)]*\)|<(?:\w+:)?\w+>")
_FILTERS = {
    "stations": StationFilter,
    "responses": ResponseFilter,
    "agreements": AgreementFilter,
    "claims": ClaimFilter,
    "sources": SourceFilter,
    "governments": GovernmentForm,
}
_TEXT_VALUES = {
    "first_reported_after": "2022-01-01",
    "first_reported_before": "2022-12-31",
    "opened_after": "2018-01-01",
    "opened_before": "2022-12-31",
    "closed_after": "2018-01-01",
    "closed_before": "2023-12-31",
    "published_after": "2018-01-01",
    "published_before": "2023-12-31",
    "bbox": "-180,-90,180,90",
    "near": "52.37,4.9,500",
    "date_after": "2022-01-01",
    "date_before": "2022-12-31",
    "signed_after": "2015-01-01",
    "signed_before": "2015-12-31",
    "claimed_after": "2022-01-01",
    "claimed_before": "2022-12-31",
    "claimed_by": "Safeguard Defenders",
    "ended_by": "R-1",
    "value_min": "1",
    "value_max": "100",
    "source": "D-1",
    "station": "S-1",
    "operator_jurisdiction": "Fuzhou",
    "counted_in": "110 Overseas",
    "language": "nl",
    "publisher": "Safeguard Defenders",
}
MOST_CHOICES = 2
# What must be asked with a query.
_NEEDED = {"api-search": "?q=station", "search": "?q=station"}


@dataclass(frozen=True)
class Answer:
    """One request and all that came back."""

    request: str
    path: str
    status: int
    headers: dict[str, str]
    body: str

    @property
    def text(self) -> str:
        """Body and headers, without the address that was asked for and without the length, a mere number."""
        headers = "\n".join(f"{name}: {value}" for name, value in self.headers.items() if name != "Content-Length")
        return f"{headers}\n\n{self.body}".replace(self.path, "").replace(quote(self.path), "")


def addresses() -> list[str]:
    """The address of everything public: each route with all values of its parameters.

    Raises `KeyError` for a parameter that nobody has said here how to fill.
    """
    return [path for route in routes() if classify(route) == PUBLIC for path in paths_of(route)]


def paths_of(route: Route) -> list[str]:
    """The addresses of one route."""
    if not route.parameters:
        return [(reverse(route.name) if route.name else f"/{route.path}") + _NEEDED.get(str(route.name), "")]
    return [reverse(route.name, kwargs=kwargs) for kwargs in _KWARGS[route.parameters](route)]


def _references(route: Route) -> list[str]:
    """All references of the kind that the route is about that were ever public, the next one, and one far off."""
    prefix = re.search(r"\(\?P<reference>([A-Z])-", route.path)[1]
    names = [model.objects.values_list("reference", flat=True) for model in (LogEntry, SourceDocument)]
    given = {name for name in chain(*names) if name.startswith(f"{prefix}-")}
    return [*sorted(given), f"{prefix}-{len(given) + 1}", f"{prefix}-9999"]


def _versions(route: Route) -> list[dict[str, object]]:
    *given, _next, unknown = _references(route)
    return [
        *({"reference": reference, "version": version} for reference in given for version in (1, 2)),
        {"reference": given[0], "version": 3},
        {"reference": unknown, "version": 1},
    ]


def _with_endings(found: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{**kwargs, "ending": ending} for kwargs in found for ending in ENDINGS]


def _packages() -> list[str]:
    """The packages that lie there, and one that never did."""
    return [*(package.name for package in kept()), "casetracker-2022-10-26-9999"]


def _files_of_packages() -> list[dict[str, object]]:
    found = [
        {"name": package.name, "file": file.name} for package in kept() for file in (package.whole, *package.files)
    ]
    return [*found, *({"name": name, "file": "nothing.csv"} for name in _packages())]


_KWARGS = {
    frozenset({"reference"}): lambda route: [{"reference": reference} for reference in _references(route)],
    frozenset({"reference", "version"}): _versions,
    frozenset({"reference", "version", "ending"}): lambda route: _with_endings(_versions(route)),
    frozenset({"reference", "ending"}): lambda route: _with_endings([{"reference": one} for one in _references(route)]),
    frozenset({"name", "file"}): lambda route: _files_of_packages(),
    frozenset({"name", "ending"}): lambda route: _with_endings([{"name": name} for name in _packages()]),
    frozenset({"code"}): lambda route: [{"code": code} for code in ("NL", "CN", "EU", "DE", "ZZ")],
    frozenset({"section"}): lambda route: [{"section": name} for name in ("pages", *sorted(_FILTERS), "nothing")],
    frozenset({"sequence"}): lambda route: [
        {"sequence": sequence} for sequence in (*LogEntry.objects.values_list("sequence", flat=True), 9999)
    ],
}


def queries(path: str) -> list[str]:
    """A path with every filter, with what pages a list, and with what is not understood."""
    found = ["limit=1", "limit=0", "ordering=number", "ordering=-number", "cursor=bm9uZQ", "nonsense=1", "lang=nl"]
    found += ["format=json", "format=csv", "format=ndjson", "format=geojson", "fields=reference,label"]
    found += ["known_at=1", "as_of=2022-12-01", "search=a", "page=2", "since=0", "since=2"]
    filters = _FILTERS.get(path.rstrip("/").rpartition("/")[2])
    for name, field in form_of(filters).fields.items() if filters else ():
        found += [f"{name}={quote(value)}" for value in _values_of(name, field)] + [f"{name}=nonsense", f"{name}="]
    return [f"{path}?{query}" for query in found]


def _values_of(name: str, field: forms.Field) -> list[str]:
    """Values that a filter takes. Raises `KeyError` for a filter of text that nobody has said here how to use."""
    choices = [str(code) for code, _label in getattr(field, "choices", ()) if code]
    if not choices:
        return [_TEXT_VALUES[name]]
    return sorted({*choices[:MOST_CHOICES], *choices[-1:], *({"NL", "CN"} & set(choices))})


def staff_addresses(key: object) -> list[str]:
    """The address of everything that is for staff, with `key` wherever a row is named."""
    paths = (_PARAMETER.sub(str(key), route.path) for route in routes() if classify(route) == STAFF)
    return [f"/{re.sub(r'[$^]', '', path)}" for path in paths]


def read() -> list[Answer]:
    """Ask for everything, and follow the links of our own."""
    client = Client()
    answers: dict[str, Answer] = {}
    waiting = addresses()
    waiting += [query for path in waiting if _is_list(path) for query in queries(path)]
    while waiting:
        path = waiting.pop()
        if path not in answers and not _is_told(path, answers):
            answers[path] = ask(client, "GET", path)
            waiting += [link for link in _links(path, answers[path].body) if _is_new(link, path, answers)]
    return list(answers.values())


def _is_new(link: str, path: str, answers: Container[str]) -> bool:
    """Tell whether to follow a link of a page.

    Pages with a query link to the same with another order, on another day, in another format: thousands that say
    nothing new. What comes after a part of a list is no such.
    """
    return link not in answers and not ("?" in path and "?" in link and "cursor=" not in link)


def _is_told(link: str, answers: Iterable[str]) -> bool:
    """Tell whether a page in another language is like one read before: one of each sort shows what translation adds."""
    sort = re.sub(r"\d+", "1", link)
    return link.startswith(_TRANSLATED) and any(re.sub(r"\d+", "1", path) == sort for path in answers)


def crawl() -> list[Answer]:
    """Ask for everything, in every way, and for what is refused."""
    answers = read()
    client = Client()
    return [*answers, *_other_ways(client, {answer.path: answer for answer in answers}), *_wrong_addresses(client)]


def _is_list(path: str) -> bool:
    return not re.search(r"\d", path.replace("/v1/", "/")) and path.endswith("/")


def _links(path: str, body: str) -> list[str]:
    found = {first or second for first, second in _LINKS.findall(body)}
    urls = (urlsplit(urljoin(f"http://testserver{path}", link.replace("&amp;", "&"))) for link in found)
    own = (
        url
        for url in urls
        if url.netloc == "testserver" and not url.path.startswith(("/static/", "/desk/", "/accounts/"))
    )
    return [f"{url.path}?{url.query}" if url.query else url.path for url in own if url.path]


def ask(client: Client, method: str, path: str, **headers: str) -> Answer:
    response = client.generic(method, path, headers=headers)
    body = b"".join(response) if response.streaming else response.content
    words = " ".join(f"{name}={value}" for name, value in headers.items())
    request = f"{method} {path} {words}".strip()
    return Answer(request, path, response.status_code, dict(response.headers), body.decode(errors="replace"))


def _other_ways(client: Client, answers: dict[str, Answer]) -> list[Answer]:
    """Ask again as caches, other sites and careless programs do: one address for each route and status."""
    examples = {(_route_of(path), answer.status): path for path, answer in answers.items() if "?" not in path}
    found = []
    for path in examples.values():
        etag = answers[path].headers.get("ETag", '"none"')
        found += [ask(client, method, path) for method in ("HEAD", "POST")]
        found.append(ask(client, "OPTIONS", path, origin="https://elsewhere.example"))
        found.append(ask(client, "GET", path, if_none_match=etag))
        found.append(ask(client, "GET", path, accept="application/xml"))
        found.append(ask(client, "GET", path, accept_language="nl", cookie="sessionid=nonsense; django_language=nl"))
    return found


def _route_of(path: str) -> str:
    with override(get_language_from_path(path) or "en"):
        try:
            return resolve(path).route
        except Resolver404:  # An address without a language leads to the one with it.
            return re.sub(r"\d+", "1", path)


def _wrong_addresses(client: Client) -> list[Answer]:
    """Addresses that nothing stands at, and hosts that are not ours."""
    languages = [f"/{code}" for code, _name in settings.LANGUAGES]
    tails = ["nothing/", "stations/S-0/", "stations/S-01/", "stations/S-1", "stations/1/", "stations/%00/", "%FF/"]
    tails += ["stations/S-1/history/", "stations/S-1/versions/0/", "sources/D-1/versions/1/", "records/", "station/"]
    paths = [f"{prefix}/{tail}" for prefix in (*languages, "/api/v1", "/api", "/nl", "") for tail in tails]
    paths += ["/favicon.ico", "/robots.txt", "/sitemap.xml", "/.well-known/security.txt", "/media/x", "/static/x"]
    paths += ["/admin/", "/api/", "/api/v2/", "/__debug__/", "//elsewhere.example/"]
    found = [ask(client, "GET", path) for path in paths]
    found += [ask(client, method, path) for path in paths[:3] for method in ("PUT", "DELETE", "TRACE", "NONSENSE")]
    return [*found, *(ask(client, "GET", path, host="elsewhere.example") for path in ("/", "/en/", "/api/v1/"))]
