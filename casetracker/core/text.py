"""Folding text, so that the same words compare equal however they are typed."""

import html
import re
import unicodedata
from urllib.parse import unquote

from casetracker.core.han import SIMPLIFIED

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
# Letters with a stroke or joined letters, which Unicode does not take apart.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
# How letters are spelled where a keyboard or an address lacks them; folding turns ß into ss by itself.
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
# Letters to Unicode that the eye takes for a blank, and characters that show nothing and are no marks.
_BLANKS = str.maketrans({"\u3164": " ", "\uffa0": " "})
_INVISIBLE = re.compile("[\u115f\u1160\u2065\ufff0-\ufff8\U000e0000-\U000e0fff]")

# Joiners shape letters and emoji, and a soft hyphen shows where a word may break.
_SHAPING = "\u200c\u200d\u00ad"

# Nobody writes an escape of an escape of an escape further than this; each round reads the whole text.
_ROUNDS = 5
_CHARSETS = ("utf-8", "gb18030", "latin-1")
_PUNYCODE = re.compile(r"xn--([a-z0-9-]{1,59})", re.IGNORECASE)
# Python refuses to read numbers this long; no character has one.
_ENDLESS_NUMBER = re.compile(r"&#[0-9]{1000,}")


def fold(text: str) -> str:
    """Return `text` without case, diacritics, width variants and punctuation; words one blank apart.

    URL escapes are decoded first, so that an address hidden in a URL is found. Characters that cannot be
    seen, such as soft hyphens, are dropped. Traditional Chinese characters become simplified ones.
    """
    return _folded(_decoded(text, "utf-8", is_html=False))


def with_invisible_shown(text: str) -> str:
    """Return the text with characters that cannot be seen, but turn or hide what can, as their codes: [U+202E].

    So are halves of a pair (surrogates), which no page and no database takes.
    """
    return "".join(f"[U+{ord(char):04X}]" if _is_hidden(char) else char for char in text)


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in {"Cf", "Cc", "Cs"} and char not in f"\n\r\t{_SHAPING}"


def decodings(text: str) -> set[str]:
    """Return the text itself and all that it says once escapes of URLs, HTML and host names are decoded."""
    found = {text}
    if "%" in text or "&" in text:
        found |= {_decoded(text, charset, is_html) for charset in _CHARSETS for is_html in (False, True)}
    return found | {_PUNYCODE.sub(_host_label, one) for one in found}


def readings(text: str) -> set[str]:
    """Return every decoding of the text, folded, with ä both as a and as ae, and so on."""
    found = decodings(text)
    return {_folded(one) for one in found} | {_folded(_spelled_out(one)) for one in found}


def _folded(text: str) -> str:
    # Taking characters apart may uncover capitals (℡), and small letters may come apart again (ŉ).
    apart = unicodedata.normalize("NFKD", text.translate(_BLANKS))
    lower = _INVISIBLE.sub("", unicodedata.normalize("NFKD", apart.casefold()))
    bare = "".join(char for char in lower if unicodedata.category(char) not in {"Mn", "Me", "Cf"})
    plain = bare.translate(_PLAIN).translate(SIMPLIFIED)
    return _NOT_ALPHANUMERIC.sub(" ", unicodedata.normalize("NFKC", plain)).strip()


def _spelled_out(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().translate(_SPELLED_OUT)


def _decoded(text: str, charset: str, is_html: bool) -> str:
    for _round in range(_ROUNDS):
        before = text
        if is_html:
            text = html.unescape(_ENDLESS_NUMBER.sub(" ", text))
        text = unquote(text, encoding=charset)
        if text == before:
            break
    return text


def _host_label(match: re.Match[str]) -> str:
    try:
        return match[1].encode("ascii").decode("punycode")
    except ValueError:  # It only looks like one.
        return match[0]
