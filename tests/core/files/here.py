"""Asking about a file in this process: quick, and not within limits of memory and time."""

from dataclasses import dataclass, field

from casetracker.core.file_parsing.answering import COPY, EXAMINE, answer
from casetracker.core.file_parsing.findings import Refusal
from casetracker.core.file_parsing.kinds import HEAD, kind_of
from casetracker.core.file_parsing.limits import Limits

# Damage makes sizes and counts of anything.
SMALL = Limits(pixels=4_000_000, unpacked=2**24, elements=100_000, copies=2**24, pages=50, objects=5_000)


@dataclass(frozen=True)
class Found:
    """What came of a file: the codes of refusals, with the place in the code, and the copies."""

    codes: list = field(default_factory=list)
    places: list = field(default_factory=list)
    copies: list = field(default_factory=list)


def asked_here(content):
    """Examine and copy the content. Raises what is neither an answer nor a refusal."""
    try:
        kind = kind_of(content[:HEAD])
    except Refusal as refusal:
        return Found([refusal.code])
    found = Found()
    for question in (EXAMINE, COPY):
        told = answer(question, content, kind, SMALL)
        if "code" in told.about:
            found.codes.append(told.about["code"])
            found.places.append(told.about["details"].get("place", ""))
        found.copies.extend(told.copies)
    return found
