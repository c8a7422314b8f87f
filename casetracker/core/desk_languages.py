"""Which language the desk speaks to whom, and public pages to somebody whose address names none."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from casetracker.core.languages import DATA_LANGUAGE


class Language(models.TextChoices):
    """The languages of desk and public pages, each under its own name: it must be found by who reads no other."""

    ENGLISH = "en", "English"
    DUTCH = "nl", "Nederlands"
    CHINESE = "zh-hans", "简体中文"


def language_for(request: HttpRequest) -> str:
    """Return what the person who is signed in has chosen, or else what the browser prefers."""
    chosen: str = getattr(request.user, "language", "")  # somebody who is not signed in has chosen nothing
    return chosen or preferred_by(request)


def language_of(person: Any) -> str:
    """Return the language for a message that no request asks for, such as an e-mail."""
    chosen: str = person.language
    return chosen or DATA_LANGUAGE


def preferred_by(request: HttpRequest) -> str:
    """Return the language of ours that a browser prefers."""
    return preferred(request.headers.get("Accept-Language", ""))


def preferred(header: str) -> str:
    """Return the language of ours that an Accept-Language header names first; English if it names none."""
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
