"""Strict reading of query parameters: every unknown name and every bad value is refused, with the remedy."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from rest_framework.serializers import Serializer

from casetracker.public import viewpoint
from casetracker.public.api.errors import BadParameters, ParameterError
from casetracker.public.api.formats import FORMAT, JSON
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
FIELDS = "fields"

Filters = type[PublicFilterSet] | type[forms.Form]

# Control characters, halves of surrogate pairs, and what stands for bytes that are no UTF-8.
_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
# What a file is asked for in vain.
NO_PAGES = "A list as %s has no pages: it comes as a whole. Leave it out, or ask for JSON."
_LIMIT = re.compile("[1-9][0-9]?|100")


@dataclass(frozen=True)
class Asking:
    """What may be asked of a list: filters, orders (the default first), a view, fields of its rows, forms."""

    filters: Filters | None
    orderings: tuple[Ordering, ...]
    takes_view: bool = False
    fields: tuple[str, ...] = ()
    formats: tuple[str, ...] = (JSON,)

    def form(self, query: QueryDict | None = None) -> forms.Form:
        """Return the form that reads a query, without the place in the list."""
        form = form_of(self.filters, query, takes_view=self.takes_view) if self.filters else forms.Form(query)
        form.fields[FIELDS] = fields_field(self.fields)
        form.fields[FORMAT] = forms.ChoiceField(
            choices=[(name, name) for name in self.formats], required=False, label=_("Form of the answer")
        )
        return form


@dataclass(frozen=True, eq=False)
class ListQuery:
    """What is asked of a list: the filters that were given, cleaned; from where to look; which page in which order.

    `fields` are those that a row shows, all if there are none. The same query is mostly the same object, and stands
    for itself where something is kept for each.
    """

    filters: Mapping[str, Any]
    looking: Mapping[str, Any]
    limit: int
    cursor: str
    ordering: Ordering
    fields: tuple[str, ...]


def refuse_all(query: QueryDict) -> None:
    """Raise `BadParameters` if there is any parameter."""
    _raise_for([_unknown(name, []) for name in query])


def fields_field(names: Iterable[str]) -> CodesField:
    """Return the form field by which some fields of a row are chosen."""
    return CodesField(choices=[(name, name) for name in names], required=False, label=_("Fields to show"))


def with_fields(form: type[forms.Form], row: type[Serializer]) -> type[forms.Form]:
    """Return a form that also asks which fields of a document to show."""
    return type(form.__name__, (form,), {FIELDS: fields_field(row().fields)})


def read_list(query: QueryDict, asking: Asking, *, form: str = JSON) -> ListQuery:
    """Return what is asked of a list, in the form that was agreed on. Raises `BadParameters`."""
    return _read_list(query.urlencode(), asking, form)


# A query always means the same, and making the form costs more than the rest of an answer.
@lru_cache(maxsize=1024)
def _read_list(query_string: str, asking: Asking, form_name: str) -> ListQuery:
    query = QueryDict(query_string)
    form = asking.form(query)
    names = {ordering.name: ordering for ordering in asking.orderings}
    limit = query.get(LIMIT, str(DEFAULT_LIMIT))
    order = query.get(ORDERING, asking.orderings[0].name)

    errors = _name_errors(query, form, PAGING)
    if form_name != JSON:
        errors += [ParameterError(name, NO_PAGES % form_name, []) for name in (CURSOR, LIMIT) if name in query]
    if not _LIMIT.fullmatch(limit):
        errors.append(ParameterError(LIMIT, "Give a whole number.", [f"1 to {MAX_LIMIT}"]))
    if order not in names:
        errors.append(ParameterError(ORDERING, "There is no such order.", list(names)))
    _raise_for([*errors, *_value_errors(form)])
    given = {name: value for name, value in form.cleaned_data.items() if name in query}
    given.pop(FORMAT, None)
    fields = tuple(given.pop(FIELDS, ()))
    looking = {name: given.pop(name) for name in viewpoint.ViewForm.base_fields if name in given}
    return ListQuery(given, looking, int(limit), query.get(CURSOR, ""), names[order], fields)


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
        return [_numbers(field)]
    if isinstance(field, forms.RegexField):
        return [str(field.error_messages["invalid"])]
    return [f"a text of at most {TEXT_LENGTH} characters"]


def _numbers(field: forms.IntegerField) -> str:
    if field.max_value is None:
        return "a whole number in digits"
    return f"{field.min_value} to {field.max_value}"


def is_repeatable(field: forms.Field | None) -> bool:
    """Tell whether a parameter takes several values."""
    return isinstance(field, CodesField)


def bad_value(name: str, message: str, allowed: list[str]) -> BadParameters:
    """Return the answer to a value that is wrong only in the present state of the log."""
    return BadParameters([ParameterError(name, message, allowed)])


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
