"""All pages, for search engines: an index, and a file for each kind of page."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib.sitemaps import Sitemap, views
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from casetracker.public.governments import summaries
from casetracker.public.pages.base import Page
from casetracker.public.search.places import DOCUMENTS
from casetracker.publication.reading import Head, current_head


class _PageMap(Sitemap):
    """Pages in every language, each with the addresses of the others."""

    i18n = True
    alternates = True
    x_default = True
    limit = 5_000


class _Fixed(_PageMap):
    """Pages that are always there."""

    NAMES: ClassVar = (
        "home", "stations", "governments", "responses", "agreements", "claims", "sources",
        "timeline", "statistics", "corrections", "method", "log", "reply", "feeds", "downloads", "columns",
    )  # fmt: skip

    def items(self) -> list[str]:
        """Return their names."""
        return list(self.NAMES)

    def location(self, item: str) -> str:
        """Return the address of one."""
        return reverse(item)


class _Governments(_PageMap):
    """Governments with something in the record."""

    def items(self) -> list[str]:
        """Return their codes."""
        return [summary.code for summary in summaries(current_head())]

    def location(self, item: str) -> str:
        """Return the address of one."""
        return reverse("government", kwargs={"code": item})


class _Documents(_PageMap):
    """What is live of one kind."""

    def __init__(self, kind: str) -> None:
        """Take the kind."""
        super().__init__()
        self.kind = kind

    def items(self) -> Any:
        """Return the documents, without their texts."""
        return DOCUMENTS[self.kind].objects.live().order_by("number").only("reference", "published_at")

    def location(self, item: Any) -> str:
        """Return the address of one."""
        return reverse(self.kind, kwargs={"reference": item.reference})

    def lastmod(self, item: Any) -> dt.datetime:
        """Return when its last version was published."""
        return item.published_at


def _sections() -> dict[str, type[Sitemap] | Sitemap]:
    documents = {f"{kind}s": _Documents(kind) for kind in DOCUMENTS}
    return {"pages": _Fixed(), "governments": _Governments(), **documents}


class Index(Page):
    """The files of which the map of the site consists."""

    form = "sitemap"

    def rendered(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        """Return the index."""
        return views.index(request, _sections(), sitemap_url_name="sitemap-section").render()


class Section(Page):
    """The pages of one kind."""

    form = "sitemap"

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return which kind is asked for. Raises `Http404` for none."""
        if kwargs["section"] not in _sections():
            raise Http404
        return {"kind": kwargs["section"]}

    def rendered(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        """Return the pages; 404 for a part of the file that is not there."""
        return views.sitemap(request, _sections(), section=context["kind"]).render()
