"""The language in front of the addresses of public pages."""

from typing import Any

from django.conf import settings
from django.urls import URLResolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.translation import get_language


class PublicPrefix(LocalePrefixPattern):
    """The prefix of a language that the public pages speak.

    The desk speaks more: a link from it to the public site leads to that of the default language, where
    Django's own prefix would make an address that does not exist.
    """

    @property
    def language_prefix(self) -> str:
        """Return the language of the page if it is one of `LANGUAGES`, or else the default."""
        language = get_language()
        spoken = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        return f"{spoken}/"


def public_patterns(*patterns: Any) -> list[URLResolver]:
    """Put the language in front of addresses. For the root URL configuration only."""
    return [URLResolver(PublicPrefix(), list(patterns))]
