"""Filters as a form shows them: a plain form that works without scripts and keeps what was asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from casetracker.core.languages import language_name_for_reader
from casetracker.places.countries import name_order
from casetracker.public.filter_fields import CodesField, LanguageTagField
from casetracker.public.pages.dates import is_one_day
from casetracker.public.pages.facets import Facets
from casetracker.public.pages.queries import Query
from casetracker.public.viewpoint import KnownAtField, ViewForm

# Longer lists of choices are a menu, where one more can be chosen at a time.
MOST_CHECKBOXES = 8


@dataclass(frozen=True)
class Choice:
    """One value of a filter. `count` is how often it occurs in the whole list, if that was counted."""

    value: str
    label: str
    count: int | None = None
    chosen: bool = False


@dataclass(frozen=True)
class Control:
    """One filter. `shape` is checkboxes, menu, date, number or text."""

    name: str
    label: str
    shape: str
    choices: list[Choice]
    values: list[str]
    errors: list[str]
    first: bool

    @property
    def value(self) -> str:
        """The value that a menu or a field for text shows."""
        return self.values[0] if self.values else ""

    @property
    def further(self) -> list[Choice]:
        """What is chosen beside the one that a menu can show."""
        return [choice for choice in self.choices if choice.chosen and choice.value != self.value]


@dataclass(frozen=True)
class Chip:
    """A filter in use, and the address of the list without it."""

    label: str
    value: str
    query: str


def controls_of(form: forms.Form, query: Query, facets: Facets, first: Iterable[str]) -> list[Control]:
    """Return the filters of a list. Those named `first` are always in sight; the others can be unfolded.

    Without anything to tick, as in an empty record, there is no filter to show.
    """
    controls = [_control(name, form, query.given.getlist(name), facets.get(name), first) for name in form.fields]
    return [control for control in controls if control.choices or control.errors or control.shape != "checkboxes"]


def chips_of(controls: list[Control], query: Query) -> Iterator[Chip]:
    """Yield every value that is asked for. Days to look from have a notice of their own, with the ways back."""
    for control in controls:
        if control.name in ViewForm.base_fields:
            continue
        labels = {choice.value: choice.label for choice in control.choices}
        for value in control.values:
            yield Chip(control.label, labels.get(value, value), query.minus(control.name, value).urlencode())


def _control(
    name: str, form: forms.Form, values: list[str], counts: dict[str, int] | None, first: Iterable[str]
) -> Control:
    field = form.fields[name]
    choices = list(_choices(field, values, counts))
    errors = [_remedy(error, field) for error in form.errors.as_data().get(name, ())]
    return Control(name, str(field.label), _shape(field, choices, values), choices, values, errors, name in first)


def _choices(field: forms.Field, values: list[str], counts: dict[str, int] | None) -> Iterator[Choice]:
    if isinstance(field, forms.ChoiceField):
        flat: Any = field.choices
        offered = [(str(code), gettext(label)) for code, label in flat if code]
    elif counts is not None:
        words = language_name_for_reader if isinstance(field, LanguageTagField) else str
        known = ((text, words(text)) for text in {*counts, *values} if text != "none")
        offered = sorted(known, key=lambda choice: name_order(choice[1]))
    else:
        return
    for code, label in offered:
        if counts is None or code in counts or code in values:
            yield Choice(code, label, counts.get(code, 0) if counts is not None else None, code in values)


def _remedy(error: ValidationError, field: forms.Field) -> str:
    """Return what is wrong and what to do, for a reader who does not know our codes."""
    if error.code == "invalid_choice":
        return gettext("“%(value)s” is not offered here. Choose from the list.") % (error.params or {})
    if isinstance(field, forms.IntegerField):
        return gettext("This is no whole number. Write it in digits, as 102.")
    if isinstance(field, forms.DateField):
        return gettext("This is no day. Write it as 2022-10-26.")
    return " ".join(error.messages)


def _shape(field: forms.Field, choices: list[Choice], values: list[str]) -> str:
    if isinstance(field, CodesField):
        return "checkboxes" if len(choices) <= MOST_CHECKBOXES else "menu"
    if choices or isinstance(field, forms.ChoiceField):
        return "menu"
    if isinstance(field, forms.IntegerField):
        return "number"
    # A browser shows nothing in a field for dates whose value is none, such as a moment or an entry of the log.
    is_day = isinstance(field, KnownAtField) and all(map(is_one_day, values))
    return "date" if is_day or isinstance(field, forms.DateField) else "text"
