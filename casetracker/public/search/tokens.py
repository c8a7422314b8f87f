"""The words by which texts are found: folded, so that the same words are found however they are typed.

Writing without blanks between words (Chinese characters, kana) is cut into pairs of characters. A word of two
characters is then found as one of them, a longer one as several.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from casetracker.core.pinyin import romanised
from casetracker.core.text import fold, readings

# Chinese characters and kana.
UNSPACED = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
LONGEST = 40  # characters of a word; what is longer is found by its beginning
# In front of what a Chinese name is called in Latin letters. No word mixes the two by itself, so 福州 finds the
# word “Fuzhou” and not 抚州, which sounds the same.
ROMANISED = "拼"
# Characters of a Chinese name that are romanised together: few names of places and people are longer.
_NAME_LENGTHS = (2, 3, 4)
_SHORTEST_BEGINNING = 3  # Shorter words, and numbers, are found whole alone.

_RUNS = re.compile(f"[{UNSPACED}]+|[^{UNSPACED} ]+")
_IS_UNSPACED = re.compile(f"[{UNSPACED}]")
# A reference is one word: S-17 is not found by every S and every 17.
_REFERENCE = re.compile(r"\b([sracd])-([1-9][0-9]{0,8})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Token:
    """A word of the index, or the beginning of some."""

    text: str
    is_beginning: bool = False

    def fits(self, word: str) -> bool:
        """Tell whether a word of the index is meant."""
        return word.startswith(self.text) if self.is_beginning else word == self.text


@dataclass(frozen=True)
class Term:
    """One word of a query: any of its alternatives fits, each by all of its tokens. `words` are what is marked."""

    words: tuple[str, ...]
    alternatives: tuple[tuple[Token, ...], ...]

    def fits(self, tokens: Iterable[str]) -> bool:
        """Tell whether a text with these words of the index fits."""
        known = list(tokens)
        return any(all(any(map(token.fits, known)) for token in tokens) for tokens in self.alternatives)


def is_unspaced(text: str) -> bool:
    """Tell whether a word is written without blanks around it."""
    return bool(_IS_UNSPACED.match(text))


def tokens_of(texts: Iterable[str]) -> set[str]:
    """Return the words by which texts are found."""
    return {token for text in texts for run in _runs(text) for token in _tokens(run)}


def name_tokens_of(names: Iterable[str]) -> set[str]:
    """Return the words by which names are found, Chinese ones also by how they are written in Latin letters."""
    given = list(names)
    spoken = {word for name in given for run in _runs(name) if is_unspaced(run) for word in _romanised(run)}
    return tokens_of(given) | spoken


def terms_of(query: str) -> list[Term]:
    """Return the words of a query, each once; none if it has neither letters nor digits."""
    return [_term(run) for run in dict.fromkeys(_RUNS.findall(fold(_with_references(query))))]


def term_called(words: Iterable[str]) -> Term:
    """Return the term that any of some words of names fits, written in Latin letters or Chinese ones."""
    given = tuple(words)
    return Term(given, tuple((Token(form),) for word in given for form in (word, ROMANISED + word)))


def written(terms: Iterable[Term], write: Callable[[Token], str], *, all_of: str, any_of: str) -> str:
    """Return terms in the language of a database. Words have letters and digits only: nothing is to be escaped."""
    parts = [any_of.join(f"({all_of.join(map(write, tokens))})" for tokens in term.alternatives) for term in terms]
    return f"({all_of.join(f'({part})' for part in parts)})"


def _runs(text: str) -> Iterator[str]:
    for reading in readings(_with_references(text)):
        yield from _RUNS.findall(reading)


def _with_references(text: str) -> str:
    return _REFERENCE.sub(r"\1\2", text)


def _tokens(run: str) -> Iterator[str]:
    if not is_unspaced(run):
        yield run[:LONGEST]
        return
    yield from _pairs(run)
    yield run[-1]  # So that one character is found at the end too: everywhere else it begins a pair.


def _pairs(run: str) -> list[str]:
    return [run[start : start + 2] for start in range(len(run) - 1)]


def _romanised(run: str) -> Iterator[str]:
    for length in _NAME_LENGTHS:
        for start in range(len(run) - length + 1):
            yield (ROMANISED + romanised(run[start : start + length]))[:LONGEST]


def _term(run: str) -> Term:
    if not is_unspaced(run):
        word = run[:LONGEST]
        beginning = len(word) >= _SHORTEST_BEGINNING and not word.isdigit()
        spoken = (ROMANISED + word)[:LONGEST]
        return Term((word,), ((Token(word, beginning),), (Token(spoken, beginning),)))
    if len(run) == 1:
        return Term((run,), ((Token(run, is_beginning=True),),))
    written = tuple(Token(pair) for pair in dict.fromkeys(_pairs(run)))
    spoken = romanised(run)[:LONGEST]
    return Term((run, spoken), (written, (Token(spoken),)))
