"""What a list of the desk shows, as something that can be exported: its records kind by kind, and their citations."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.admin import AdminSite
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ALL_VAR, PAGE_VAR, SEARCH_VAR
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from casetracker.desk.bulk.plan import key_in
from casetracker.desk.exchange.columns import CITATION, SheetKind, sheet_kinds
from casetracker.desk.queues import Queue
from casetracker.review.admin.exporting import TICKED
from casetracker.review.models import Citation, Record

_OF_NO_ROW = (PAGE_VAR, ALL_VAR)  # They say which part of the list is on the screen.


@dataclass(frozen=True)
class Sheet:
    """One file that a list can be exported to. `order` has the keys of its rows where the query has no order."""

    name: str
    label: str
    kind: SheetKind
    rows: QuerySet
    order: Sequence[UUID] = ()

    @property
    def number(self) -> int:
        """How many rows it has. One query."""
        return self.rows.count()


@dataclass(frozen=True)
class DeskList:
    """A list of the desk: its title, its address, and the files that it can be exported to."""

    title: str
    address: str
    sheets: Sequence[Sheet]


def list_of_admin(request: HttpRequest, kind: SheetKind, site: AdminSite) -> DeskList:
    """Return what the admin's list of a kind shows for the query string of this request, or the ticked rows of it.

    Raises `BadRequest` if the query string makes no sense: a file of everything is not what was meant then.
    """
    meta = kind.model._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    rows = _shown(request, site.get_model_admin(kind.model))
    if TICKED in request.POST:
        rows = rows.filter(pk__in=_ticked(request))
    query = request.GET.urlencode()
    return DeskList(
        str(capfirst(meta.verbose_name_plural)), f"{address}?{query}" if query else address, list(_sheets(kind, rows))
    )


def _shown(request: HttpRequest, admin: Any) -> QuerySet:
    asking, query = copy(request), request.GET.copy()
    for name in _OF_NO_ROW:
        query.pop(name, None)
    asking.GET = query  # type: ignore[assignment]
    refusal = _("The filters in this address make no sense. Go back to the list.")
    try:
        shown = admin.get_changelist_instance(asking)
    except IncorrectLookupParameters as wrong:
        raise BadRequest(refusal) from wrong
    if shown.query != query.get(SEARCH_VAR, ""):  # It could not be read, and the list shows everything.
        raise BadRequest(refusal)
    rows: QuerySet = shown.queryset
    return rows


def list_of_queue(request: HttpRequest, queue: Queue) -> DeskList:
    """Return what a queue holds, or the ticked records of it."""
    keys = queue.keys()
    if TICKED in request.POST:
        ticked = _ticked(request)
        keys = [key for key in keys if key in ticked]
    held = dict(Record.objects.filter(pk__in=keys).order_by().values_list("pk", "kind"))
    sheets: list[Sheet] = []
    for kind in sheet_kinds().values():
        own = [key for key in keys if kind.record and held.get(key) == kind.name]
        if own:
            sheets += _sheets(kind, kind.model._default_manager.filter(pk__in=own), own)
    return DeskList(queue.title, reverse("admin:queue", args=[queue.name]), sheets)


def _ticked(request: HttpRequest) -> set[UUID]:
    return {key for key in map(key_in, request.POST.getlist(TICKED)) if key}


def _sheets(kind: SheetKind, rows: QuerySet, order: Sequence[UUID] = ()) -> Iterator[Sheet]:
    called = str(kind.model._meta.verbose_name_plural)
    yield Sheet(kind.name, str(capfirst(called)), kind, rows, order)
    if kind.record:
        citations = Citation.objects.filter(record__in=rows.order_by().values("pk"))
        yield Sheet(
            f"{kind.name}-citations",
            _("Citations of these %(records)s") % {"records": called},
            sheet_kinds()[CITATION],
            citations.order_by("record__created_at", "record_id", "position", "pk"),
        )
