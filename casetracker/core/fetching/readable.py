"""A copy of a page that is quick to read: its text alone. It is for working with; the capture stays what counts."""

import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[3]
# -I takes neither environment nor current folder, -S no installed packages.
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from casetracker.core.page_parsing.child import main; main()"
_READABLE = frozenset({"", "text/html", "application/xhtml+xml", "text/plain"})
_MOST_BYTES = 8 * 2**20
# Its processor time is bounded by itself; this is for a machine that is busy.
_PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class ReadableCopy:
    """What a page says, in plain text. All is empty where nothing could be read, and of files that are no pages."""

    title: str = ""
    text: str = ""  # paragraphs, an empty line between them
    language: str = ""  # as the page tells it


def readable_text(body: IO[bytes] | bytes, media_type: str, charset: str) -> ReadableCopy:
    """Return what a page says, without scripts, styles and navigation. A page of many megabytes is read in part.

    A process without files, network or much memory does it: whatever the page does to it, nothing happens here.
    """
    if media_type not in _READABLE:
        return ReadableCopy()
    content = body[:_MOST_BYTES] if isinstance(body, bytes) else body.read(_MOST_BYTES)
    command = [sys.executable, "-I", "-S", "-B", "-c", _START, str(_ROOT), media_type, charset]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; what people send is its input
            command, input=content, capture_output=True, env={}, cwd="/", timeout=_PATIENCE_SECONDS, check=True
        )
        told = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError, OSError) as error:
        logger.warning("A page could not be made readable: %s", type(error).__name__)
        return ReadableCopy()
    return ReadableCopy(**{name: str(told[name]) for name in ("title", "text", "language")})
