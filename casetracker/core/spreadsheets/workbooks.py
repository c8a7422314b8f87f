"""Writing XLSX, part by part.

Libraries write the sheets to files on the disk first, where unpublished records must not lie about.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _

from casetracker.core.errors import InvalidContent
from casetracker.core.sheet_parsing.apostrophes import guarded, needs_guard
from casetracker.core.sheet_parsing.findings import letters

Value = str | int | Decimal | None
Sheet = tuple[str, Sequence[str], Iterable[Sequence[Value]]]

# Excel keeps no more of a text, and no more digits of a number.
MOST_CHARACTERS = 32_767
_MOST_DIGITS = 15
_SHEET_NAME = re.compile(r"(?!')[^\[\]:*?/\\\x00-\x1f]{1,31}(?<!')")
_NARROWEST, _WIDEST = 10, 62
_ROWS_MEASURED = 200
# XML has no place for these; _x0041_ is how workbooks write a character by its code, so that itself needs a code.
_CODED = re.compile("[\x01-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")

_GENERAL, _HEADER, _TEXT, _QUOTED = range(4)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORMATS = "http://schemas.openxmlformats.org"
_MAIN = f"{_FORMATS}/spreadsheetml/2006/main"
_RELATIONS = f"{_FORMATS}/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Texts have the format "@", so that a program leaves them alone when somebody edits them: 0031, 2022-10.
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def write_xlsx(
    sheet_name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
    more_sheets: Iterable[Sheet] = (),
) -> bytes:
    """Return a workbook with the table, and with more sheets (name, columns, rows) after it.

    Texts are texts, never formulas, and so are numbers that Excel would round. The header stays in sight.
    Raises `InvalidContent` if a text is longer than a cell of Excel takes, or has NUL or half of a pair of surrogates
    in it; `ValueError` if a name is none for a sheet.
    """
    sheets = [(sheet_name, columns, rows), *more_sheets]
    for name, _columns, _rows in sheets:
        if not _SHEET_NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name for a sheet")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in _parts([name for name, _columns, _rows in sheets]):
            _add(package, part, content)
        for place, (_name, header, lines) in enumerate(sheets, start=1):
            _add(package, f"xl/worksheets/sheet{place}.xml", "".join(_sheet(header, lines)))
    return file.getvalue()


def checked(text: str) -> str:
    """Return the text. Raises `InvalidContent` if no table can hold it."""
    if _NO_TEXT.search(text):
        raise InvalidContent(_("A text has a character that cannot be written. Remove what cannot be seen from it."))
    return text


def decimal(value: int | Decimal) -> str:
    """Return the number with all its digits, without an exponent."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _add(package: zipfile.ZipFile, part: str, content: str) -> None:
    # Without a time: nobody needs to know when, and the same table makes the same file.
    package.writestr(zipfile.ZipInfo(part), _DECLARATION + content, zipfile.ZIP_DEFLATED)


def _parts(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the parts besides the sheets."""
    numbered = list(enumerate(names, start=1))
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_KIND}.{kind}+xml"/>'
        for part, kind in (
            ("workbook", "sheet.main"),
            ("styles", "styles"),
            *((f"worksheets/sheet{place}", "worksheet") for place, _name in numbered),
        )
    )
    types = (
        f'<Types xmlns="{_FORMATS}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    yield "[Content_Types].xml", types
    yield "_rels/.rels", _links([("r1", "officeDocument", "xl/workbook.xml")])
    sheets = "".join(f'<sheet name={quoteattr(name)} sheetId="{place}" r:id="s{place}"/>' for place, name in numbered)
    yield "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{sheets}</sheets></workbook>'
    links = [(f"s{place}", "worksheet", f"worksheets/sheet{place}.xml") for place, _name in numbered]
    yield "xl/_rels/workbook.xml.rels", _links([*links, ("t1", "styles", "styles.xml")])
    yield "xl/styles.xml", _STYLES


def _links(links: Iterable[tuple[str, str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{to}"/>' for name, kind, to in links
    )
    return f'<Relationships xmlns="{_FORMATS}/package/2006/relationships">{listed}</Relationships>'


def _sheet(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    left = iter(rows)
    first = list(islice(left, _ROWS_MEASURED))
    yield (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
    )
    for place, column in enumerate(columns):
        widest = max(map(_width, (column, *(row[place] for row in first))))
        width, number = min(max(widest + 2, _NARROWEST), _WIDEST), place + 1
        yield f'<col min="{number}" max="{number}" width="{width}" style="{_TEXT}" customWidth="1"/>'
    yield "</cols><sheetData>"
    names = [letters(place) for place in range(len(columns))]
    yield _row(1, names, columns, _HEADER)
    for number, line in enumerate(chain(first, left), start=2):
        yield _row(number, names, line, _TEXT)
    yield "</sheetData></worksheet>"


def _width(value: Value) -> int:
    """Return about how many digits wide the text is: Chinese characters take two."""
    return max((sum(1 + (char > "\u1100") for char in line) for line in str(value or "")[:200].split("\n")), default=0)


def _row(number: int, names: Sequence[str], values: Sequence[Value], style: int) -> str:
    cells = (_cell(f"{name}{number}", value, style) for name, value in zip(names, values, strict=True))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(reference: str, value: Value, style: int) -> str:
    if value is None or value == "":
        return ""
    if not isinstance(value, str):
        text = decimal(value)
        if len(text.strip("-").replace(".", "").strip("0")) <= _MOST_DIGITS and len(text) <= 2 * _MOST_DIGITS:
            return f'<c r="{reference}" s="{_GENERAL}"><v>{text}</v></c>'
        value = text
    used = _QUOTED if style == _TEXT and needs_guard(value) else style
    return (
        f'<c r="{reference}" s="{used}" t="inlineStr"><is><t xml:space="preserve">{escape(_text(value))}</t></is></c>'
    )


def _text(text: str) -> str:
    """Return the text with the apostrophe and the codes that reading takes away."""
    # Reading takes an apostrophe away that stands before a formula: whoever has one there needs a second.
    safe = guarded(text) if text.lstrip().startswith("'") else text
    coded = _CODED.sub(lambda match: f"_x{ord(match[0]):04X}_", checked(safe))
    if len(coded) > MOST_CHARACTERS:
        raise InvalidContent(_("A text is too long for a cell of Excel. Choose CSV or JSON."))
    return coded
