"""Reading a file as references."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from casetracker.core.bibliography.formats import BIBTEX, CSL, RIS
from casetracker.core.bibliography.messages import TEXTS
from casetracker.core.bibliography.reference import Reference, reference_of
from casetracker.core.confined.parent import command
from casetracker.core.sheet_parsing.limits import Limits
from casetracker.core.spreadsheets.process import events_of
from casetracker.core.spreadsheets.reading import table_of

_LIBRARIES = ("bibtexparser", "pylatexenc")
FORMATS = (BIBTEX, RIS, CSL)


@dataclass(frozen=True)
class Found:
    """A reference and where it stands: the line in which it begins, or its place if several begin in one line."""

    number: int
    reference: Reference


@dataclass(frozen=True)
class Bibliography:
    """What a file says, and in which encoding and format."""

    entries: Sequence[Found]
    encoding: str
    file_format: str


def read_bibliography(
    content: bytes, name: str, file_format: str, *, encoding: str = "", limits: Limits | None = None
) -> Bibliography:
    """Return the references in a file. It is taken apart by a process of its own, within `limits`.

    Raises `UnreadableFile` with all that is wrong, or `EncodingUnclear`; nothing else, whatever the bytes.
    """
    limits = limits or Limits()
    table = table_of(events_of(_command(encoding, file_format, limits), content, limits), name, TEXTS)
    entries = [Found(row.number, reference_of(row.cells)) for row in table.rows]
    return Bibliography(entries, table.encoding, table.delimiter)


def _command(encoding: str, file_format: str, limits: Limits) -> list[str]:
    asked = json.dumps({"encoding": encoding, "file_format": file_format, "limits": asdict(limits)})
    return command("casetracker.core.bibliography.child", asked, packages=_folders_of_libraries())


@cache
def _folders_of_libraries() -> list[Path]:
    specs = (find_spec(name) for name in _LIBRARIES)
    return list(dict.fromkeys(Path(spec.origin).parents[1] for spec in specs if spec and spec.origin))
