"""Office documents as archives: what they are by their parts, and what in them does more than a document."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from casetracker.core.file_parsing.findings import Refusal
from casetracker.core.file_parsing.limits import Limits
from casetracker.core.sheet_parsing import findings as sheet_findings
from casetracker.core.sheet_parsing.limits import Limits as PartLimits
from casetracker.core.sheet_parsing.xml_parts import Elements, read_whole
from casetracker.core.sheet_parsing.zip_parts import Package

_CODES = {
    "encrypted": "encrypted",
    "too_many_parts": "too_many_parts",
    "unpacks_too_large": "unpacks_too_large",
    "too_many_elements": "unpacks_too_large",
    "xml_declarations": "xml_declarations",
}
_MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
_ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_WITH_MACROS = re.compile(r"macroenabled|vbaproject|\.activex", re.IGNORECASE)
_TYPES = "[content_types].xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_SCRIPTS_OF_ODF = ("basic/", "scripts/")
# Beyond the address, these lead nowhere by themselves: a person has to follow them.
_FOLLOWED_BY_HAND = {"hyperlink"}
_REMOTE = re.compile(r"\s*(https?:|ftp:|\\\\|//|file:///*\\\\|file://[^/])", re.IGNORECASE)


def part_limits(limits: Limits) -> PartLimits:
    """Return the limits in the words of those who unpack."""
    return PartLimits(members=limits.parts, unpacked=limits.unpacked, ratio=limits.ratio, elements=limits.elements)


def translated(refusal: sheet_findings.Refusal) -> Refusal:
    """Return what unpacking found wrong, in the codes of this side."""
    [finding, *_others] = refusal.findings
    return Refusal(_CODES.get(finding.code, "damaged"))


@dataclass(frozen=True)
class Relation:
    """What a part has to do with another, or with something outside the document."""

    key: str
    kind: str  # the last word of its type
    target: str  # the name of the part, in lower case; the address as it is if that is outside
    is_outside: bool
    is_strict: bool


class Office:
    """An office document in its archive. Raises `Refusal` for what is damaged or goes beyond the limits."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        """Open the archive."""
        self.limits = limits
        try:
            self.package = Package(content, part_limits(limits), may_nest=True)
        except sheet_findings.Refusal as refusal:
            raise translated(refusal) from None

    def content_of(self, part: str) -> bytes:
        """Return a part."""
        try:
            return b"".join(self.package.pieces(part))
        except sheet_findings.Refusal as refusal:
            raise translated(refusal) from None

    def read(self, part: str, elements: Elements) -> None:
        """Parse a part from its beginning to its end."""
        try:
            read_whole(self.package, part, elements, self.limits.elements)
        except sheet_findings.Refusal as refusal:
            raise translated(refusal) from None

    def kind(self) -> str:
        """Return what the document is. Raises `Refusal` for other archives, and for documents with macros."""
        if "mimetype" in self.package:
            kind = _ODF.get(self.content_of("mimetype")[:100], "")
            if kind and any(name.startswith(_SCRIPTS_OF_ODF) for name in self.package.names):
                raise Refusal("macros")
        else:
            kind = self._kind_of_ooxml() if _TYPES in self.package else ""
        if not kind:
            raise Refusal("foreign", kind="archive")
        return kind

    def _kind_of_ooxml(self) -> str:
        types = _Types()
        self.read(_TYPES, types)
        if any(_WITH_MACROS.search(one) for one in types.found) or any(
            name.endswith("vbaproject.bin") or "/activex/" in name for name in self.package.names
        ):
            raise Refusal("macros")
        # That it says so is not enough: the part that is meant must be there.
        main = [one for one in self.relations("") if one.kind == "officeDocument" and one.target in self.package]
        kinds = [kind for kind, media_type in _MAIN.items() if media_type in types.found]
        return kinds[0] if len(main) == 1 and len(kinds) == 1 else ""

    def main_part(self) -> str:
        """Return the name of the part that has the text."""
        return next(one.target for one in self.relations("") if one.kind == "officeDocument")

    def relations(self, part: str) -> list[Relation]:
        """Return the relations of a part, or of the whole document for ""."""
        folder, _slash, name = part.rpartition("/")
        found = _Relations(folder)
        at = f"{folder}/_rels/{name}.rels".removeprefix("/")
        if at in self.package:
            self.read(at, found)
        return found.relations

    def refuse_if_remote(self) -> None:
        """Raise `Refusal` if opening the document fetches something from elsewhere."""
        for name in self.package.names:
            if name.endswith(".rels"):
                found = _Relations("")
                self.read(name, found)
                for one in found.relations:
                    if one.is_outside and one.kind not in _FOLLOWED_BY_HAND and _REMOTE.match(one.target):
                        raise Refusal("remote_content", address=one.target[:80])


class _Types(Elements):
    namespaces = ("http://schemas.openxmlformats.org/package/2006/content-types",)

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def start(self, attributes: Mapping[str, str]) -> None:
        self.found.add(attributes.get("ContentType", ""))


class _Relations(Elements):
    namespaces = (_RELATIONS,)

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.relations: list[Relation] = []
        self._folder = folder

    def start(self, attributes: Mapping[str, str]) -> None:
        if self.path[-1] != "Relationship":
            return
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        is_outside = attributes.get("TargetMode", "").lower() == "external"
        self.relations.append(
            Relation(
                key=attributes.get("Id", ""),
                kind=kind.rpartition("/")[2],
                target=target if is_outside else _joined(self._folder, target),
                is_outside=is_outside,
                is_strict=kind.startswith("http://purl.oclc.org/"),
            )
        )


def _joined(folder: str, target: str) -> str:
    """Return the name of the part to which a target leads from a folder."""
    steps = [] if target.startswith("/") else folder.split("/")
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(filter(None, steps)).lower()
