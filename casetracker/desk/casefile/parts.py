"""What a case file is made of: plain texts in one shape, so that one walk reaches every one of them."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from casetracker.core.terms import SearchedText, Term
from casetracker.core.text import with_invisible_shown


class Fact(NamedTuple):
    """A label and what stands beside it, or a heading of the next ones; `before` is what stood there until then."""

    label: str
    texts: list[str]
    before: list[str] = []  # noqa: RUF012 - a tuple's default, which nobody can change through it


class Item(NamedTuple):
    """One of several alike, such as a citation."""

    title: str
    facts: list[Fact]


class Section(NamedTuple):
    """A part of the file with a heading of its own. `remark` says what it is, `nothing` what stands there if empty."""

    name: str
    title: str
    items: list[Item]
    remark: str = ""
    nothing: str = ""


def fact(label: Any, *texts: Any) -> list[Fact]:
    """Return a fact in a list, without its empty texts; an empty list if nothing is left."""
    said = [str(text) for text in texts if text not in ("", None)]
    return [Fact(str(label), said)] if said else []


def guarded(sections: Iterable[Section], hidden: Iterable[Term]) -> list[Section]:
    """Return the sections with every text that contains a hidden term left out, and what cannot be seen shown."""
    terms = list(hidden)

    @cache
    def safe(text: str) -> str:
        if terms and any(term.is_in(searched) for searched in [SearchedText(text)] for term in terms):
            return _("[left out: this text contains a private term]")
        return with_invisible_shown(text)

    return [_walk(section, safe) for section in sections]


def _walk(value: Any, safe: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return safe(value)
    parts = [_walk(part, safe) for part in value]
    return type(value)(*parts) if isinstance(value, tuple) else parts
