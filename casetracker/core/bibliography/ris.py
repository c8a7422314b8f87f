"""RIS: lines with a tag of two signs, and a last line ER for each entry.

rispy was tried. It merges two entries where the last line of the first is missing, leaves out an entry behind a byte
order mark or with one blank in its tags, and knows no lines. The format is so plain that reading it takes less than
mending that.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from casetracker.core.bibliography import dates
from casetracker.core.bibliography.markup import without_markup
from casetracker.core.bibliography.reference import Name, Reference, one_line
from casetracker.core.bibliography.types import type_of_ris
from casetracker.core.sheet_parsing.findings import Findings

_TAG = re.compile(r"\s{0,3}([A-Z][A-Z0-9]) {1,2}-(?: ?(.*))?")
_GOVERNMENT = "government document"


def read_ris(text: str, findings: Findings) -> Iterator[tuple[int, Reference]]:
    """Yield each entry with the line in which it begins. What is broken is noted among the findings."""
    entry: _Entry | None = None
    for line, written in enumerate(text.split("\n"), 1):
        match = _TAG.fullmatch(written.rstrip())
        tag, value = (match[1], match[2] or "") if match else ("", written)
        if tag == "TY":
            if entry:
                findings.add("ris_unclosed", entry=entry.name, line=entry.line)
            entry = _Entry(line, value.strip().upper())
        elif tag == "ER" and entry:
            yield entry.line, entry.reference()
            entry = None
        elif entry:
            entry.take(tag, value)
        elif tag and tag != "ER":  # Before the first entry, databases write what they are.
            findings.add("ris_outside", line=line, tag=tag)
            entry = _Entry(line, "")
    if entry:
        findings.add("ris_unclosed", entry=entry.name, line=entry.line)


class _Entry:
    """The tags of an entry, in their order."""

    def __init__(self, line: int, code: str) -> None:
        self.line, self.code = line, code
        self._values: dict[str, list[str]] = defaultdict(list)
        self._last = ""

    def take(self, tag: str, value: str) -> None:
        """Take a line. One without a tag goes on with the tag before it."""
        if tag:
            self._values[tag].append(value.strip())
        elif self._last and value.strip():
            self._values[self._last][-1] += f"\n{value.strip()}"
        self._last = tag or self._last

    @property
    def name(self) -> str:
        """What people call the entry."""
        return self._text("TI", "T1") or self._text("ID") or self.code or "?"

    def _text(self, *tags: str) -> str:
        values = (value for tag in tags for value in self._values.get(tag, ()))
        return next(filter(None, (one_line(without_markup(value)) for value in values)), "")

    def reference(self) -> Reference:
        in_book = ("BT",) if self.code == "CHAP" else ()
        doi = self._text("DO")
        genre = self._text("M3")
        return Reference(
            id=self._text("ID"),
            type=type_of_ris(self.code),
            title=self._text("TI", "T1", "CT", *(() if in_book else ("BT",))),
            authors=tuple(self._names("AU", "A1") or self._names("A2", "ED")),
            publisher=self._text("PB"),
            container=self._text("T2", "JO", "JF", "JA", "J1", "J2", *in_book),
            published=dates.from_ris(self._date()),
            url=self._text("UR", "LK").split(" ")[0]
            or (doi and f"https://doi.org/{doi.removeprefix('https://doi.org/')}"),
            language=self._text("LA"),
            genre=genre or (_GOVERNMENT if self.code == "GOVDOC" else ""),
            version=self._text("ET"),
            note="\n".join(filter(None, map(without_markup, self._values.get("N1", ())))),
        )

    def _date(self) -> str:
        """Return the most exact of the dates: programs write the year again beside the day."""
        values = [value for tag in ("DA", "Y1", "PY", "Y0") for value in self._values.get(tag, ()) if value.strip("/ ")]
        return max(values, key=lambda value: len(value.strip("/")), default="")

    def _names(self, *tags: str) -> list[Name]:
        return [_name(one_line(value)) for tag in tags for value in self._values.get(tag, ()) if value.strip()]


def _name(text: str) -> Name:
    """Return a name: “Family, Given, Suffix”. With two commas, it is that of an organisation."""
    if ",," in text or text.endswith(","):
        return Name(text.replace(",,", ",").removesuffix(","))
    family, comma, given = text.partition(",")
    return Name(family.strip(), given.strip()) if comma and family.strip() else Name(text)
