"""The process that reads: the file on standard input, the answer on standard output, and hardly anything else.

Its argument is JSON: question, kind and limits. The answer is one line of JSON, and after it the copies. It is started
by `casetracker.core.files.process`.
"""

import codecs
import json
import logging
import os
import sys
import warnings

from casetracker.core.confined.child import confine
from casetracker.core.file_parsing.answering import answer, reader_of, refused
from casetracker.core.file_parsing.findings import Refusal
from casetracker.core.file_parsing.limits import Limits

_CODECS = (
    "latin-1",
    "ascii",
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp437",
    "charmap",
    "unicode_escape",
)


def main() -> None:
    """Read, and write the answer."""
    asked = json.loads(sys.argv[1])
    limits = Limits(**asked["limits"])
    logging.disable()
    warnings.simplefilter("ignore")
    # Codecs and modules are files, and in a moment there are none.
    for name in _CODECS:
        codecs.lookup(name)
    kind = asked["kind"]
    reader_of(kind)
    confine(memory=limits.memory, seconds=limits.seconds)
    try:
        found = answer(asked["question"], sys.stdin.buffer.read(), kind, limits)
    except MemoryError:
        found = refused(Refusal("needs_too_much_memory"))
    sys.stdout.buffer.write(json.dumps(found.about).encode() + b"\n")
    sys.stdout.buffer.writelines(found.copies)
    sys.stdout.flush()
    os._exit(0)  # Taking a million objects apart one by one takes long.


if __name__ == "__main__":
    main()
