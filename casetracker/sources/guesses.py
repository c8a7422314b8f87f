"""What the address of a document and the known sources of its site tell about it. Nothing is fetched."""

import re
from typing import Any

from casetracker.core.typed_dates import read_date
from casetracker.sources.addresses import clean_address, host_of, path_of
from casetracker.sources.models import Source

# Sites say the language of a page so. Not all codes of languages: uk and us are as often countries.
_LANGUAGES = "ar|cs|da|de|el|en|es|fi|fr|hu|it|ja|ko|nl|pl|pt|ro|ru|sk|sv|zh|zh-hans|zh-hant|zh-cn|zh-tw"
_LANGUAGE_IN_PATH = re.compile(rf"/({_LANGUAGES})(?=/|$)", re.IGNORECASE)
_LANGUAGE_IN_HOST = re.compile(rf"({_LANGUAGES})\.", re.IGNORECASE)
_TAGS = {"zh-cn": "zh-Hans", "zh-tw": "zh-Hant", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}
_OF_COUNTRIES = {
    **{code: code for code in ("nl", "de", "fr", "es", "it", "pt", "pl", "hu", "ro", "sk", "fi")},
    **{"cz": "cs", "se": "sv", "dk": "da", "at": "de", "uk": "en", "us": "en", "au": "en", "ie": "en", "jp": "ja"},
    **{"kr": "ko", "gr": "el", "br": "pt", "mx": "es", "ar": "es", "cl": "es", "cn": "zh-Hans", "tw": "zh-Hant"},
}
_DATES = (
    re.compile(r"(?<!\d)((?:19|20)\d\d[/_-]\d{1,2}[/_-]\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d{1,3}(?!\d))"),
    re.compile(r"/((?:19|20)\d\d[/-][01]?\d)(?=/)"),
)


def guess_source(address: str) -> dict[str, Any]:
    """Return fields of a source that its address suggests, `url` among them. Three queries at most.

    All but the address are guesses: a person must look at each.
    """
    host = host_of(address)
    found = {
        "url": clean_address(address),
        "publisher": _usual("publisher", host),
        "type": _usual("type", host),
        "reliability": _usual("reliability", host),
        "language": _language(host, path_of(address)),
        "published": _date(path_of(address)),
    }
    return {name: value for name, value in found.items() if value}


def _usual(field: str, host: str) -> str:
    return Source.objects.usual(field, host) if host else ""


def _language(host: str, path: str) -> str:
    if match := _LANGUAGE_IN_PATH.match(path) or _LANGUAGE_IN_HOST.match(host):
        tag = match[1].casefold()
        return _TAGS.get(tag, tag)
    return _usual("language", host) or _OF_COUNTRIES.get(host.rpartition(".")[2], "")


def _date(path: str) -> str:
    for pattern in _DATES:
        for match in pattern.finditer(path):
            try:
                return read_date("-".join(re.split("[/_-]", "-".join(match.groups())))).text
            except ValueError:
                continue  # The figures are no date.
    return ""
