"""All routes of the project, and who each is for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

PUBLIC, STAFF, WATCH = "public", "staff", "watch"  # the last for programs that watch over a site
# The first part of an address says who it is for. An unknown one must be decided on here.
_BY_FIRST_PART = {
    "api": PUBLIC,
    "robots.txt": PUBLIC,
    "sitemap.xml": PUBLIC,
    "sitemaps": PUBLIC,
    "": PUBLIC,
    "accounts": STAFF,
    "desk": STAFF,
    "health": WATCH,
    "metrics": WATCH,
    **{code: PUBLIC for code, _name in settings.LANGUAGES},
}


@dataclass(frozen=True)
class Route:
    """One pattern of the resolver, with the patterns above it joined."""

    path: str
    name: str | None
    callback: Any
    parameters: frozenset[str]

    def __str__(self) -> str:
        return self.path or "/"


def routes() -> list[Route]:
    return list(_walk(get_resolver(), "", frozenset()))


def _walk(resolver: URLResolver, path: str, parameters: frozenset[str]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        here = path + str(pattern.pattern).removeprefix("^")
        names = parameters | frozenset(pattern.pattern.converters) | frozenset(_groups(pattern))
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, here, names)
        else:
            yield Route(here, pattern.name, pattern.callback, names)


def _groups(pattern: URLPattern | URLResolver) -> list[str]:
    return list(pattern.pattern.regex.groupindex)


def classify(route: Route) -> str | None:
    """Return who a route is for; None if its first part is new."""
    return _BY_FIRST_PART.get(route.path.partition("/")[0])
