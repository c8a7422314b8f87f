"""What is hidden in a workbook, and which of its sheets is meant."""

from tests.core.spreadsheets.corpus.case import Case, bad, good
from tests.core.spreadsheets.corpus.plain import FILE, A
from tests.core.spreadsheets.making import HEADER, Book, book, cell, links, row, sheet, text

SHEET_LINK = ("s1", "worksheet", "worksheets/sheet1.xml")

HIDDEN = [
    bad("hidden row", FILE, book(HEADER, A, row(text("B"), attributes='hidden="1"')), "This row is hidden", row=3),
    bad(
        "rows hidden by a filter",
        FILE,
        book(
            HEADER,
            A,
            *[row(text("B"), attributes='hidden="true"')] * 3,
            A,
            row(text("C"), attributes='hidden="1"'),
            after='<autoFilter ref="A1:B9"/>',
        ),
        "Rows 3 to 5 are hidden",
        row=3,
        problems=2,
    ),
    bad(
        "row without height",
        FILE,
        book(HEADER, A, row(text("B"), attributes='ht="0" customHeight="1"')),
        "This row is hidden",
        row=3,
    ),
    bad(
        "hidden header",
        FILE,
        book(row(text("Name"), attributes='hidden="1"'), row(text("A"))),
        "This row is hidden",
        row=1,
    ),
    bad(
        "hidden column",
        FILE,
        book(HEADER, A, before='<cols><col min="2" max="2" hidden="1"/></cols>'),
        "Column B is hidden",
        column="City",
    ),
    bad(
        "column without width",
        FILE,
        book(HEADER, A, before='<cols><col min="1" max="1" width="0"/></cols>'),
        "Column A is hidden",
        column="Name",
    ),
    bad(
        "merged cells",
        FILE,
        book(HEADER, A, after='<mergeCells><mergeCell ref="A5:B6"/><mergeCell ref="A2:A3"/></mergeCells>'),
        "merged cells: A5:B6",
        problems=2,
    ),
    bad(
        "everything at once",
        FILE,
        book(
            HEADER,
            row(text("A"), cell("e", "#N/A"), attributes='hidden="1"'),
            after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
        ),
        "gives an error",
        problems=3,
    ),
    bad(
        "hidden sheet",
        FILE,
        Book([("Stations", "visible", sheet(HEADER, A)), ("Old", "hidden", sheet(A))]).packed(),
        "“Old” is hidden",
    ),
    bad(
        "sheet that only macros show",
        FILE,
        Book([("Stations", "visible", sheet(HEADER, A)), ("Old", "veryHidden", sheet(A))]).packed(),
        "“Old” is hidden",
    ),
    bad(
        "two sheets",
        FILE,
        Book([("One", "visible", sheet(HEADER, A)), ("Two", "visible", sheet(A))]).packed(),
        "“One”, “Two”",
        choices=["One", "Two"],
    ),
    bad("sheet that is not there", FILE, book(HEADER, A), "no visible sheet named “Cases”", sheet="Cases"),
    bad(
        "hidden sheet that is chosen",
        FILE,
        Book([("One", "visible", sheet(HEADER, A)), ("Two", "hidden", sheet(A))]).packed(),
        "no visible sheet named “Two”",
        sheet="Two",
    ),
    good(
        "one of two sheets",
        FILE,
        Book([("One", "visible", sheet(HEADER, A)), ("Two", "visible", sheet(A, A))]).packed(),
        ("A", "Prato"),
        sheet="One",
        sheets=["Two"],
    ),
    good(
        "empty sheets",
        FILE,
        Book(
            [
                ("One", "visible", sheet()),
                ("Two", "visible", sheet(HEADER, A)),
                ("Three", "hidden", sheet(row("<c s='1'/>"))),
            ]
        ).packed(),
        ("A", "Prato"),
    ),
    good(
        "sheet of allowed values",
        FILE,
        Book(
            [
                ("Stations", "visible", sheet(HEADER, A)),
                ("Allowed values", "visible", sheet(A)),
            ]
        ).packed(),
        ("A", "Prato"),
    ),
    good(
        "hidden sheet of allowed values",
        FILE,
        Book([("Stations", "visible", sheet(HEADER, A)), ("Allowed values", "hidden", sheet(A))]).packed(),
        ("A", "Prato"),
    ),
    good(
        "hidden row without anything", FILE, book(HEADER, A, row("<c s='1'/>", attributes='hidden="1"')), ("A", "Prato")
    ),
    good(
        "hidden column without anything",
        FILE,
        book(HEADER, A, before='<cols><col min="3" max="16384" hidden="1"/></cols>'),
        ("A", "Prato"),
    ),
    good(
        "rows beyond that are hidden by default",
        FILE,
        book(HEADER, A, before='<sheetFormatPr zeroHeight="1"/>'),
        ("A", "Prato"),
    ),
    good(
        "rows that are far apart",
        FILE,
        book(HEADER, A, '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        numbered=[(2, ("A", "Prato")), (1048576, ("1", ""))],
    ),
    good("header further down", FILE, book(row(), row(), HEADER, A), numbered=[(4, ("A", "Prato"))]),
    good(
        "a chart on a sheet of its own",
        FILE,
        Book(
            [("Stations", "visible", sheet(HEADER, A)), ("Chart", "visible", sheet(A))],
            parts={"xl/_rels/workbook.xml.rels": links([SHEET_LINK, ("s2", "chartsheet", "worksheets/sheet2.xml")])},
        ).packed(),
        ("A", "Prato"),
    ),
    bad(
        "too many sheets",
        FILE,
        Book([(f"{n}", "visible", sheet()) for n in range(101)]).packed(),
        "more than 100 sheets",
    ),
]

CASES: list[Case] = HIDDEN
