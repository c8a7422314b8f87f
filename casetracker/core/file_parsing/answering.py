"""What can be asked about a file: what it is, what it says about itself, and for clean copies."""

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from casetracker.core.confined.child import place_of
from casetracker.core.file_parsing import kinds
from casetracker.core.file_parsing.findings import Notes, Refusal
from casetracker.core.file_parsing.limits import Limits

IDENTIFY, EXAMINE, COPY = "identify", "examine", "copy"
# What reads each kind; only that is loaded, and it must be before the process gives up its files.
_READERS = {kinds.PDF: "pdf_task", kinds.ZIP: "office_task", **dict.fromkeys(kinds.IMAGES, "image_task")}


@dataclass(frozen=True)
class Answer:
    """The answer in plain data that JSON can carry; the copies follow as bytes."""

    about: dict[str, Any]
    copies: Sequence[bytes] = field(default_factory=tuple)


def reader_of(kind: str) -> Any:
    """Return the module that reads files of this kind, or None if they are kept without being read."""
    name = _READERS.get(kind)
    return importlib.import_module(f"casetracker.core.file_parsing.{name}") if name else None


def answer(question: str, content: bytes, kind: str, limits: Limits) -> Answer:
    """Answer about a file whose beginning told `kind`. Raises nothing, whatever the bytes."""
    try:
        return _answer(question, content, kind, limits)
    except Refusal as refusal:
        return refused(refusal)
    except MemoryError:
        return refused(Refusal("needs_too_much_memory"))
    except RecursionError:
        return refused(Refusal("damaged"))
    # Pillow and pypdf do not say what they raise for damaged files, and nearly anything was met. The other side logs
    # the place, which shows whether it is ours.
    except Exception as error:  # noqa: BLE001
        return refused(Refusal("damaged", place=place_of(error)))


def refused(refusal: Refusal) -> Answer:
    """Return the answer that the file is refused."""
    return Answer({"code": refusal.code, "details": refusal.details})


def _answer(question: str, content: bytes, kind: str, limits: Limits) -> Answer:
    reader = reader_of(kind)
    if reader is None:
        return Answer({"kind": kind, "notes": {}, "size": {}, "copies": []})
    file = reader.File(content, kind, limits)
    about: dict[str, Any] = {"kind": file.kind, "notes": {}, "size": {}, "copies": []}
    if question == EXAMINE:
        notes = Notes()
        about["size"] = file.examined(notes)
        about["notes"] = notes.as_dict()
    if question != COPY:
        return Answer(about)
    copies = list(_within(file.copies(), limits))
    about["copies"] = [(purpose, kind, len(copy)) for purpose, kind, copy in copies]
    return Answer(about, [copy for _purpose, _kind, copy in copies])


def _within(copies: Iterator[tuple[str, str, bytes]], limits: Limits) -> Iterator[tuple[str, str, bytes]]:
    left = limits.copies
    for purpose, kind, copy in copies:
        left -= len(copy)
        if left < 0:
            raise Refusal("unpacks_too_large")
        yield purpose, kind, copy
