"""What search asks the database: its index, which is FTS5 on SQLite, GIN over text search vectors on PostgreSQL.

Both take the words as `tokens` makes them, and cut or change nothing: neither knows Chinese, and their own ways of
folding differ. Nothing is ranked by the database either. So both find the same, in the same order.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from types import ModuleType
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, router, transaction
from django.db.models import OuterRef, Subquery

from casetracker.core.prepared import Prepared
from casetracker.public.models import SearchEntry
from casetracker.public.search import fts5, gin
from casetracker.public.search.places import DOCUMENTS, SPANS
from casetracker.public.search.tokens import Term

_INDEXES: dict[str, ModuleType] = {"sqlite": fts5, "postgresql": gin}


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Install the index if it is not there, and fill it from the table."""
    database = connections[using]
    if SearchEntry._meta.db_table not in database.introspection.table_names():
        return
    with transaction.atomic(using=using), database.cursor() as cursor:
        _INDEXES[database.vendor].install(cursor)


def install_after_migrate(using: str, **_kwargs: Any) -> None:
    """Install the index (receiver of `post_migrate`): a migration may remake the table, and drop it with that."""
    install(using)


def refill(using: str = DEFAULT_DB_ALIAS) -> None:
    """Write the index anew: on SQLite, words that are deleted stay in it until it merges its parts."""
    if connections[using].vendor == "sqlite":
        with connections[using].cursor() as cursor:
            fts5.refill(cursor)


def matching(terms: Iterable[Term], span: range, *, in_names: bool, limit: int, is_common: bool = False) -> list[int]:
    """Return the entries in a span that fit all terms, last first.

    `in_names` wants all of them in names; without it, those are left out. `is_common` says that many fit.
    """
    with _index() as (index, cursor):
        found: list[int] = index.matching(
            cursor, list(terms), span, in_names=in_names, limit=limit, is_common=is_common
        )
        return found


def counts(terms: Iterable[Term], spans: Sequence[range], *, most: int, column: str = "words") -> list[int]:
    """Return how many entries fit in each of some spans, counted up to `most`."""
    with _index() as (index, cursor):
        found: list[int] = index.counts(cursor, list(terms), spans, column=column, most=most)
        return found


def live_documents(kind: str, numbers: Sequence[int], *, with_body: bool) -> list[tuple[Any, ...]]:
    """Return number, reference, label and passages of what is live among some documents; on demand their bodies."""
    return _documents_query(kind, len(numbers), with_body, router.db_for_read(SearchEntry)).fetch(*numbers)


@lru_cache(maxsize=500)
def _documents_query(kind: str, number: int, with_body: bool, using: str) -> Prepared:
    """Return what asks for so many documents by their numbers."""
    entries = SearchEntry.objects.filter(pk=OuterRef("number") + SPANS[kind].start)
    documents = DOCUMENTS[kind].objects.live().annotate(passages=Subquery(entries.values("passages")))
    columns = ("number", "reference", "label", "passages", *(("body",) if with_body else ()))
    return Prepared(documents.filter(number__in=range(number)).values_list(*columns), using)


@contextmanager
def _index() -> Iterator[tuple[ModuleType, Any]]:
    connection = connections[router.db_for_read(SearchEntry)]
    with connection.cursor() as cursor:
        yield _INDEXES[connection.vendor], cursor
