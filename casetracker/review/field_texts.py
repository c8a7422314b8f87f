"""Values of fields in words, for colleagues."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from casetracker.core.languages import LanguageField, language_name
from casetracker.places.countries import name_of
from casetracker.places.fields import CountryField, GovernmentField


def texts_of_field(instance: models.Model, name: str) -> list[str]:
    """Return what a field says, one text for each value; nothing if it is empty."""
    field: Any = instance._meta.get_field(name)
    if field.many_to_many:
        return [str(related) for related in getattr(instance, name).all()]
    value = getattr(instance, name)
    if value is False or value in (None, "", []):  # A count of 0 says something.
        return []
    if isinstance(value, list):
        return [str(part) for part in value]
    if field.choices:
        return [str(getattr(instance, f"get_{name}_display")())]
    if isinstance(field, (CountryField, GovernmentField)):
        return [name_of(value)]
    if isinstance(field, LanguageField):
        return [language_name(value)]
    return [_("yes") if value is True else str(value)]
