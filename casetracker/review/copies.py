"""Which sources may be copies of one another. The number of queries is fixed, and that of comparisons bounded.

Nothing is decided by it: it says what a person should look at.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from casetracker.core.dates import bounds_of
from casetracker.review.models import Citation
from casetracker.sources.choices import COPY_TYPES, Derivation, SourceType
from casetracker.sources.likeness import bare_title, sketch, sketch_likeness, title_likeness, unpacked, words_of
from casetracker.sources.models import Capture, Source, SourceDistinction

_TITLES = 0.85
_QUOTES = 0.6
_TEXTS = 0.6
_SHORT_QUOTE = 6  # runs of five words: fewer stand in two articles by chance
_SHORT_TEXT = 40  # less is a notice such as “Page not found”, which many sites word alike
_LIKELY = {"address": 60, "text": 60, "title": 50, "similar": 40, "quote": 30}
# So many sources that share a key are compared all with all; of more, each with those next to it by title.
_ALL_WITH_ALL, _NEXT = 40, 12
_KEY_RUNS = 16  # of the text: two texts of which most is the same hardly differ in all of so many
_EDGE = 3  # words at the beginning and at the end of a title: a small change leaves one of them as it is
_LOOKED_AT = 500


@dataclass
class Traits:
    """What is compared of one source, folded once for all comparisons."""

    source: Source
    title: list[str]
    quotes: list[frozenset[int]] = field(default_factory=list)
    text: frozenset[int] = frozenset()

    @property
    def keys(self) -> Iterator[tuple[Any, ...]]:
        """What another source must share, at least one of it, to be compared."""
        if self.source.address_key:
            yield "address", self.source.address_key
        if self.title:
            yield "begins", *self.title[:_EDGE]
            yield "ends", *self.title[-_EDGE:]
        for quote in self.quotes:
            yield from (("quote", run) for run in quote)
        yield from (("text", run) for run in nsmallest(_KEY_RUNS, self.text))


@dataclass(frozen=True)
class Pair:
    """Two sources of which the second may copy the first, with what speaks for it."""

    original: Source
    copy: Source
    score: int
    reasons: list[str]

    @property
    def sources(self) -> tuple[Source, Source]:
        """The one that is likely the original first."""
        return self.original, self.copy


def suggested_copies() -> list[Pair]:
    """Return all pairs that look like copies, have not one origin yet and are not told apart. Four queries."""
    traits = _traits(Source.objects.order_by("pk"))
    parents = {key: one.source.derived_from_id for key, one in traits.items()}
    return _pairs(traits, _worth_comparing(traits), parents, _told_apart())


def copies_of(source: Source) -> list[Pair]:
    """Return what may be a copy of a source, or its original. Its number of queries is fixed but for derivations."""
    words = words_of(bare_title(source.title, source.publisher))
    # Whatever is cited for the same records is looked at, whatever it is called.
    beside = Citation.objects.filter(record__in=source.citations.values("record")).values("source")
    alike = Q(pk=source.pk) | Q(pk__in=beside)
    if source.address_key:
        alike |= Q(address_key=source.address_key)
    if words:
        alike |= Q(search_text__contains=_joined(source, words[:_EDGE]))
        alike |= Q(search_text__contains=_joined(source, words[-_EDGE:]))
    traits = _traits(Source.objects.filter(alike).order_by("-created_at", "pk")[:_LOOKED_AT])
    if source.pk not in traits:
        traits |= _traits(Source.objects.filter(pk=source.pk))
    wanted = (pair for pair in _worth_comparing(traits) if source.pk in pair)
    return _pairs(traits, wanted, _lines_above(traits), _told_apart(source.pk))


def _joined(source: Source, words: list[str]) -> str:
    """Return words as they stand in the search text, where Chinese has no blanks."""
    spaced = " ".join(words)
    return spaced if spaced in source.search_text else "".join(words)


def told_apart_from(source: Source) -> list[Source]:
    """Return the sources that somebody has told apart from this one. One query."""
    rows = SourceDistinction.objects.of(source).select_related("first", "second")
    return [row.second if row.first_id == source.pk else row.first for row in rows]


def derivation_of(copy: Source, original: Source) -> Derivation:
    """Return what a copy most likely does with its original, by its type and by the languages of both."""
    if copy.type == SourceType.MACHINE_TRANSLATION:
        return Derivation.MACHINE_TRANSLATION
    languages = {one.language.partition("-")[0] for one in (copy, original)} - {""}
    return Derivation.TRANSLATION if len(languages) > 1 else Derivation.COPY


def _told_apart(key: UUID | None = None) -> set[tuple[UUID, UUID]]:
    rows = SourceDistinction.objects.of(key) if key else SourceDistinction.objects.all()
    return set(rows.order_by().values_list("first_id", "second_id"))


def _traits(sources: Iterable[Source]) -> dict[UUID, Traits]:
    """Return what is compared of sources. Three queries: themselves, what is quoted from them, and their texts."""
    found = {source.pk: Traits(source, words_of(bare_title(source.title, source.publisher))) for source in sources}
    # Of all of them the keys would be more than a query takes.
    theirs = Q(source__in=list(found)) if len(found) <= _LOOKED_AT else Q()
    quoted = Citation.objects.filter(theirs).exclude(quote="").order_by()
    for key, quote in quoted.values_list("source_id", "quote").distinct().iterator(chunk_size=2000):
        if key in found and len(runs := sketch(quote)) >= _SHORT_QUOTE:
            found[key].quotes.append(runs)
    captures = Capture.objects.of_present_addresses().filter(theirs).exclude(text_sketch=b"").order_by("received_at")
    for key, kept in captures.values_list("source_id", "text_sketch").iterator(chunk_size=500):
        if key in found and len(runs := unpacked(kept)) >= _SHORT_TEXT:
            found[key].text = runs  # That of the latest stays.
    return found


def _lines_above(traits: Mapping[UUID, Traits]) -> dict[UUID, UUID | None]:
    """Return which source derives from which, for these and all above them. One query for each further step."""
    parents = {key: one.source.derived_from_id for key, one in traits.items()}
    while missing := {parent for parent in parents.values() if parent} - parents.keys():
        parents.update(Source.objects.filter(pk__in=missing).values_list("pk", "derived_from_id"))
    return parents


def _worth_comparing(traits: Mapping[UUID, Traits]) -> Collection[tuple[UUID, UUID]]:
    buckets: dict[tuple[Any, ...], set[UUID]] = defaultdict(set)
    for key, one in traits.items():
        for shared in one.keys:
            buckets[shared].add(key)
    return {(min(pair), max(pair)) for bucket in buckets.values() for pair in _pairs_in(bucket, traits)}


def _pairs_in(bucket: Collection[UUID], traits: Mapping[UUID, Traits]) -> Iterator[tuple[UUID, UUID]]:
    if len(bucket) <= _ALL_WITH_ALL:
        yield from combinations(bucket, 2)
        return
    ordered = sorted(bucket, key=lambda key: (traits[key].title, str(key)))
    for place, key in enumerate(ordered):
        for other in ordered[place + 1 : place + 1 + _NEXT]:
            yield key, other


def _pairs(
    traits: Mapping[UUID, Traits],
    keys: Iterable[tuple[UUID, UUID]],
    parents: Mapping[UUID, UUID | None],
    told_apart: set[tuple[UUID, UUID]],
) -> list[Pair]:
    found = []
    for one, other in keys:
        if (one, other) in told_apart or _root(one, parents) == _root(other, parents):
            continue
        signs = list(_signs(traits[one], traits[other]))
        if signs:
            original, copy = sorted((traits[one].source, traits[other].source), key=_comes_first)
            score = min(sum(points for points, _words in signs), 100)
            found.append(Pair(original, copy, score, [words for _points, words in signs]))
    return sorted(found, key=lambda pair: (-pair.score, str(pair.original), str(pair.copy.pk)))


def _root(key: UUID, parents: Mapping[UUID, UUID | None]) -> UUID:
    while parent := parents.get(key):
        key = parent
    return key


def _comes_first(source: Source) -> tuple[Any, ...]:
    earliest, _latest = bounds_of(source.published)
    return source.type in COPY_TYPES, earliest is None, earliest, source.created_at, str(source.pk)


def _signs(one: Traits, other: Traits) -> Iterator[tuple[int, str]]:
    if one.source.address_key and one.source.address_key == other.source.address_key:
        yield _LIKELY["address"], _("the same address")
    closeness = title_likeness(one.title, other.title)
    if closeness == 1:
        yield _LIKELY["title"], _("the same title")
    elif closeness >= _TITLES:
        yield _LIKELY["similar"], _("nearly the same title")
    if sketch_likeness(one.text, other.text) >= _TEXTS:
        yield _LIKELY["text"], _("nearly the same text")
    if any(sketch_likeness(a, b) >= _QUOTES for a in one.quotes for b in other.quotes):
        yield _LIKELY["quote"], _("the same words are quoted from both")
