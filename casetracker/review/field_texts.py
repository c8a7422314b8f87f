"""Values of fields in words, for colleagues."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from casetracker.core.languages import LanguageField, language_name_for_reader
from casetracker.places.countries import name_of
from casetracker.places.fields import CountryField, GovernmentField
from casetracker.review.kinds import RecordKind, RowKind


def texts_of_field(instance: models.Model, name: str) -> list[str]:
    """Return what a field says, one text for each value; nothing if it is empty."""
    field: Any = instance._meta.get_field(name)
    if field.many_to_many:
        return [str(related) for related in getattr(instance, name).all()]
    return texts_of_value(field, getattr(instance, name))


def texts_of_value(field: Any, value: Any) -> list[str]:
    """Return what a value says in a field that is no link to many; nothing if it is empty."""
    if value is False or value in (None, "", []):  # A count of 0 says something.
        return []
    if isinstance(value, list):
        return [str(part) for part in value]
    if field.choices:
        return [str(dict(field.flatchoices).get(value, value))]
    if isinstance(field, (CountryField, GovernmentField)):
        return [name_of(value)]
    if isinstance(field, LanguageField):
        return [language_name_for_reader(value)]
    return [_("yes") if value is True else str(value)]


def texts_of(detail: models.Model, kind: RecordKind, name: str) -> list[str]:
    """Return what a field or the rows of a record say, one text for each value or row."""
    spec = kind.rows.get(name)
    if spec is None:
        return texts_of_field(detail, name)
    return [text_of_row(row, spec) for row in spec.model._default_manager.filter(**{spec.parent: detail})]


def text_of_row(row: models.Model, spec: RowKind) -> str:
    """Return a row in one line."""
    return " · ".join(text for name in spec.fields for text in texts_of_field(row, name))
