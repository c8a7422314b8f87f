"""Where a text says what was searched for: which characters are marked, and which part of a long text is shown."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from casetracker.core.han import SIMPLIFIED
from casetracker.core.pinyin import romanised
from casetracker.core.text import readings
from casetracker.public.search.texts import Passage
from casetracker.public.search.tokens import UNSPACED, Term, Token, is_unspaced

_PIECES = re.compile(f"[{UNSPACED}]+|[^\\W{UNSPACED}]+")
_NAME_LENGTHS = (2, 3, 4)
_LONGEST = 240  # characters of an excerpt
_BEFORE = 80  # of them in front of the first mark


@dataclass(frozen=True)
class Part:
    """A piece of a text; marked if it was searched for."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class Excerpt:
    """A part of a text in parts, with its language. Dots stand where something is left out."""

    parts: list[Part]
    language: str = ""


def marked(text: str, terms: Sequence[Term]) -> list[Part]:
    """Return a text in parts."""
    parts, end = [], 0
    for start, stop in _merged(_spans(text, terms)):
        if start > end:
            parts.append(Part(text[end:start]))
        parts.append(Part(text[start:stop], is_marked=True))
        end = stop
    return [*parts, Part(text[end:])] if end < len(text) else parts


def excerpt_of(passages: Iterable[Passage], terms: Sequence[Term]) -> Excerpt | None:
    """Return the first passage that says what was searched for, or how the first statement begins; None without any."""
    first = None
    for passage in passages:
        spans = _merged(_spans(passage.text, terms))
        if spans:
            return _cut(passage, spans[0][0], terms)
        first = first or (passage if passage.text and passage.is_statement else None)
    return _cut(first, 0, terms) if first else None


def _cut(passage: Passage, around: int, terms: Sequence[Term]) -> Excerpt:
    text = passage.text
    start = 0 if around <= _BEFORE else _next_blank(text, around - _BEFORE, around)
    stop = start + _LONGEST
    stop = len(text) if stop >= len(text) else max(text.rfind(" ", around + 1, stop), start + _LONGEST // 2)
    shown = f"{'… ' if start else ''}{text[start:stop].strip()}{' …' if stop < len(text) else ''}"
    return Excerpt(marked(shown, terms), passage.language)


def _next_blank(text: str, start: int, end: int) -> int:
    blank = text.find(" ", start, end)
    return start if blank < 0 else blank + 1


def _spans(text: str, terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    tokens = tuple(_single_tokens(terms))
    if text.isascii() and "_" not in text:  # Folding does no more to it than make it small: read it at one go.
        yield from (match.span() for match in _pattern_of(tokens).finditer(text.lower()))
        return
    for match in _PIECES.finditer(text):
        piece, start = match[0], match.start()
        if not is_unspaced(piece):
            found = [(0, len(piece))] if _says(piece, tokens) else []
        else:
            found = list(_spans_in_chinese(piece, terms))
        yield from ((start + begin, start + end) for begin, end in found)


def _says(piece: str, tokens: Sequence[Token]) -> bool:
    words = _words_in(piece)
    return any(token.fits(word) for token in tokens for word in words)


@lru_cache(maxsize=200)
def _pattern_of(tokens: tuple[Token, ...]) -> re.Pattern[str]:
    """Return what matches the words that tokens stand for; nothing if there are none."""
    words = [re.escape(token.text) + (r"\w*" if token.is_beginning else "") for token in tokens]
    return re.compile(rf"\b(?:{'|'.join(words) or '(?!)'})\b", re.ASCII)


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


def _spans_in_chinese(piece: str, terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    written = piece.translate(SIMPLIFIED)
    for term in terms:
        for word in term.words:
            if is_unspaced(word):
                yield from ((match.start(), match.end()) for match in re.finditer(re.escape(word), written))
            elif not is_unspaced(term.words[0]):
                yield from _spans_spoken(written, word)


def _spans_spoken(written: str, word: str) -> Iterator[tuple[int, int]]:
    for length in _NAME_LENGTHS:
        for start in range(len(written) - length + 1):
            if romanised(written[start : start + length]) == word:
                yield start, start + length


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(stop, merged[-1][1])
        else:
            merged.append((start, stop))
    return merged
