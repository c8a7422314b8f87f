"""What a file without private parts leaves out as a whole: rows of which a text contains a private term after all.

Nothing can be cut out of a row: an import would take what is left for the new text.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import chain
from uuid import UUID

from django.db.models import QuerySet

from casetracker.accounts.models import User
from casetracker.core.terms import SearchedText, Term
from casetracker.desk.exchange.cells import Links, LongText, ShortText
from casetracker.desk.exchange.columns import CITATION, SOURCE, SheetKind
from casetracker.desk.exchange.export import Table
from casetracker.review.kinds import all_kinds
from casetracker.review.models import Citation, PrivateTerm
from casetracker.review.secrecy import terms_to_hide_by_record

# Links may be keys of the person's own.
_TEXTS = (ShortText, LongText, Links)
Pairs = Iterator[tuple[UUID, UUID]]


def withheld(kind: SheetKind, queryset: QuerySet, person: User) -> list[UUID]:
    """Return the keys of the rows that this person may take out only with private parts.

    As in a case file: a term of the record, of one that it links to, or, for a source, of one that cites it, now or
    ever, but for what the public reads.
    """
    hidden = _hidden_terms(kind, queryset)
    if not hidden:
        return []
    table = Table(kind, queryset.filter(pk__in=hidden), person, with_private=False)
    places = [place for place, column in enumerate(table.columns) if isinstance(column.widget, _TEXTS)]
    texts_in = cache(SearchedText)
    return [
        pk for pk, cells in table.lines() if _contains(hidden[pk], (texts_in(str(cells[place])) for place in places))
    ]


def _contains(terms: list[Term], texts: Iterator[SearchedText]) -> bool:
    return any(term.is_in(text) for text in texts for term in terms)


def _hidden_terms(kind: SheetKind, queryset: QuerySet) -> dict[UUID, list[Term]]:
    """Return for each row whose texts must be looked at the terms to look for."""
    things = queryset.order_by().values("pk")
    terms = terms_to_hide_by_record(PrivateTerm.history.order_by().values_list("record_id", flat=True).distinct())
    found: dict[UUID, list[Term]] = defaultdict(list)
    for pk, record in set(_records_behind(kind, things)):
        found[pk] += terms.get(record, ())
    return {pk: hidden for pk, hidden in found.items() if hidden}


def _records_behind(kind: SheetKind, things: QuerySet) -> Pairs:
    """Yield each row's key with those of the records whose terms it may contain."""
    if kind.name == SOURCE:
        return _of_citations("source_id", source__in=things)
    if kind.name == CITATION:
        return _of_citations("pk", pk__in=things)
    return chain(((pk, pk) for pk in things.values_list("pk", flat=True)), _linked(record__in=things))


def _of_citations(key: str, **which: QuerySet) -> Pairs:
    cited = list(Citation.objects.filter(**which).order_by().values_list(key, "record_id"))
    linked = defaultdict(list)
    for record, other in _linked(record__in=Citation.objects.filter(**which).order_by().values("record")):
        linked[record].append(other)
    for pk, record in cited:
        yield pk, record
        yield from ((pk, other) for other in linked[record])


def _linked(**which: QuerySet) -> Pairs:
    """Yield the key of each record with those of the records that it links to. One query for each link of a kind."""
    for kind in all_kinds():
        for name in kind.links:
            rows = kind.model._default_manager.filter(**which, **{f"{name}__isnull": False})
            yield from rows.order_by().values_list("pk", name)
