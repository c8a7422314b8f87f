"""Lenient reading of a list's address: unknown parameters are ignored, blank ones removed, bad values told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from casetracker.public.filter_fields import CodesField

CURSOR = "cursor"
ORDERING = "ordering"


@dataclass(frozen=True)
class Query:
    """The parameters that a list knows, without blanks, each once unless it takes several values."""

    given: QueryDict
    had_blanks: bool

    @property
    def filters(self) -> QueryDict:
        """All but the place in the list and its order: what decides which rows there are."""
        return self.without(CURSOR, ORDERING)

    def without(self, *names: str) -> QueryDict:
        """Return the parameters but these, to be changed at will."""
        rest = self.given.copy()
        for name in names:
            rest.pop(name, None)
        return rest

    def with_value(self, name: str, value: str) -> QueryDict:
        """Return the parameters with one set."""
        changed = self.given.copy()
        changed[name] = value
        return changed

    def minus(self, name: str, value: str) -> QueryDict:
        """Return the parameters with one value taken out, from the first page on."""
        rest = self.without(CURSOR)
        values = [other for other in rest.getlist(name) if other != value]
        if values:
            rest.setlist(name, values)
        else:
            rest.pop(name, None)
        return rest


def read_query(sent: QueryDict, fields: dict[str, forms.Field]) -> Query:
    """Return what a list with these filters understands of an address."""
    given = QueryDict(mutable=True)
    had_blanks = False
    for name in (*fields, ORDERING, CURSOR):
        values = list(_values(sent.getlist(name), several=isinstance(fields.get(name), CodesField)))
        had_blanks = had_blanks or any(not value.strip() for value in sent.getlist(name))
        if values:
            given.setlist(name, values)
    return Query(given, had_blanks)


def _values(sent: list[str], *, several: bool) -> Iterable[str]:
    if several:
        return dict.fromkeys(filter(None, _codes(sent)))
    return [value.strip() for value in sent if value.strip()][-1:]


def _codes(sent: list[str]) -> Iterator[str]:
    for text in sent:
        yield from (code.strip() for code in text.split(","))
