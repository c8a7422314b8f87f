"""Which language the desk speaks to whom."""

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from casetracker.accounts.models import Language, User
from casetracker.core.languages import DATA_LANGUAGE


def language_for(request: HttpRequest) -> str:
    """Return what the person who is signed in has chosen, or else what the browser prefers."""
    chosen: str = getattr(request.user, "language", "")  # somebody who is not signed in has chosen nothing
    return chosen or preferred(request.headers.get("Accept-Language", ""))


def language_of(person: User) -> str:
    """Return the language for a message that no request asks for, such as an e-mail."""
    return person.language or DATA_LANGUAGE


def preferred(header: str) -> str:
    """Return the language of the desk that an Accept-Language header names first; English if it names none."""
    for tag, _quality in parse_accept_lang_header(header):
        for language in _spoken_as(tag):
            if language in Language.values:
                return language
    return DATA_LANGUAGE


def _spoken_as(tag: str) -> tuple[str, ...]:
    """Return a tag with what may stand for it: nl for nl-be, zh-hans for zh and zh-cn, but not for zh-tw."""
    main = tag.partition("-")[0]
    if main == "zh":
        return ("zh-hans",) if tag in _SIMPLIFIED else (tag,)
    return tag, main


_SIMPLIFIED = frozenset({"zh", "zh-hans", "zh-cn", "zh-sg", "zh-my", "zh-hans-cn", "zh-hans-sg"})
