"""Workbooks that are strange but legal."""

import codecs
import io
import zipfile
from dataclasses import replace

import openpyxl

from tests.core.spreadsheets.corpus.case import Case, good
from tests.core.spreadsheets.corpus.plain import BOOK, FILE, FILES, PLAIN, SHEET, A, with_parts
from tests.core.spreadsheets.making import (
    HEADER,
    MAIN,
    external,
    links,
    packed,
    row,
    sheet,
    text,
)

PREFIXED = f"""<?xml version="1.0"?>
<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c t="str"><x:v>Name</x:v></x:c><x:c t="str"><x:v>City</x:v></x:c>
</x:row><x:row><x:c t="str"><x:v>A</x:v></x:c><x:c t="str"><x:v>Prato</x:v></x:c></x:row></x:sheetData></x:worksheet>"""


def of_library() -> bytes:
    """Return what openpyxl writes."""
    made = openpyxl.Workbook()
    made.active.append(["Name", "City"])
    made.active.append(["A", "Prato"])
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def smuggled(namespace: str) -> str:
    return sheet(HEADER, A).replace("</sheetData>", f'<x:row xmlns:x="{namespace}">{text("evil")}</x:row></sheetData>')


LEGAL = [
    good("workbook of openpyxl", FILE, of_library(), ("A", "Prato")),
    good("strict workbook", FILE, PLAIN.strict(), ("A", "Prato")),
    good(
        "targets from the root",
        FILE,
        with_parts(**{"xl/_rels/workbook.xml.rels": links([("s1", "worksheet", "/xl/worksheets/sheet1.xml")])}),
        ("A", "Prato"),
    ),
    good(
        "names in another case",
        FILE,
        packed({name.replace("sheet1", "Sheet1"): content for name, content in FILES.items()}),
        ("A", "Prato"),
    ),
    good(
        "a workbook at the root",
        FILE,
        packed(
            {
                "_rels/.rels": FILES["_rels/.rels"].replace(b"xl/workbook", b"book"),
                "book.xml": FILES[BOOK],
                "_rels/book.xml.rels": FILES["xl/_rels/workbook.xml.rels"].replace(b"worksheets/", b"xl/worksheets/"),
                SHEET: FILES[SHEET],
                "[Content_Types].xml": FILES["[Content_Types].xml"],
            }
        ),
        ("A", "Prato"),
    ),
    good("no styles", FILE, replace(PLAIN, without=["xl/styles.xml"]).packed(), ("A", "Prato")),
    good("nothing packed", FILE, packed(FILES, zipfile.ZIP_STORED), ("A", "Prato")),
    good("names with prefixes", FILE, with_parts(sheet=PREFIXED), ("A", "Prato")),
    good("XML in UTF-16", FILE, with_parts(sheet=sheet(HEADER, A).encode("utf-16")), ("A", "Prato")),
    good("XML with a mark", FILE, with_parts(sheet=codecs.BOM_UTF8 + sheet(HEADER, A).encode()), ("A", "Prato")),
    good(
        "cells that say where they are",
        FILE,
        with_parts(
            sheet=sheet(
                '<row r="1"><c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>City</v></c></row>',
                '<row r="7" spans="1:2"><c r="B7" t="str"><v>Prato</v></c></row>',
            )
        ),
        numbered=[(7, ("", "Prato"))],
    ),
    good(
        "comments and instructions",
        FILE,
        with_parts(sheet="<?xml-stylesheet href='http://evil.example/'?><!-- x -->" + sheet(HEADER, A)),
        ("A", "Prato"),
    ),
    good("rows of another namespace are none", FILE, with_parts(sheet=smuggled("urn:x")), ("A", "Prato")),
    good(
        "cells outside of the data are none",
        FILE,
        with_parts(sheet=sheet(HEADER, A, after=f"<extLst><ext>{row(text('evil'))}</ext></extLst>")),
        ("A", "Prato"),
    ),
    good(
        "links that people click",
        FILE,
        with_parts(**{"xl/worksheets/_rels/sheet1.xml.rels": external("hyperlink", "https://example.org/")}),
        ("A", "Prato"),
    ),
    good(
        "pictures and notes",
        FILE,
        with_parts(**{"xl/media/image1.png": b"\x89PNG\r\n\x1a\n", "xl/comments1.xml": "<x/>"}),
        ("A", "Prato"),
    ),
    good("a comment of the archive", FILE, packed(FILES)[:-2] + b"\x05\x00hello", ("A", "Prato")),
]

CASES: list[Case] = LEGAL
