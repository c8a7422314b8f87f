"""The process that reads: the file on standard input, JSON lines on standard output, and hardly anything else.

Its arguments are JSON: encoding, sheet and limits. It is started by `casetracker.core.spreadsheets.process`.
"""

import codecs
import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

from casetracker.core.confined.child import confine, place_of
from casetracker.core.sheet_parsing.encodings import NAMES
from casetracker.core.sheet_parsing.findings import Refusal
from casetracker.core.sheet_parsing.grid import Event
from casetracker.core.sheet_parsing.limits import Limits
from casetracker.core.sheet_parsing.parse import events


def main(read: Callable[..., Iterator[Event]] = events) -> None:
    """Read, and write what came of it. `read` knows what sort of file it is."""
    asked = json.loads(sys.argv[1])
    limits = Limits(**asked.pop("limits"))
    for encoding in (*NAMES, "utf-8-sig", "utf-16-le", "cp437", "latin-1"):
        codecs.lookup(encoding)  # Codecs are files, and in a moment there are none.
    confine(memory=limits.memory, seconds=limits.seconds)
    try:
        content = sys.stdin.buffer.read(limits.bytes + 1)
        for event in read(content, limits=limits, **asked):
            _write(event)
    except Refusal as refusal:
        _write(("refusal", refusal.as_dict()))
    except MemoryError:
        _write(("memory", None))
    except Exception as error:  # noqa: BLE001 - a bug of ours; the other side tells the person and logs the place
        _write(("bug", place_of(error)))
    sys.stdout.flush()
    os._exit(0)  # Taking a million objects apart one by one takes long.


def _write(event: tuple[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(event, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")


if __name__ == "__main__":
    main()
