"""Folding text, so that the same words compare equal however they are typed."""

import re
import unicodedata
from urllib.parse import unquote

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
# Letters with a stroke or joined letters, which Unicode does not take apart.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


def fold(text: str) -> str:
    """Return `text` without case, diacritics, width variants and punctuation; words one blank apart.

    URL escapes are decoded first, as often as they were applied, so that an address hidden in a URL is
    found. Characters that cannot be seen, such as soft hyphens, are dropped.
    """
    # Taking characters apart may uncover capitals (℡), and small letters may come apart again (ŉ).
    lower = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", _unquoted(text)).casefold())
    bare = "".join(char for char in lower if unicodedata.category(char) not in {"Mn", "Me", "Cf"})
    return _NOT_ALPHANUMERIC.sub(" ", unicodedata.normalize("NFKC", bare.translate(_PLAIN))).strip()


def _unquoted(text: str) -> str:
    while (decoded := unquote(text)) != text:
        text = decoded
    return text


def contains_term(text: str, term: str) -> bool:
    """Tell whether `term` occurs in `text`, however it is spaced, cased or punctuated.

    Long terms are also found when the blanks between their words are missing, as in URLs. Short ones
    must stand as whole words, or nearly every text would contain them.
    """
    folded_text, folded_term = fold(text), fold(term)
    if not folded_term:
        return False
    squeezed = folded_term.replace(" ", "")
    if len(squeezed) >= 6 or not squeezed.isascii():
        return squeezed in folded_text.replace(" ", "")
    return f" {folded_term} " in f" {folded_text} "
