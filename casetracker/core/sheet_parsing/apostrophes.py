"""The apostrophe that keeps a spreadsheet program from taking a text for a formula.

Guarding and unguarding are inverse to each other for every text. Names such as 's-Hertogenbosch stay as they are.
"""

import re

# Blanks, apostrophes and invisible characters may stand before it: programs differ in what they skip.
_FORMULA = re.compile(r"[\s'\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹢﹣﹦﹫\t\r\n]")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", re.ASCII)


def needs_guard(text: str) -> bool:
    """Tell whether a program may take the text for a formula, or for a text with an apostrophe of ours."""
    return _FORMULA.match(text) is not None and _NUMBER.fullmatch(text) is None


def guarded(text: str) -> str:
    """Return the text with an apostrophe before it where it needs one."""
    return f"'{text}" if needs_guard(text) else text


def unguarded(text: str) -> str:
    """Take away the one apostrophe that `guarded` put there."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text
