"""The plain workbook that others are variations of."""

from dataclasses import replace

from tests.core.spreadsheets.making import HEADER, book_of, row, text

FILE = "stations.xlsx"
A = row(text("A"), text("Prato"))
PLAIN = book_of(HEADER, A)
FILES = PLAIN.files()
SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"


def with_parts(**parts: str | bytes) -> bytes:
    """Return the plain workbook with other parts; a name stands for its path."""
    paths = {"sheet": SHEET, "book": BOOK, "styles": "xl/styles.xml", "strings": "xl/sharedStrings.xml"}
    return replace(PLAIN, parts={paths.get(name, name): content for name, content in parts.items()}).packed()
