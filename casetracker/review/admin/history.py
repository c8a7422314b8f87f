"""The page that tells who did what when, for records and for sources."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from casetracker.review.story import Entry, Sort

ON_A_PAGE = 40
_OLDEST = "oldest"


@dataclass(frozen=True)
class Choice:
    """A link to the same story, told otherwise."""

    label: str
    query: str
    chosen: bool
    count: int | None = None


def history_page(request: HttpRequest, story: list[Entry], context: dict[str, Any]) -> TemplateResponse:
    """Show a page of a story that is given earliest first: latest first unless asked otherwise, all sorts or one.

    `?entry=KEY` shows the page on which that entry stands, for links that last.
    """
    sort, order = request.GET.get("sort", ""), request.GET.get("order", "")
    shown = [entry for entry in story if sort not in Sort.values or sort in entry.sorts]
    if order != _OLDEST:
        shown.reverse()
    pages = Paginator(shown, ON_A_PAGE)
    page = pages.get_page(_page_of(request.GET.get("entry", ""), shown) or request.GET.get("page"))
    context |= {
        "page": page,
        "sorts": list(_sorts(story, sort, order)),
        "orders": [_order(sort, order, "", _("Latest first")), _order(sort, order, _OLDEST, _("Earliest first"))],
        "query": _query(sort=sort if sort in Sort.values else "", order=order if order == _OLDEST else ""),
    }
    return TemplateResponse(request, "desk/history.html", context)


def _page_of(key: str, shown: list[Entry]) -> int | None:
    return next((place // ON_A_PAGE + 1 for place, entry in enumerate(shown) if entry.key == key), None)


def _sorts(story: list[Entry], sort: str, order: str) -> list[Choice]:
    counts = Counter(one for entry in story for one in entry.sorts)
    every = Choice(_("Everything"), _query(order=order), sort not in Sort.values, len(story))
    return [
        every,
        *(
            Choice(str(one.label), _query(sort=one.value, order=order), sort == one, counts[one])
            for one in Sort
            if counts[one]
        ),
    ]


def _order(sort: str, order: str, value: str, label: str) -> Choice:
    return Choice(label, _query(sort=sort, order=value), (order == _OLDEST) == bool(value))


def _query(**values: str) -> str:
    return urlencode({name: value for name, value in values.items() if value})
