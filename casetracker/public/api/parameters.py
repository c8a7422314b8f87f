"""Strict reading of query parameters: every unknown name and every bad value is refused, with the remedy."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from casetracker.public import viewpoint
from casetracker.public.api.errors import BadParameters, ParameterError
from casetracker.public.filter_fields import TEXT_LENGTH, CodesField
from casetracker.public.filters import PublicFilterSet, form_of
from casetracker.public.keyset import Ordering
from casetracker.public.view import View
from casetracker.publication.reading import Head

DEFAULT_LIMIT, MAX_LIMIT = 50, 100
LIMIT = "limit"
CURSOR = "cursor"
ORDERING = "ordering"
PAGING = (ORDERING, CURSOR, LIMIT)

Filters = type[PublicFilterSet] | type[forms.Form]

# Control characters, halves of surrogate pairs, and what stands for bytes that are no UTF-8.
_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
_LIMIT = re.compile("[1-9][0-9]?|100")


@dataclass(frozen=True)
class ListQuery:
    """What is asked of a list: the filters that were given, cleaned; from where to look; which page in which order."""

    filters: Mapping[str, Any]
    looking: Mapping[str, Any]
    limit: int
    cursor: str
    ordering: Ordering


def refuse_all(query: QueryDict) -> None:
    """Raise `BadParameters` if there is any parameter."""
    _raise_for([_unknown(name, []) for name in query])


def read_list(
    query: QueryDict, filters: Any, orderings: tuple[Ordering, ...], *, takes_view: bool = False
) -> ListQuery:
    """Return what is asked of a list. `filters` are some `Filters` or None. Raises `BadParameters`."""
    return _read_list(query.urlencode(), filters, orderings, takes_view)


# A query always means the same, and making the form costs more than the rest of an answer.
@lru_cache(maxsize=1024)
def _read_list(query_string: str, filters: Any, orderings: tuple[Ordering, ...], takes_view: bool) -> ListQuery:
    query = QueryDict(query_string)
    form = form_of(filters, query, takes_view=takes_view) if filters else forms.Form(query)
    names = {ordering.name: ordering for ordering in orderings}
    limit = query.get(LIMIT, str(DEFAULT_LIMIT))
    order = query.get(ORDERING, orderings[0].name)

    errors = _name_errors(query, form, PAGING)
    if not _LIMIT.fullmatch(limit):
        errors.append(ParameterError(LIMIT, "Give a whole number.", [f"1 to {MAX_LIMIT}"]))
    if order not in names:
        errors.append(ParameterError(ORDERING, "There is no such order.", list(names)))
    _raise_for([*errors, *_value_errors(form)])
    given = {name: value for name, value in form.cleaned_data.items() if name in query}
    looking = {name: given.pop(name) for name in viewpoint.ViewForm.base_fields if name in given}
    return ListQuery(given, looking, int(limit), query.get(CURSOR, ""), names[order])


def read_form(query: QueryDict, form_class: Any) -> Mapping[str, Any]:
    """Return the values of the fields of a form. Raises `BadParameters`."""
    return _read_form(query.urlencode(), form_class)


@lru_cache(maxsize=1024)
def _read_form(query_string: str, form_class: Any) -> Mapping[str, Any]:
    query = QueryDict(query_string)
    form = form_class(query)
    _raise_for([*_name_errors(query, form, ()), *_value_errors(form)])
    return form.cleaned_data


def view_of(head: Head, values: Mapping[str, Any]) -> View:
    """Return the view that cleaned values ask for. Raises `BadParameters`."""
    try:
        viewpoint.check_entry(head, values)
    except ValidationError as error:
        message = " ".join(error.messages)
        raise BadParameters([ParameterError(viewpoint.KNOWN_AT, message, list(viewpoint.KNOWN_AT_FORMS))]) from error
    return viewpoint.view_of(head, values)


def allowed_values(field: forms.Field) -> list[str]:
    """Return what a filter takes: its codes, or the form of its values."""
    if isinstance(field, forms.ChoiceField):
        choices = cast(Iterable[tuple[str, str]], field.choices)
        return [code for code, _label in choices if code]
    if isinstance(field, forms.DateField):
        return ["YYYY-MM-DD"]
    if isinstance(field, viewpoint.KnownAtField):
        return list(viewpoint.KNOWN_AT_FORMS)
    if isinstance(field, forms.IntegerField):
        return ["a whole number in digits"]
    if isinstance(field, forms.RegexField):
        return [str(field.error_messages["invalid"])]
    return [f"a text of at most {TEXT_LENGTH} characters"]


def is_repeatable(field: forms.Field | None) -> bool:
    """Tell whether a parameter takes several values."""
    return isinstance(field, CodesField)


def bad_cursor(message: str) -> BadParameters:
    """Return the answer to a cursor that this list has not given."""
    return BadParameters([ParameterError(CURSOR, message, ["the cursor in the address of the next page"])])


def _name_errors(query: QueryDict, form: forms.Form, further: tuple[str, ...]) -> list[ParameterError]:
    checks = (_check_name(name, query.getlist(name), form.fields, further) for name in query)
    return [error for error in checks if error]


def _value_errors(form: forms.Form) -> Iterator[ParameterError]:
    for name, messages in form.errors.items():
        yield ParameterError(name, " ".join(map(str, messages)), allowed_values(form.fields[name]))


def _check_name(
    name: str, values: list[str], fields: dict[str, forms.Field], further: tuple[str, ...]
) -> ParameterError | None:
    if name not in fields and name not in further:
        return _unknown(name, [*fields, *further])
    field = fields.get(name)
    message = _fault(values, several=is_repeatable(field))
    return ParameterError(name, message, allowed_values(field) if field else []) if message else None


def _fault(values: list[str], *, several: bool) -> str:
    if len(values) > 1 and not several:
        return "Give it once."
    if any(_UNREADABLE.search(value) for value in values):
        return "It contains characters that cannot be read."
    if not all(value.strip(" ,") for value in values):
        return "It is empty. Leave it out, or give a value."
    return ""


def _unknown(name: str, allowed: list[str]) -> ParameterError:
    return ParameterError(_UNREADABLE.sub("\ufffd", name), "There is no such parameter.", allowed)


def _raise_for(errors: list[ParameterError]) -> None:
    """Raise if there are errors. Of several about one parameter, the first says enough."""
    if errors:
        raise BadParameters(list({error.parameter: error for error in reversed(errors)}.values())[::-1])
