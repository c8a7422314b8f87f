"""Model fields for codes of countries and governments."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from casetracker.places import countries


def validate_country(code: str) -> None:
    """Raise `ValidationError` unless `code` is an ISO 3166-1 alpha-2 code."""
    if not countries.is_country(code):
        raise ValidationError(
            _("“%(code)s” is not a country. Write an ISO 3166-1 code such as NL."), "country", {"code": code}
        )


def validate_government(code: str) -> None:
    """Raise `ValidationError` unless `code` is that of a state or of the European Union."""
    if not countries.is_government(code):
        raise ValidationError(
            _("“%(code)s” is not a government. Write an ISO 3166-1 code such as NL, or EU."),
            "government",
            {"code": code},
        )


class _CodeField(models.CharField):
    """A two-letter code that forms show as a list of names."""

    validator: Callable[[str], None]
    code_choices: Callable[[], list[tuple[str, str]]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Set the length that every code shares."""
        kwargs["max_length"] = 2
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        """Leave the length out of migrations: the class sets it."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, list(args), kwargs

    @property
    def validators(self) -> list:
        """Check the code itself beside the usual length."""
        return [*super().validators, type(self).validator]

    def formfield(self, **kwargs: Any) -> Any:
        """Return a select of names in the language of the page, whatever widget texts get elsewhere."""
        choices = type(self).code_choices
        return forms.ChoiceField(
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            initial=self.get_default() or None,
            choices=lambda: [("", "---------"), *choices()],
        )


class CountryField(_CodeField):
    """The ISO 3166-1 alpha-2 code of a country."""

    validator = staticmethod(validate_country)
    code_choices = staticmethod(countries.country_choices)


class GovernmentField(_CodeField):
    """The code of a state or of the European Union."""

    validator = staticmethod(validate_government)
    code_choices = staticmethod(countries.government_choices)
