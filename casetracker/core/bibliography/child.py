"""The process that reads a bibliography; see `casetracker.core.sheet_parsing.child`, which it is but for the reader.

Its libraries are loaded before it gives up files.
"""

import codecs
import logging

from casetracker.core.bibliography.bibtex_text import plain
from casetracker.core.bibliography.parse import events
from casetracker.core.sheet_parsing.child import main as read


def main() -> None:
    """Read, and write what came of it."""
    logging.disable()  # What libraries say may quote the file.
    plain(r"\ss")
    codecs.lookup("utf-8")
    read(events)
