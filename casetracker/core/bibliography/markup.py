"""The markup that programs put into titles and notes."""

import html
import re

_IN_LINES = re.compile(
    r"</?(?:i|b|em|strong|sub|sup|sc|u)>|<span(?: (?:class|style)=\"[^\"<>]*\")?>|</span>", re.IGNORECASE
)
_BLOCKS = re.compile(r"<(?:p|div|br|li|h[1-6])(?: [^<>]*)?/?>", re.IGNORECASE)
_TAGS = re.compile(r"</?[a-z][a-z0-9]*(?: [^<>]*)?/?>", re.IGNORECASE)
_IS_HTML = re.compile(r"</(?:p|div|li|ul|ol|h[1-6]|a)>|<br ?/?>", re.IGNORECASE)


def without_markup(text: str) -> str:
    """Return the text without the marks of italics and the like; of a note written as HTML, its words."""
    if "<" not in text:
        return text
    if _IS_HTML.search(text):
        return html.unescape(_TAGS.sub("", _BLOCKS.sub("\n", text)))
    return _IN_LINES.sub("", text)
