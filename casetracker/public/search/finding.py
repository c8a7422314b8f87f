"""What fits a query, in an order: governments, then each kind of record, then sources.

In each kind what has the words in its name comes first, then what has them elsewhere; the newest first in both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches

from casetracker.public.counting import once_per_head
from casetracker.public.governments import summaries
from casetracker.public.search import engine
from casetracker.public.search.marking import Marker
from casetracker.public.search.places import DOCUMENTS, SPANS, number_in
from casetracker.public.search.spelling import can_be_mistyped, similar_words
from casetracker.public.search.texts import names_of_government
from casetracker.public.search.tokens import Term, name_tokens_of, term_called, terms_of
from casetracker.publication.reading import Head

LONGEST = 200  # characters of a query
GOVERNMENT = "government"
KINDS = (GOVERNMENT, *DOCUMENTS)
MOST_COUNTED = 1_000

_IN_NAMES, _ELSEWHERE = 0, 1
_LETTERS = 36**2  # more than there are codes of two letters


class Position(NamedTuple):
    """A place in what was found: kind, whether the words stand elsewhere than in its name, entry."""

    bucket: int
    entry: int

    @property
    def kind(self) -> str:
        """The kind of what stands there."""
        return KINDS[self.bucket // 2]

    @property
    def key(self) -> str:
        """The code of the government, or the number of the record."""
        return _code_of(self.entry) if self.kind == GOVERNMENT else str(number_in(self.entry))


@dataclass(frozen=True)
class Search:
    """A query as it was understood. `replaced` has the words that nothing has, each with those taken instead."""

    head: Head
    terms: tuple[Term, ...]
    replaced: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @cached_property
    def counts(self) -> dict[str, int]:
        """How much of each kind fits, counted up to `MOST_COUNTED` and one. Counted once per head."""
        return self._once("words", self._count)

    @cached_property
    def name_counts(self) -> dict[str, int]:
        """How much of each kind has all words in its name, counted as far."""
        return self._once("names", partial(self._count_entries, "names"))

    @cached_property
    def marker(self) -> Marker:
        """What finds the words in texts."""
        return Marker(self.terms)

    @cached_property
    def governments(self) -> tuple[str, ...]:
        """The codes of all governments that can be found."""
        return tuple(sorted({settings.ACCUSED_STATE, *(summary.code for summary in summaries(self.head))}))

    def positions(self, kinds: Sequence[str], *, limit: int, after: Position | None = None) -> list[Position]:
        """Return what fits, of some kinds in the order of `KINDS`. Two queries for each kind, as a rule."""
        found: list[Position] = []
        for kind in filter(self.counts.get, kinds):
            for tier in (_IN_NAMES, _ELSEWHERE):
                bucket = 2 * KINDS.index(kind) + tier
                if len(found) == limit or (after is not None and bucket < after.bucket):
                    continue
                below = after.entry if after is not None and bucket == after.bucket else None
                entries = self._entries(kind, tier, below, limit - len(found))
                found += [Position(bucket, entry) for entry in entries]
        return found

    def _entries(self, kind: str, tier: int, below: int | None, limit: int) -> list[int]:
        if kind == GOVERNMENT:
            found = [] if tier == _ELSEWHERE else self._fitting_governments()
            return [entry for entry in found if below is None or entry < below][:limit]
        named, fitting = self.name_counts[kind], self.counts[kind]
        number = named if tier == _IN_NAMES else fitting
        if number == 0 or (tier == _ELSEWHERE and named == fitting <= MOST_COUNTED):
            return []
        span = SPANS[kind]
        return engine.matching(
            self.terms,
            span if below is None else range(span.start, min(below, span.stop)),
            in_names=tier == _IN_NAMES,
            limit=limit,
            is_common=number > MOST_COUNTED,
        )

    def _once(self, column: str, count: Callable[[], dict[str, int]]) -> dict[str, int]:
        return once_per_head(self.head, f"search {column} {self.terms}", count, store=caches["search"])

    def _count(self) -> dict[str, int]:
        return {GOVERNMENT: len(self._fitting_governments()), **self._count_entries("words")}

    def _count_entries(self, column: str) -> dict[str, int]:
        numbers = engine.counts(self.terms, list(SPANS.values()), most=MOST_COUNTED + 1, column=column)
        return dict(zip(SPANS, numbers, strict=True))

    def _fitting_governments(self) -> list[int]:
        fitting = (code for code in self.governments if all(term.fits(_words_of(code)) for term in self.terms))
        return sorted(map(_entry_of, fitting), reverse=True)


def search_for(head: Head, query: str) -> Search | None:
    """Read a query; None if it has neither letters nor digits.

    A word that nothing has gives way to those of names that it may be meant for.
    """
    terms = terms_of(query)
    if not terms:
        return None
    search = Search(head, tuple(terms))
    return search if any(search.counts.values()) else _corrected(search)


def _corrected(search: Search) -> Search:
    names = {word for code in search.governments for word in _words_of(code) if can_be_mistyped(word)}
    terms, replaced = [], []
    for term in search.terms:
        alone = Search(search.head, (term,))
        similar = [] if any(alone.counts.values()) else similar_words(term.words[0], names)
        terms.append(term_called(similar) if similar else term)
        if similar:
            replaced.append((term.words[0], tuple(similar)))
    return Search(search.head, tuple(terms), tuple(replaced))


@cache
def _words_of(code: str) -> frozenset[str]:
    return frozenset(name_tokens_of(names_of_government(code)))


def _entry_of(code: str) -> int:
    """Return the number that stands for a government: the last one first is the order of the codes."""
    return _LETTERS - int(code, 36)


def _code_of(entry: int) -> str:
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    first, second = divmod(_LETTERS - entry, 36)
    return letters[first] + letters[second]
