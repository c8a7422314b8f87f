"""Language tags of texts (BCP 47)."""

import re
from typing import Any

from babel import Locale, UnknownLocaleError
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

# What is stored, published or logged is in this language, whatever language the person who acts reads.
DATA_LANGUAGE = "en"

# Babel also takes the locales of operating systems, such as en.UTF-8 and nl@euro.
_SUBTAGS = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def validate_language_tag(tag: str) -> None:
    """Accept a BCP 47 tag of a language that CLDR knows, such as `nl`, `zh-Hant` or `pt-BR`.

    Raises `ValidationError` with examples otherwise.
    """
    if not _is_known(tag):
        raise ValidationError(
            _("“%(tag)s” is not a language tag. Write a BCP 47 tag such as nl, en-GB or zh-Hant."),
            code="language",
            params={"tag": tag},
        )


def _is_known(tag: str) -> bool:
    if not _SUBTAGS.fullmatch(tag):
        return False
    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


def in_data_language() -> override:
    """Return a context in which translated words come in the language of the data, for words that are kept."""
    return override(DATA_LANGUAGE)


def language_name(tag: str, language: str = "en") -> str:
    """Return the name of the language `tag`, written in `language`; the tag itself if it has none."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(language.replace("-", "_")) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def language_name_for_reader(tag: str) -> str:
    """Return the name of the language `tag` in the language that is active now; nothing for no tag."""
    return language_name(tag, get_language() or DATA_LANGUAGE) if tag else ""


class LanguageField(models.CharField):  # type: ignore[type-arg]
    """A BCP 47 language tag."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Set the length and the validator that every language tag shares."""
        kwargs.setdefault("max_length", 35)
        kwargs.setdefault("help_text", _("Language tag such as nl, en-GB or zh-Hant."))
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def validators(self) -> list[Any]:
        """Check the tag itself beside the usual length."""
        return [*super().validators, validate_language_tag]
