"""The same page in the other languages: its addresses differ by their first part alone."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import get_language


@dataclass(frozen=True)
class Translation:
    """A page in one language: the code of the language, its own name, and the address."""

    code: str
    name: str
    address: str
    is_this: bool


def translations(address: str) -> list[Translation]:
    """Return the page at an address in every language, with what is asked of it.

    None if the address does not begin with the language of the page that is made: that of the desk has none.
    """
    root, current = get_script_prefix(), get_language()
    beginning = f"{root}{current}/"
    if not address.startswith(beginning):
        return []
    rest = address.removeprefix(beginning)
    return [
        Translation(code, name, f"{root}{code}/{rest}", is_this=code == current) for code, name in settings.LANGUAGES
    ]


def alternates(request: HttpRequest, path: str) -> list[Translation]:
    """Return the page at a path in every language, with complete addresses."""
    root = f"{request.scheme}://{request.get_host()}"
    return [replace(each, address=f"{root}{each.address}") for each in translations(path)]
