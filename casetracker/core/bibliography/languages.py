"""Languages as people name them, as BCP 47 tags."""

from functools import cache

from babel import Locale
from babel.core import get_global

from casetracker.core.text import fold

# What CLDR does not know by these names: the languages of LaTeX, and Chinese by its script.
_OTHERS = {
    "american": "en-US",
    "usenglish": "en-US",
    "australian": "en-AU",
    "british": "en-GB",
    "ukenglish": "en-GB",
    "canadian": "en-CA",
    "austrian": "de-AT",
    "naustrian": "de-AT",
    "ngerman": "de",
    "german": "de",
    "brazilian": "pt-BR",
    "brazil": "pt-BR",
    "francais": "fr",
    "frenchb": "fr",
    "magyar": "hu",
    "spanish": "es",
    "portuges": "pt",
    "farsi": "fa",
    "flemish": "nl-BE",
    "chinese simplified": "zh-Hans",
    "chinese (simplified)": "zh-Hans",
    "chinese traditional": "zh-Hant",
    "chinese (traditional)": "zh-Hant",
    "mandarin": "zh",
    "中文": "zh",
    "汉语": "zh",
    "简体中文": "zh-Hans",
    "繁體中文": "zh-Hant",
    "zh-cn": "zh-Hans",
    "zh-tw": "zh-Hant",
    "zh-hk": "zh-Hant-HK",
}

# Asking CLDR for the name of a language in itself loads all that it knows of it: so only of those that are likely.
_IN_THEMSELVES = (
    *("ar", "bg", "ca", "cs", "da", "de", "el", "es", "et", "fa", "fi", "fr", "he", "hr", "hu", "id", "it", "ja", "ko"),
    *("lt", "lv", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "ur", "vi"),
)


def tag_of(text: str) -> str:
    """Return the tag of a language that is given by name, in English or in itself, or by another code.

    What names none comes back as it is, for whoever checks it; of several languages, so does all of it.
    """
    if found := _names().get(fold(text)):
        return found
    first, dash, rest = text.strip().replace("_", "-").lower().partition("-")
    short = _short(first)
    tag = f"{short}{dash}{rest}"
    return _names().get(fold(tag), _spelled(tag)) if short else text


def _short(code: str) -> str:
    """Return the code of two letters for one of three, else the code itself; empty for what is no code."""
    if not (code.isascii() and code.isalpha() and len(code) in (2, 3)):
        return ""
    aliases = get_global("language_aliases")
    return str(aliases.get(code, code)).split("_")[0]


def _spelled(tag: str) -> str:
    first, *rest = tag.split("-")
    return "-".join(
        [first, *(part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in rest)]
    )


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, name in Locale.parse("en").languages.items():
        found.setdefault(fold(name), code.replace("_", "-"))
    for code in _IN_THEMSELVES:
        found.setdefault(fold(Locale.parse(code).get_display_name(code) or code), code)
    return found | {fold(name): tag for name, tag in _OTHERS.items()}
