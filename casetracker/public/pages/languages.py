"""The same page in the other languages: its addresses differ by their first part alone."""

from dataclasses import dataclass

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


def translations(request: HttpRequest) -> list[Translation]:
    """Return the page that is asked for in every language, with what is asked of it.

    None for what has no language in its address: the desk, or what no page stands at.
    """
    return _in_every_language(request.get_full_path())


def alternates(request: HttpRequest, path: str) -> list[Translation]:
    """Return the page at a path in every language, with complete addresses; none if it begins with no language."""
    root = f"{request.scheme}://{request.get_host()}"
    return [
        Translation(each.code, each.name, f"{root}{each.address}", each.is_this) for each in _in_every_language(path)
    ]


def _in_every_language(address: str) -> list[Translation]:
    root, current = get_script_prefix(), get_language()
    beginning = f"{root}{current}/"
    if not address.startswith(beginning):
        return []
    rest = address.removeprefix(beginning)
    return [
        Translation(code, name, f"{root}{code}/{rest}", is_this=code == current) for code, name in settings.LANGUAGES
    ]
