"""How often each value occurs in a whole list, so that a filter offers no more than there is."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, QuerySet

from casetracker.public.counting import once_per_head
from casetracker.public.filter_fields import NONE
from casetracker.public.view import NOW, View
from casetracker.publication.reading import Head

# By filter: its values and how often each occurs.
Facets = dict[str, dict[str, int]]


def facets_of(head: Head, rows: QuerySet, columns: Mapping[str, str], view: View = NOW) -> Facets:
    """Return the values of `columns` (filter to column) in `rows`, which are all that a view shows.

    One query for each column, once per head.
    """
    return once_per_head(head, f"facets {rows.model.__name__} {view}", lambda: _count(rows, columns))


def _count(rows: QuerySet, columns: Mapping[str, str]) -> Facets:
    return {
        name: {_as_parameter(value): count for value, count in _tally(rows, column) if value is not None}
        for name, column in columns.items()
    }


def _tally(rows: QuerySet, column: str) -> QuerySet:
    return rows.order_by().values_list(column).annotate(Count("pk"))


def _as_parameter(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value or NONE
