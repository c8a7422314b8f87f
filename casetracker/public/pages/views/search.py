"""The page of search."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from casetracker.core.text import with_invisible_shown
from casetracker.public import routes
from casetracker.public.keyset import BadCursor
from casetracker.public.pages.base import Page
from casetracker.public.pages.found import in_page_language
from casetracker.public.pages.lists import address
from casetracker.public.pages.queries import CURSOR, Query, read_query
from casetracker.public.rendering.values import LANGUAGE
from casetracker.public.search.asking import KIND, QUERY, SearchForm, cursor_at, position_of
from casetracker.public.search.finding import KINDS, MOST_COUNTED, Position, Search, search_for
from casetracker.public.search.results import Result, results_at
from casetracker.publication.reading import Head

IN_A_GROUP = 5
IN_A_LIST = 50
KIND_NAMES: dict[str, str | Promise] = {
    "government": _("Governments"),
    "station": _("Stations"),
    "response": _("Responses"),
    "agreement": _("Agreements"),
    "claim": _("Claims"),
    "source": _("Sources"),
}


@dataclass(frozen=True)
class Group:
    """What fits of one kind: the first of it, how much there is, and where all of it is."""

    kind: str
    name: str | Promise
    count: int
    address: str
    is_chosen: bool
    results: list[Result]

    @property
    def number(self) -> str:
        """The count as it is shown."""
        return f"{MOST_COUNTED:,}+" if self.count > MOST_COUNTED else str(self.count)

    @property
    def has_more(self) -> bool:
        """Whether some are not shown."""
        return self.count > len(self.results)


class SearchPage(Page):
    """What fits a query: the first of each kind, or all of one."""

    template_name = "public/search.html"
    plural = "search"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Lead to the short address first: a form sends its empty fields too."""
        query = read_query(request.GET, SearchForm.base_fields)
        if query.had_blanks:
            return HttpResponseRedirect(address(request.path, query.given.urlencode()))
        return super().get(request, query=query, **kwargs)

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return what fits; only the field while nothing is asked."""
        query: Query = kwargs["query"]
        asked = with_invisible_shown(query.given.get(QUERY, ""))
        context = {"asked": asked, "api_link": address(routes.listing("search"), query.given.urlencode())}
        if not asked:
            return {**context, "api_link": ""}
        form = SearchForm(query.given)
        if not form.is_valid():
            return context | {"refused": True, "problems": [text for texts in form.errors.values() for text in texts]}
        try:
            after = position_of(query.given.get(CURSOR, ""))
        except BadCursor:
            problem = gettext("The address of this page of the list is not complete. Begin with its first page.")
            return context | {"refused": True, "problems": [problem]}
        search = search_for(head, form.cleaned_data[QUERY])
        if search is None:
            return context | {"unreadable": True}
        chosen = form.cleaned_data[KIND] if KIND in query.given else []
        return context | self._found(search, query, chosen, after)

    def _found(self, search: Search, query: Query, chosen: list[str], after: Position | None) -> dict[str, Any]:
        counts = search.counts
        positions = self._positions(search, chosen, after)
        shown, more = positions[:IN_A_LIST] if chosen else positions, chosen and len(positions) > IN_A_LIST
        found = results_at(shown, search, get_language() or LANGUAGE, with_content=True)
        results = [in_page_language(result, search) for result in found]
        groups = [
            Group(
                kind,
                KIND_NAMES[kind],
                counts[kind],
                _of_kind(query, kind),
                kind in chosen,
                [result for result in results if result.kind == kind],
            )
            for kind in KINDS
        ]
        following = query.with_value(CURSOR, cursor_at(shown[-1])).urlencode() if more else ""
        return {
            "replaced": search.replaced,
            "groups": groups,
            "count": sum(counts.values()),
            "chosen": chosen,
            "everything": address(self.request.path, query.without(CURSOR, KIND).urlencode()),
            "next_page": address(self.request.path, following) if following else "",
            "paged": after is not None,
            "first_page": address(self.request.path, query.without(CURSOR).urlencode()),
        }

    def _positions(self, search: Search, chosen: Iterable[str], after: Position | None) -> list[Position]:
        if chosen:
            return search.positions(list(chosen), limit=IN_A_LIST + 1, after=after)
        return [position for kind in KINDS for position in search.positions([kind], limit=IN_A_GROUP)]


def _of_kind(query: Query, kind: str) -> str:
    return address(reverse("search"), urlencode({QUERY: query.given[QUERY], KIND: kind}))
