"""How alike two titles are, and two texts: what copies have in common. No query, and bounded work for any text."""

import re
from array import array
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from hashlib import blake2b
from heapq import nsmallest

from casetracker.core.text import fold

# Chinese, Japanese and Korean text has no spaces: each sign is a word.
_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_ENDS_WITH_PUBLISHER = re.compile(r"\s+[-–—|·:]\s+(?P<publisher>[^-–—|·:]+)$")
_SHINGLE = 5  # words in a row that hardly stand in two texts by chance
_SKETCH = 256  # of the hashes of a text are compared, the smallest; that is off by 0.06 at most times
_MOST_WORDS = 50_000  # the rest of a longer text is not looked at
_SHORT = 4  # words: a shorter title, such as “China”, says nothing
_NUMBERS = re.compile(r"\d+")


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded: case, accents, punctuation and script make no difference."""
    return _WORDS.findall(fold(text))[:_MOST_WORDS]


def bare_title(title: str, publisher: str) -> str:
    """Return a title without the publisher's name, which many sites put behind it."""
    match = _ENDS_WITH_PUBLISHER.search(title)
    if match and (fold(match["publisher"]) in fold(publisher) or fold(publisher) in fold(match["publisher"])):
        return title[: match.start()]
    return title


def title_likeness(one: list[str], other: list[str]) -> float:
    """Compare two titles, given as words: 1 for the same, 0 for other numbers in them or for too few words."""
    if min(len(one), len(other)) < _SHORT:
        return 0.0
    if one == other:
        return 1.0
    if _numbers(one) != _numbers(other):  # “3 stations found” and “5 stations found” are two reports.
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return min(matcher.ratio(), 0.99)


def _numbers(words: list[str]) -> list[str]:
    return sorted(word for word in words if _NUMBERS.fullmatch(word))


def sketch(text: str) -> frozenset[int]:
    """Return what a text is compared by: of the hashes of all its runs of five words, the smallest few hundred.

    Empty for a text that is too short to tell anything. Two sketches can be kept and compared without their texts.
    """
    return frozenset(nsmallest(_SKETCH, set(_shingles(words_of(text)))))


def packed(values: Iterable[int]) -> bytes:
    """Return a sketch as bytes, to be kept in a database."""
    return array("Q", sorted(values)).tobytes()


def unpacked(kept: bytes) -> frozenset[int]:
    """Return the sketch that `packed` made bytes of."""
    return frozenset(array("Q", bytes(kept)))


def _shingles(words: list[str]) -> Iterator[int]:
    for start in range(len(words) - _SHINGLE + 1):
        run = " ".join(words[start : start + _SHINGLE])
        yield int.from_bytes(blake2b(run.encode(errors="surrogatepass"), digest_size=8).digest())


def sketch_likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """Estimate which part of all runs of words of two texts stands in both, from their sketches: 0 to 1."""
    if not one or not other:
        return 0.0
    # The smallest hashes of both together are a fair sample of all, whichever text they come from.
    sample = nsmallest(_SKETCH, one | other)
    return sum(value in one and value in other for value in sample) / len(sample)
