"""The process that reads a page: the page on standard input, JSON on standard output, and hardly anything else.

Its arguments are media type and charset. It is started by `casetracker.core.fetching.readable`.
"""

import codecs
import json
import os
import sys
from dataclasses import asdict

from casetracker.core.confined.child import confine
from casetracker.core.page_parsing.charsets import NAMES, decoded
from casetracker.core.page_parsing.paragraphs import Page, page_of

_MEMORY = 1 << 30
_SECONDS = 10
_MOST_CHARACTERS = 2_000_000
_MOST_OF_A_TITLE = 500
_AND_SO_ON = "\n\n[…]"


def main() -> None:
    """Read, and write what the page says."""
    media_type, charset = sys.argv[1:]
    for name in NAMES:
        codecs.lookup(name)  # Codecs are files, and in a moment there are none.
    confine(memory=_MEMORY, seconds=_SECONDS)
    text = decoded(sys.stdin.buffer.read(), charset)
    page = Page("", text.strip(), "") if media_type == "text/plain" else page_of(text)
    sys.stdout.buffer.write(json.dumps(asdict(_bounded(page))).encode())
    sys.stdout.flush()
    os._exit(0)  # Taking a million objects apart one by one takes long.


def _bounded(page: Page) -> Page:
    text = page.text.replace("\x00", "")
    if len(text) > _MOST_CHARACTERS:
        text = text[:_MOST_CHARACTERS] + _AND_SO_ON
    return Page(page.title.replace("\x00", "")[:_MOST_OF_A_TITLE], text, page.language)


if __name__ == "__main__":
    main()
