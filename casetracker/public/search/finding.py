"""What fits a query, in an order: governments, then each kind of record, then sources.

In each kind what has the words in its name comes first, then what has them elsewhere; the newest first in both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from django.conf import settings

from casetracker.public.governments import summaries
from casetracker.public.search import engine
from casetracker.public.search.places import DOCUMENTS, number_in, range_of
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


@dataclass(frozen=True)
class Position:
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

    terms: tuple[Term, ...]
    governments: tuple[str, ...]
    replaced: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @cached_property
    def counts(self) -> dict[str, int]:
        """How much of each kind fits, counted up to `MOST_COUNTED` and one. One query for each kind."""
        return {kind: self._count(kind) for kind in KINDS}

    def positions(self, kinds: Sequence[str], *, limit: int, after: Position | None = None) -> list[Position]:
        """Return what fits, of some kinds in the order of `KINDS`. Two queries for each kind at most."""
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

    def _count(self, kind: str) -> int:
        if kind == GOVERNMENT:
            return len(self._fitting_governments())
        low, high = range_of(kind)
        return engine.count(self.terms, low=low, high=high, most=MOST_COUNTED + 1)

    def _entries(self, kind: str, tier: int, below: int | None, limit: int) -> list[int]:
        if kind == GOVERNMENT:
            found = [] if tier == _ELSEWHERE else self._fitting_governments()
            return [entry for entry in found if below is None or entry < below][:limit]
        low, high = range_of(kind)
        return engine.matching(
            self.terms,
            in_names=tier == _IN_NAMES,
            low=low,
            high=high if below is None else min(below, high),
            limit=limit,
        )

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
    accused = settings.ACCUSED_STATE
    governments = tuple(sorted({accused, *(summary.code for summary in summaries(head))}))
    search = Search(tuple(terms), governments)
    if any(search.counts.values()):
        return search
    return _corrected(search)


def _corrected(search: Search) -> Search:
    names = {word for code in search.governments for word in _words_of(code) if can_be_mistyped(word)}
    terms, replaced = [], []
    for term in search.terms:
        alone = Search((term,), search.governments)
        similar = [] if any(alone.counts.values()) else similar_words(term.words[0], names)
        terms.append(term_called(similar) if similar else term)
        if similar:
            replaced.append((term.words[0], tuple(similar)))
    return Search(tuple(terms), search.governments, tuple(replaced))


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
