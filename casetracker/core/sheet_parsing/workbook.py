"""What a workbook is made of: its sheets, and everything that it should not have."""

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casetracker.core.sheet_parsing.findings import refuse
from casetracker.core.sheet_parsing.limits import Limits
from casetracker.core.sheet_parsing.xml_parts import Elements, read_whole
from casetracker.core.sheet_parsing.zip_parts import Package

_TYPES = "[Content_Types].xml"
_MIMETYPE_OF_ODS = b"application/vnd.oasis.opendocument"
_FORBIDDEN_PARTS = (
    ("xl/externallinks/", "takes_from_elsewhere"),
    ("xl/connections.xml", "takes_from_elsewhere"),
    ("xl/querytables/", "takes_from_elsewhere"),
    ("xl/embeddings/", "has_objects"),
    ("xl/activex/", "has_objects"),
)
_MOST_SHEETS = 100
_TRUE = {"1", "true", "on"}


@dataclass(frozen=True)
class Sheet:
    """A worksheet, and the part that it is in."""

    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True)
class Workbook:
    """The sheets in their order, the parts that they share ("" if there is none), and from when dates count."""

    sheets: Sequence[Sheet]
    strings: str
    styles: str
    is_from_1904: bool


@dataclass(frozen=True)
class _Link:
    kind: str
    target: str
    is_external: bool


class _Links(Elements):
    namespaces = ("http://schemas.openxmlformats.org/package/2006/relationships",)

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base
        self.found: dict[str, _Link] = {}

    def start(self, attributes: Mapping[str, str]) -> None:
        if self.path == ["Relationships", "Relationship"]:
            target = attributes.get("Target", "")
            # A target with a slash before it counts from the root of the package.
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(self.base, target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            is_external = attributes.get("TargetMode", "").lower() == "external"
            self.found[attributes.get("Id", "")] = _Link(kind, posixpath.normpath(path), is_external)


class _ContentTypes(Elements):
    namespaces = ("http://schemas.openxmlformats.org/package/2006/content-types",)

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def start(self, attributes: Mapping[str, str]) -> None:
        self.found.add(attributes.get("ContentType", "").lower())


class _Book(Elements):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, bool]] = []
        self.is_from_1904 = False

    def start(self, attributes: Mapping[str, str]) -> None:
        if self.path == ["workbook", "workbookPr"]:
            self.is_from_1904 = is_true(attributes.get("date1904"))
        elif self.path == ["workbook", "sheets", "sheet"]:
            link = next((value for name, value in attributes.items() if name.endswith(" id")), "")
            is_hidden = attributes.get("state", "visible") != "visible"
            if len(self.sheets) == _MOST_SHEETS:
                raise refuse("too_many_sheets", most=_MOST_SHEETS)
            self.sheets.append((attributes.get("name", ""), link, is_hidden))


def is_true(value: str | None) -> bool:
    """Tell whether an attribute is set."""
    return value is not None and value.lower() in _TRUE


def read_workbook(package: Package, limits: Limits) -> Workbook:
    """Return what the workbook is made of. Raises `Refusal` if it is of another kind, or more than a table."""
    _refuse_other_kinds(package, limits)
    for name in package.names:
        for beginning, code in _FORBIDDEN_PARTS:
            if name.startswith(beginning):
                raise refuse(code)
        if name.endswith(".rels"):
            _refuse_external(_links(package, name, limits))
    root = _links(package, "_rels/.rels", limits)
    book_part = next((link.target for link in root.values() if link.kind == "officeDocument"), "")
    if not book_part:
        raise refuse("part_missing", part="workbook.xml")
    book = _Book()
    read_whole(package, book_part, book, limits.elements)
    folder, file = posixpath.split(book_part)
    links = _links(package, posixpath.join(folder, "_rels", f"{file}.rels"), limits)
    return Workbook(
        _sheets(book, links),
        _shared(links, "sharedStrings", package),
        _shared(links, "styles", package),
        book.is_from_1904,
    )


def _refuse_other_kinds(package: Package, limits: Limits) -> None:
    names = package.names
    if "mimetype" in package and b"".join(package.pieces("mimetype")).startswith(_MIMETYPE_OF_ODS):
        raise refuse("foreign", kind="ods")
    if any(name.endswith(".iwa") or name == "index.zip" for name in names):
        raise refuse("foreign", kind="numbers")
    if _TYPES not in package:
        raise refuse("foreign", kind="zip")
    types = _ContentTypes()
    read_whole(package, _TYPES, types, limits.elements)
    told = " ".join(types.found)
    if "macroenabled" in told or any("vbaproject" in name or "/macrosheets/" in name for name in names):
        raise refuse("foreign", kind="xlsb" if "sheet.binary" in told else "macros")
    for mark, kind in (("sheet.binary", "xlsb"), ("wordprocessingml", "doc"), ("presentationml", "powerpoint")):
        if mark in told:
            raise refuse("foreign", kind=kind)


def _links(package: Package, part: str, limits: Limits) -> Mapping[str, _Link]:
    # xl/_rels/workbook.xml.rels is about parts beside xl/workbook.xml
    links = _Links(posixpath.dirname(posixpath.dirname(part)))
    read_whole(package, part, links, limits.elements)
    return links.found


def _refuse_external(links: Mapping[str, _Link]) -> None:
    """Refuse what would be fetched or taken from elsewhere. Links that a person may click are none of that."""
    for link in links.values():
        if link.is_external and link.kind != "hyperlink":
            raise refuse("takes_from_elsewhere")
        if link.kind in {"vbaProject", "xlMacrosheet"}:
            raise refuse("foreign", kind="macros")


def _sheets(book: _Book, links: Mapping[str, _Link]) -> list[Sheet]:
    """Return the worksheets; charts on a sheet of their own are left out."""
    sheets = []
    for name, link, is_hidden in book.sheets:
        if link not in links:
            raise refuse("part_missing", part=name[:80])
        if links[link].kind == "worksheet":
            sheets.append(Sheet(name, links[link].target, is_hidden))
    return sheets


def _shared(links: Mapping[str, _Link], kind: str, package: Package) -> str:
    part = next((link.target for link in links.values() if link.kind == kind), "")
    return part if part in package else ""
