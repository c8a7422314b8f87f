"""Finding a term in a text, however it is spaced, cased, punctuated, escaped or spelled."""

import re
from collections.abc import Iterator
from functools import cached_property

from casetracker.core.text import decodings, fold, readings

# Shorter terms must stand as whole words, or nearly every text would contain them.
_LONG = 6
# From here on, scripts are mostly written without blanks between words: Thai, Chinese, Japanese and others.
_UNSPACED_FROM = "\u0e00"
# A name written as one word is found from here on; “Ma Li” must not be found in every text about Mali.
_LONG_NAME = 5
_LETTER = r"[^\W\d_]"
_SEAM = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")
_HANDLE = re.compile(rf"[@＠/]({_LETTER}+)")


class SearchedText:
    """A text to look for terms in. It is folded once, however many terms there are."""

    def __init__(self, text: str) -> None:
        """Fold the text in all its readings."""
        self._text = text
        found = readings(text)
        # One reading a line: a term has no line breaks.
        self.words = "\n".join(f" {reading} " for reading in found)
        self.squeezed = "\n".join(reading.replace(" ", "") for reading in found)

    @cached_property
    def camel_words(self) -> str:
        """The words, where a capital within a word begins a new one."""
        return "\n".join(f" {fold(_SEAM.sub(' ', one))} " for one in decodings(self._text))

    @cached_property
    def handles(self) -> set[str]:
        """The words after an @ or a slash, as in the addresses of accounts."""
        return {fold(word) for one in decodings(self._text) for word in _HANDLE.findall(one)}


class Term:
    """A term to look for in texts."""

    def __init__(self, text: str, *, is_name: bool = False) -> None:
        """Fold the term. A person's name is also found with its words turned around or written as one."""
        self._forms = readings(text) - {""}
        names = [order for form in self._forms for order in _orders(form)] if is_name else []
        self._short_names = [words for words in names if len("".join(words)) < _LONG_NAME]
        patterns = [" ?".join(words) for words in names if words not in self._short_names]
        patterns += [" ".join(words) for words in self._short_names]
        self._name = re.compile(rf"(?<!{_LETTER})(?:{'|'.join(patterns)})(?!{_LETTER})") if patterns else None

    def is_in(self, text: SearchedText) -> bool:
        """Tell whether the text contains the term.

        Long terms are also found when the blanks between their words are missing, as in URLs.
        """
        return any(_contains(text, form) for form in self._forms) or self._is_named_in(text)

    def _is_named_in(self, text: SearchedText) -> bool:
        if self._name is None:
            return False
        return self._name.search(text.words) is not None or any(
            f" {' '.join(words)} " in text.camel_words or "".join(words) in text.handles for words in self._short_names
        )


def contains_term(text: str, term: str, *, is_name: bool = False) -> bool:
    """Tell whether `term` occurs in `text`. For many terms or texts, fold each once: `Term`, `SearchedText`."""
    return Term(term, is_name=is_name).is_in(SearchedText(text))


def _contains(text: SearchedText, form: str) -> bool:
    squeezed = form.replace(" ", "")
    if len(squeezed) >= _LONG or max(squeezed) >= _UNSPACED_FROM:
        return squeezed in text.squeezed
    return f" {form} " in text.words


def _orders(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of a name of several, also with the first put last and the last put first."""
    words = tuple(name.split())
    if len(words) > 1:
        yield from dict.fromkeys((words, (*words[1:], words[0]), (words[-1], *words[:-1])))
