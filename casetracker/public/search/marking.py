"""Where a text says what was searched for: which characters are marked, and which part of a long text is shown."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from casetracker.core.han import SIMPLIFIED
from casetracker.core.pinyin import romanised
from casetracker.core.text import readings
from casetracker.public.search.texts import Passage
from casetracker.public.search.tokens import UNSPACED, Term, Token, is_unspaced

_PIECES = re.compile(f"[{UNSPACED}]+|[^\\W{UNSPACED}]+")
_NAME_LENGTHS = (2, 3, 4)
_LONGEST = 240  # characters of an excerpt
_BEFORE = 80  # of them in front of the first mark
_LONGEST_NAME = 20  # characters of a Chinese one

Span = tuple[int, int]


class Part(NamedTuple):
    """A piece of a text; marked if it was searched for."""

    text: str
    is_marked: bool = False


class Excerpt(NamedTuple):
    """A part of a text in parts, with its language. Dots stand where something is left out."""

    parts: list[Part]
    language: str = ""


class Marker:
    """Finds in texts what was searched for. One for each query: what depends on the query alone is made once."""

    def __init__(self, terms: Sequence[Term]) -> None:
        """Take the words of a query."""
        tokens = tuple(_single_tokens(terms))
        self._pattern = _pattern_of(tokens)
        self._wholes = {token.text for token in tokens if not token.is_beginning}
        self._beginnings = tuple(token.text for token in tokens if token.is_beginning)
        self._written = [re.compile(re.escape(word)) for term in terms for word in term.words if is_unspaced(word)]
        self._spoken = {word for term in terms if not is_unspaced(term.words[0]) for word in term.words}
        self._seen: dict[str, list[Span]] = {}  # Most words of a result stand in many others.

    def parts(self, text: str) -> list[Part]:
        """Return a text in parts."""
        if _is_plain(text):
            return [Part(piece, place % 2 == 1) for place, piece in enumerate(self._pattern.split(text)) if piece]
        parts, end = [], 0
        for start, stop in _merged(self._spans(text)):
            if start > end:
                parts.append(Part(text[end:start]))
            parts.append(Part(text[start:stop], is_marked=True))
            end = stop
        return [*parts, Part(text[end:])] if end < len(text) else parts

    def excerpt(self, passages: Iterable[Passage]) -> Excerpt | None:
        """Return the first passage that says what was searched for, or how the first statement begins.

        None without any. What follows the first word that was searched for is not looked at.
        """
        first = None
        for passage in passages:
            start = self._first(passage.text)
            if start is not None:
                return self._cut(passage, start)
            first = first or (passage if passage.text and passage.is_statement else None)
        return self._cut(first, 0) if first else None

    def _cut(self, passage: Passage, around: int) -> Excerpt:
        text = passage.text
        start = 0 if around <= _BEFORE else _next_blank(text, around - _BEFORE, around)
        stop = start + _LONGEST
        stop = len(text) if stop >= len(text) else max(text.rfind(" ", around + 1, stop), start + _LONGEST // 2)
        shown = f"{'… ' if start else ''}{text[start:stop].strip()}{' …' if stop < len(text) else ''}"
        return Excerpt(self.parts(shown), passage.language)

    def _first(self, text: str) -> int | None:
        if _is_plain(text):
            match = self._pattern.search(text)
            return match.start() if match else None
        return next((start for start, _stop in self._spans(text)), None)

    def _spans(self, text: str) -> Iterator[Span]:
        """Yield where a text says what was searched for, in order."""
        for match in _PIECES.finditer(text):
            start = match.start()
            yield from ((start + begin, start + end) for begin, end in self._spans_in_piece(match[0]))

    def _spans_in_piece(self, piece: str) -> list[Span]:
        found = self._seen.get(piece)
        if found is None:
            found = self._seen[piece] = self._look_into(piece)
        return found

    def _look_into(self, piece: str) -> list[Span]:
        if is_unspaced(piece):
            return sorted(self._spans_in_chinese(piece))
        for word in _words_in(piece):
            if word in self._wholes or word.startswith(self._beginnings):
                return [(0, len(piece))]
        return []

    def _spans_in_chinese(self, piece: str) -> Iterator[Span]:
        if self._written:
            simplified = piece.translate(SIMPLIFIED)
            for pattern in self._written:
                yield from (match.span() for match in pattern.finditer(simplified))
        if self._spoken:
            spoken = _spoken_in_name(piece) if len(piece) <= _LONGEST_NAME else _spoken_in(piece)
            for word in self._spoken:
                yield from spoken.get(word, ())


def _is_plain(text: str) -> bool:
    """Tell whether folding does no more to a text than make it small, so that one pattern reads it at one go."""
    return text.isascii() and "_" not in text


def _next_blank(text: str, start: int, end: int) -> int:
    blank = text.find(" ", start, end)
    return start if blank < 0 else blank + 1


@lru_cache(maxsize=200)
def _pattern_of(tokens: tuple[Token, ...]) -> re.Pattern[str]:
    """Return what matches, as its one group, the words in ASCII that tokens stand for; nothing if there are none."""
    words = [token.text + (r"\w*" if token.is_beginning else "") for token in tokens if token.text.isascii()]
    return re.compile(rf"\b({'|'.join(words) or '(?!)'})\b", re.ASCII | re.IGNORECASE)


# Most words of a result stand in many others. Folding them is what takes long.
@lru_cache(maxsize=20_000)
def _words_in(piece: str) -> frozenset[str]:
    return frozenset(word for reading in readings(piece) for word in reading.split())


def _single_tokens(terms: Sequence[Term]) -> Iterator[Token]:
    """Yield the tokens that stand for a word each: pairs of Chinese characters stand for a part of one."""
    for term in terms:
        for tokens in term.alternatives:
            if len(tokens) == 1 and not is_unspaced(tokens[0].text):
                yield tokens[0]


def _spoken_in(piece: str) -> dict[str, list[Span]]:
    """Return all parts of a Chinese text that may be names, by how they are spoken."""
    simplified, found = piece.translate(SIMPLIFIED), dict[str, list[Span]]()
    for length in _NAME_LENGTHS:
        for start in range(len(piece) - length + 1):
            found.setdefault(romanised(simplified[start : start + length]), []).append((start, start + length))
    return found


# Names stand in many texts; the texts themselves would fill the memory.
@lru_cache(maxsize=1_000)
def _spoken_in_name(piece: str) -> dict[str, list[Span]]:
    return _spoken_in(piece)


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans as one where they touch."""
    last = None
    for start, stop in spans:
        if last and start <= last[1]:
            last = last[0], max(stop, last[1])
        else:
            if last:
                yield last
            last = start, stop
    if last:
        yield last
