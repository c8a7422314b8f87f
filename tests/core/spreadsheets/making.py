"""Making workbooks by hand, byte for byte: no library writes the ones that are meant here."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def text(value: str, attributes: str = "") -> str:
    return f'<c t="inlineStr" {attributes}><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def number(value: object, style: int = 0) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'


def cell(kind: str, value: str, *, formula: str = "", style: int = 0) -> str:
    said = f"<f>{escape(formula)}</f>" if formula else ""
    return f'<c t="{kind}" s="{style}">{said}<v>{escape(value)}</v></c>'


def row(*cells: str, attributes: str = "") -> str:
    return f"<row {attributes}>{''.join(cells)}</row>"


HEADER = row(text("Name"), text("City"))


def sheet(*rows: str, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{"".join(rows)}</sheetData>{after}</worksheet>'


@dataclass(frozen=True)
class Book:
    """The parts of a workbook; `parts` come on top of or instead of the usual ones, `without` names those left out."""

    sheets: Sequence[tuple[str, str, str]]  # name, state, XML
    strings: str = ""
    formats: Sequence[int | str] = ()
    is_from_1904: bool = False
    content_type: str = XLSX
    parts: Mapping[str, str | bytes] = field(default_factory=dict)
    without: Sequence[str] = ()

    def files(self) -> dict[str, bytes]:
        found: dict[str, str | bytes] = {
            "[Content_Types].xml": _types(self.content_type),
            "_rels/.rels": links([("r1", "officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": self._workbook(),
            "xl/_rels/workbook.xml.rels": self._links(),
            "xl/styles.xml": self._styles(),
        }
        if self.strings:
            found["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{self.strings}</sst>'
        for place, (_name, _state, xml) in enumerate(self.sheets, start=1):
            found[f"xl/worksheets/sheet{place}.xml"] = xml
        found |= self.parts
        return {
            name: content.encode() if isinstance(content, str) else content
            for name, content in found.items()
            if name not in self.without
        }

    def _workbook(self) -> str:
        named = "".join(
            f'<sheet name="{escape(name)}" sheetId="{place}" state="{state}" r:id="s{place}"/>'
            for place, (name, state, _xml) in enumerate(self.sheets, start=1)
        )
        properties = '<workbookPr date1904="1"/>' if self.is_from_1904 else "<workbookPr/>"
        return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{named}</sheets></workbook>'

    def _links(self) -> str:
        sheets = [
            (f"s{place}", "worksheet", f"worksheets/sheet{place}.xml") for place in range(1, len(self.sheets) + 1)
        ]
        return links([*sheets, ("t1", "styles", "styles.xml"), ("t2", "sharedStrings", "sharedStrings.xml")])

    def _styles(self) -> str:
        """Make style 0 the general one, and style n the nth of the formats: a number of Excel's, or a code."""
        codes = {place: code for place, code in enumerate(self.formats, start=200) if isinstance(code, str)}
        numbers = [place if isinstance(code, str) else code for place, code in enumerate(self.formats, start=200)]
        named = "".join(
            f'<numFmt numFmtId="{place}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
            for place, code in codes.items()
        )
        styles = "".join(f'<xf numFmtId="{one}"/>' for one in (0, *numbers))
        return (
            f'<styleSheet xmlns="{MAIN}"><numFmts>{named}</numFmts>'
            f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>'
        )

    def packed(self) -> bytes:
        return packed(self.files())

    def strict(self) -> bytes:
        files = self.files()
        for transitional, strict in STRICT.items():
            files = {name: content.replace(transitional.encode(), strict.encode()) for name, content in files.items()}
        return packed(files)


def _types(main: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="{TYPES}">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>'
    )


def links(listed: Sequence[tuple[str, str, str]]) -> str:
    found = "".join(f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{to}"/>' for name, kind, to in listed)
    return f'<Relationships xmlns="{PACKAGE}">{found}</Relationships>'


def external(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="x1" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    )


def book(*rows: str, before: str = "", after: str = "", **others: object) -> bytes:
    """Return a workbook of one sheet, "Stations"."""
    return book_of(*rows, before=before, after=after, **others).packed()


def book_of(*rows: str, before: str = "", after: str = "", **others: object) -> Book:
    return replace(Book([("Stations", "visible", sheet(*rows, before=before, after=after))]), **others)


def packed(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, inside in files.items():
            archive.writestr(zipfile.ZipInfo(name), inside, method)
    return content.getvalue()


@dataclass(frozen=True)
class Entry:
    """An entry of an archive that says what one likes; what is None is said truly."""

    name: bytes
    content: bytes
    local_name: bytes | None = None
    size: int | None = None
    crc: int | None = None
    offset: int | None = None
    flags: int = 0
    method: int = 8
    local_method: int | None = None


def archive(entries: Sequence[Entry], *, before: bytes = b"", count: int | None = None) -> bytes:
    """Return an archive of such entries, for the tricks that `zipfile` does not do."""
    body, directory = bytearray(before), bytearray()
    for entry in entries:
        squeezed = zlib.compressobj(wbits=-15)
        inside = squeezed.compress(entry.content) + squeezed.flush() if entry.method == 8 else entry.content
        crc = zlib.crc32(entry.content) if entry.crc is None else entry.crc
        size = len(entry.content) if entry.size is None else entry.size
        local = entry.name if entry.local_name is None else entry.local_name
        offset = len(body) if entry.offset is None else entry.offset
        sums = (0, 33, crc, len(inside), size)
        shared = (20, entry.flags, entry.method, *sums)
        local_method = entry.method if entry.local_method is None else entry.local_method
        body += struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, entry.flags, local_method, *sums, len(local), 0)
        body += local + inside
        directory += struct.pack("<4sH5H3I5H2I", b"PK\x01\x02", 20, *shared, len(entry.name), 0, 0, 0, 0, 0, offset)
        directory += entry.name
    number = len(entries) if count is None else count
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, number, number, len(directory), len(body), 0)
    return bytes(body + directory + end)


def entries_of(files: Mapping[str, bytes]) -> list[Entry]:
    return [Entry(name.encode(), content) for name, content in files.items()]
