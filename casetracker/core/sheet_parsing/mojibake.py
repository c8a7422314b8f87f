"""Recognising text that a program has damaged by reading it in a wrong encoding."""

import re

# UTF-8 read as Windows-1252: a byte that begins a character of several bytes, and the bytes that must follow it.
_FOLLOWS = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
# What may stand after any letter at the end of a sentence. On a letter with an accent it looks the same.
_ENDS = "[‘’“”«»‹›…–—]"
_TWICE = re.compile(
    f"[ÂÃÄÅÐÑ](?!{_ENDS}(?![^\\W\\d_])){_FOLLOWS}"
    f"|(?:[â-ï]{_FOLLOWS}{{2}}){{2}}"
    f"|[â-ï](?!{_ENDS}{{2}}){_FOLLOWS}{{2}}"
    f"|ð{_FOLLOWS}{{3}}"
)
# UTF-8 read as GB 18030 turns two replacement characters into these three.
_REPLACED = re.compile("\ufffd|锟斤拷|ï¿½")


def damage_of(text: str) -> str:
    """Return the code of what has happened to the text, or "" if it looks sound."""
    if _REPLACED.search(text):
        return "characters_lost"
    return "encoded_twice" if any(map(_is_utf8, _TWICE.findall(text))) else ""


def _is_utf8(found: str) -> bool:
    # What Windows-1252 leaves undefined, programs pass through as it is.
    code = b"".join(char.encode("latin-1") if char < "\u0100" else char.encode("cp1252") for char in found)
    try:
        code.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
