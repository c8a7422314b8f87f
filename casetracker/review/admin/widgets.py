"""Fields that answer as people type: they find a source or record, or say how a date is read."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse

# The address that says how a typed date is read. The desk serves it.
READ_DATE = "read_date"


class _KeysOnly:
    """Shows the form again also if what was sent is no key: Django's own widget fails where keys are UUIDs."""

    choices: Any

    @property
    def media(self) -> forms.Media:
        """Open the form of a new source where an address that was pasted is not known."""
        return super().media + forms.Media(js=["desk/new-source.js"])  # type: ignore[misc]

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        """Offer what was chosen, if it can have been chosen."""
        key: Any = self.choices.queryset.model._meta.pk
        return super().optgroups(name, [text for text in value if _is_key(key, text)], attrs)  # type: ignore[misc]


def _is_key(key: models.Field, text: str) -> bool:
    try:
        return key.to_python(text) is not None
    except ValidationError:
        return False


class KeySelect(_KeysOnly, AutocompleteSelect):
    """One of many."""


class KeySelectMultiple(_KeysOnly, AutocompleteSelectMultiple):
    """Some of many."""


class AutocompleteMixin:
    """Uses these fields for the `autocomplete_fields` of an admin or of its rows."""

    admin_site: Any

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Find one as people type."""
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", KeySelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Find several as people type."""
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", KeySelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]


class TypedDateInput(AdminTextInputWidget):
    """A date. With scripts, the reading stands below it before anything is saved."""

    template_name = "desk/widgets/typed_date.html"

    class Media:
        js = ("desk/dates.js",)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Say where the script can ask."""
        return {**super().get_context(name, value, attrs), "read_date": reverse(f"admin:{READ_DATE}")}
