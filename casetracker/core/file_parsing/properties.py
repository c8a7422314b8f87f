"""What an office document says about itself: who wrote and saved it, with what, when, for how long."""

from collections.abc import Mapping
from typing import TypeVar

from casetracker.core.file_parsing.findings import Notes
from casetracker.core.file_parsing.markup import Walker, bare, walk
from casetracker.core.file_parsing.package import Office

_KNOWN = {
    # docProps/core.xml
    "creator": "Author",
    "lastModifiedBy": "Last saved by",
    "created": "Created",
    "modified": "Modified",
    "lastPrinted": "Printed",
    "title": "Title",
    "subject": "Subject",
    "description": "Description",
    "keywords": "Keywords",
    "category": "Category",
    "revision": "Times saved",
    # docProps/app.xml
    "Application": "Software",
    "AppVersion": "Software version",
    "Company": "Company",
    "Manager": "Manager",
    "Template": "Template",
    "TotalTime": "Minutes of work",
    "HyperlinkBase": "Link base",
    # meta.xml of OpenDocument
    "initial-creator": "Author",
    "creation-date": "Created",
    "date": "Modified",
    "printed-by": "Printed by",
    "print-date": "Printed",
    "generator": "Software",
    "editing-cycles": "Times saved",
    "editing-duration": "Time of work",
    "keyword": "Keywords",
}
# OpenDocument says of the first author that he is the first.
_OF_OPEN_DOCUMENT = _KNOWN | {"creator": "Last saved by"}
_PARTS = ("docprops/core.xml", "docprops/app.xml")
_CUSTOM = "docprops/custom.xml"
_SETTINGS = "word/settings.xml"
_PEOPLE = {"author", "displayName", "userId"}
_LONGEST = 400
_STARTS_OF_PARTS_WITH_PEOPLE = ("word/comments", "word/people", "xl/comments", "xl/persons/", "xl/threadedcomments/")


def note_properties(office: Office, kind: str, notes: Notes) -> None:
    """Note what the document says about itself."""
    names = office.package.names
    known = _OF_OPEN_DOCUMENT if kind in {"odt", "ods"} else _KNOWN
    for part in _PARTS if known is _KNOWN else ("meta.xml",):
        if part in names:
            notes.add_known(known, _walked(office, part, _Values()).found)
    if _CUSTOM in names:
        for name, value in _walked(office, _CUSTOM, _Custom()).found:
            notes.add(f"Text “{name}”", value)
    _note_people(office, kind, notes)
    if _SETTINGS in names:
        templates = [one.target for one in office.relations(_SETTINGS) if one.kind == "attachedTemplate"]
        notes.add("Template", *templates)
    if any("/embeddings/" in name for name in names):
        notes.add("Files inside", "yes")


def _note_people(office: Office, kind: str, notes: Notes) -> None:
    names = office.package.names
    parts = [name for name in names if name.startswith(_STARTS_OF_PARTS_WITH_PEOPLE) and name.endswith(".xml")]
    if kind == "docx":
        parts.append(office.main_part())
    for part in parts[:20]:
        people = _walked(office, part, _People())
        notes.add("Comments and changes by", *people.found)


_AnyWalker = TypeVar("_AnyWalker", bound=Walker)


class _Values(Walker):
    """The texts of elements, by their names alone: they are shown to people, and decide nothing."""

    def __init__(self) -> None:
        self.found: list[tuple[str, object]] = []
        self._text = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._text = ""

    def text(self, text: str) -> None:
        self._text = (self._text + text)[:_LONGEST]

    def end(self, name: str) -> None:
        if self._text.strip() and len(self.found) < _LONGEST:
            self.found.append((bare(name), self._text))
        self._text = ""


class _Custom(_Values):
    """Properties that have names of their own."""

    _name = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        super().start(name, attributes)
        self._name = attributes.get("name", self._name)

    def end(self, name: str) -> None:
        if self._text.strip() and len(self.found) < _LONGEST:
            self.found.append((self._name, self._text))
        self._text = ""


class _People(Walker):
    """The names of those who commented or changed something."""

    def __init__(self) -> None:
        self.found: dict[str, None] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        for key, value in attributes.items():
            if bare(key) in _PEOPLE and len(self.found) < _LONGEST:
                self.found[value] = None


def _walked(office: Office, part: str, walker: _AnyWalker) -> _AnyWalker:
    walk(office, part, walker)
    return walker
