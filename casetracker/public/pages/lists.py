"""Lists of published documents, with the filters, order and pages of the API."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext

from casetracker.public import routes
from casetracker.public.counting import count_of
from casetracker.public.filters import PublicFilterSet, form_of
from casetracker.public.keyset import BadCursor, Ordering, page_of
from casetracker.public.keyset import Page as Slice
from casetracker.public.models import Document
from casetracker.public.models.base import VersionedQuerySet
from casetracker.public.pages.base import Page
from casetracker.public.pages.controls import Control, chips_of, controls_of
from casetracker.public.pages.facets import facets_of
from casetracker.public.pages.queries import CURSOR, ORDERING, Query, read_query
from casetracker.public.pages.standpoint import Standpoint, standpoint_of
from casetracker.public.rendering.values import Rendered
from casetracker.public.view import NOW, View
from casetracker.publication.reading import Head

ROWS = 50


class ListPage(Page):
    """A list with filters. A bad value gets its message at the filter and no list, for that would mislead."""

    model: type[Document]
    filterset_class: type[PublicFilterSet]
    # The first is the default. Names and columns are those of the API, so that cursors work there too.
    orderings: ClassVar[Mapping[Ordering, str | Promise]]
    # Filter to column, where the values in use are offered and counted.
    facets: ClassVar[Mapping[str, str]]
    first_filters: tuple[str, ...]
    # Sources are no records: they have no day of their own.
    takes_view = True
    has_places = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Lead to the short address first: a form sends its empty fields too."""
        query = read_query(request.GET, form_of(self.filterset_class, takes_view=self.takes_view).fields)
        if query.had_blanks:
            return HttpResponseRedirect(address(request.path, query.given.urlencode()))
        return super().get(request, query=query, **kwargs)

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return filters, rows, their number, and the ways to the next page and to the data."""
        query: Query = kwargs["query"]
        form = form_of(self.filterset_class, query.filters, takes_view=self.takes_view)
        standpoint = standpoint_of(head, query, form)
        view = standpoint.view if standpoint else NOW
        seen = self.model.objects.seen(view)
        controls = controls_of(form, query, facets_of(head, seen, self.facets, view), self.first_filters)
        ordering, problems = self._ordering(query)
        context = self._offered(controls, query) | {"ordering": ordering, "standpoint": standpoint}
        if standpoint is None or problems:
            return context | {"refused": True, "problems": problems}
        rows = self._narrowed(seen, form, query)
        try:
            page = page_of(rows, ordering, ("body",), limit=ROWS, cursor=query.given.get(CURSOR, ""))
        except BadCursor:
            problem = gettext("The address of this page of the list is not complete. Begin with its first page.")
            return context | {"refused": True, "problems": [problem]}
        context["count"] = count_of(head, rows.model, dict(query.filters.lists()), view, rows.count)
        return context | self._page(head, standpoint, page)

    def _offered(self, controls: list[Control], query: Query) -> dict[str, Any]:
        """Return the filters and orders that the page offers, and its addresses."""
        return {
            "controls": controls,
            "more_controls": any(not control.first for control in controls),
            "more_errors": any(control.errors and not control.first for control in controls),
            "chips": list(chips_of(controls, query)),
            "orderings": self.orderings,
            "ordering_is_default": ORDERING not in query.given,
            "paged": CURSOR in query.given,
            **data_links(self.plural, query.without(CURSOR), places=self.has_places),
            "first_page": address(self.request.path, query.without(CURSOR).urlencode()),
        }

    def shown(self, head: Head, contents: list[Rendered], view: View) -> dict[str, Any]:
        """Return what the template shows of the documents on this page of the list."""
        raise NotImplementedError

    def _page(self, head: Head, standpoint: Standpoint, page: Slice) -> dict[str, Any]:
        following = standpoint.query.with_value(CURSOR, page.next_cursor).urlencode() if page.next_cursor else ""
        contents = [json.loads(body) for (body,) in page.rows]
        next_page = address(self.request.path, following) if following else ""
        return {"next_page": next_page, **self.shown(head, contents, standpoint.view)}

    def _ordering(self, query: Query) -> tuple[Ordering, list[str]]:
        default, *_others = self.orderings
        name = query.given.get(ORDERING, default.name)
        for ordering in self.orderings:
            if ordering.name == name:
                return ordering, []
        return default, [gettext("There is no order “%(name)s”. Choose one of those offered.") % {"name": name}]

    def _narrowed(self, rows: VersionedQuerySet, form: forms.Form, query: Query) -> QuerySet:
        """Return the rows that the filters in use leave. The form must be valid."""
        values = form.cleaned_data
        used = {name: values[name] for name in self.filterset_class.base_filters if name in query.given}
        return self.filterset_class.narrow(rows, used)


def data_links(plural: str, query: QueryDict, *, places: bool = False) -> dict[str, str]:
    """Return the addresses of exactly this list in the API: in pages, and whole as files."""
    formats = {"csv_link": "csv", **({"geojson_link": "geojson"} if places else {})}
    links = {"api_link": address(routes.listing(plural), query.urlencode())}
    for name, form in formats.items():
        asked = query.copy()
        asked["format"] = form
        links[name] = address(routes.listing(plural), asked.urlencode())
    return links


def address(path: str, query: str) -> str:
    """Return a path with its query, if there is one."""
    return f"{path}?{query}" if query else path
