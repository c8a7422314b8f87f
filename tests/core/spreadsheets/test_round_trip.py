"""What is written is read again, word for word."""

import csv
import io
import json
import unicodedata
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.core.errors import InvalidContent
from casetracker.core.sheet_parsing.apostrophes import guarded, unguarded
from casetracker.core.sheet_parsing.mojibake import damage_of
from casetracker.core.spreadsheets import write_csv, write_json, write_xlsx
from casetracker.core.spreadsheets.reading import read_table_here

HOSTILE = (
    "=+-@＝＋－＠'\"\t\r\n ,;|\\_x0041_000D<&>]]>0123456789.eE%éñ青田😀𠮷"
    "\u00a0\u200b\u202e\ufeff\u3000\u0301\x01\x0b\x1b\x7f\x85\u2028\ufffe\uffff"
)
DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
# NUL and halves of pairs are no text, and the reader refuses what looks damaged.
texts = (
    st.text(st.sampled_from(HOSTILE), max_size=12)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
).filter(lambda text: not damage_of(as_read(text)))
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(texts, min_size=width, max_size=width), min_size=1, max_size=5)
)


def as_read(text):
    return unicodedata.normalize("NFC", text.strip())


def check(read, rows):
    expected = [tuple(map(as_read, row)) for row in rows]
    assert [row.cells for row in read.rows] == [row for row in expected if any(row)]


def columns_for(rows):
    return [f"Column {letter}" for letter in "ABCD"[: len(rows[0])]]


def filled(rows):
    """Return the rows with one more, so that the table is never empty."""
    return [*rows, ["end"] * len(rows[0])]


@given(tables)
def test_csv(rows):
    read = read_table_here(write_csv(columns_for(rows), filled(rows)), "table.csv")
    assert read.encoding == "utf-8"
    check(read, filled(rows))


@given(tables)
def test_xlsx(rows):
    check(read_table_here(write_xlsx("Table", columns_for(rows), filled(rows)), "table.xlsx"), filled(rows))


@given(tables)
def test_json(rows):
    columns = columns_for(rows)
    assert json.loads(write_json(columns, rows)) == [dict(zip(columns, row, strict=True)) for row in rows]


@given(texts)
def test_an_apostrophe_comes_and_goes(text):
    assert unguarded(guarded(text)) == text


@given(tables)
def test_no_cell_of_csv_begins_as_a_formula_does(rows):
    lines = csv.reader(io.StringIO(write_csv(columns_for(rows), rows).decode("utf-8-sig"), newline=""))
    for cell in (cell for line in lines for cell in line):
        assert not cell.lstrip(" \u3000").startswith(DANGEROUS) or Decimal(cell) <= 0


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        (" =1+1", "' =1+1"),
        ("＝1+1", "'＝1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-5.5", "-5.5"),
        ("-5.5+cmd", "'-5.5+cmd"),
        ("-", "'-"),
        ("+31 20 123", "'+31 20 123"),
        ("+31201234567", "'+31201234567"),
        ("\t=x", "'\t=x"),
        ("\u200b=x", "'\u200b=x"),
        ("'=x", "''=x"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("a=b", "a=b"),
        ("2022-10", "2022-10"),
        ("", ""),
    ],
)
def test_which_texts_get_an_apostrophe(text, written):
    assert guarded(text) == written


def test_csv_is_what_excel_opens():
    written = write_csv(["Name", "=Count"], [["青田", 5], [None, Decimal("-1.50")], ['a "b"', Decimal("1E+3")]])
    assert written == '\ufeffName,\'=Count\r\n青田,5\r\n,-1.50\r\n"a ""b""",1000\r\n'.encode()


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_xlsx_has_texts_and_numbers_and_no_formulas():
    rows = [["=1+1", 5], ["'=1", Decimal("1.5")], ["5", 12345678901234567890], [None, Decimal("0.12345678901234567")]]
    sheet = opened(write_xlsx("Stations", ["Name", "Count"], rows)).active
    assert sheet.title == "Stations"
    assert [[(cell.value, cell.data_type) for cell in line] for line in sheet.iter_rows(min_row=2)] == [
        [("=1+1", "s"), (5, "n")],
        [("''=1", "s"), (1.5, "n")],
        [("5", "s"), ("12345678901234567890", "s")],
        [(None, "n"), ("0.12345678901234567", "s")],
    ]
    assert sheet["A2"].quotePrefix
    assert not sheet["A4"].quotePrefix


def test_xlsx_is_easy_to_read():
    written = write_xlsx(
        "Stations", ["Name", "Note"], [["青田同乡会", "x" * 500]], [("Allowed values", ["A"], [["b"]])]
    )
    book = opened(written)
    assert book.sheetnames == ["Stations", "Allowed values"]
    sheet = book["Stations"]
    assert sheet.freeze_panes == "A2"
    assert [cell.font.bold for cell in sheet[1]] == [True, True]
    assert sheet.column_dimensions["A"].width == 12
    assert sheet.column_dimensions["B"].width == 62
    assert read_table_here(written, "table.xlsx").rows[0].cells == ("青田同乡会", "x" * 500)


def test_numbers_are_read_as_they_were_written():
    rows = [[5, Decimal("-1.5")], [-7, Decimal("0.0000001")], [12345678901234567890, Decimal("1E+3")]]
    expected = [("5", "-1.5"), ("-7", "0.0000001"), ("12345678901234567890", "1000")]
    for written in (write_csv(["A", "B"], rows), write_xlsx("S", ["A", "B"], rows)):
        assert [row.cells for row in read_table_here(written, "table").rows] == expected


def test_json_keeps_all_digits():
    written = write_json(["A", "B"], [[Decimal("1.50"), None], [12345678901234567890, "青"]])
    assert written.decode() == '[\n{"A": 1.50, "B": null},\n{"A": 12345678901234567890, "B": "青"}\n]\n'
    assert json.loads(write_json(["A"], [])) == []


@pytest.mark.parametrize(
    "text", ["_x0041_", "_x000D_\r", "_x_x0041__", "a\x0b_xFFFE_\uffff", "''=x", "' '-5", "]]>&lt;<!--"]
)
@pytest.mark.parametrize("write", [write_csv, lambda columns, rows: write_xlsx("S", columns, rows)])
def test_texts_that_look_like_our_own_codes(write, text):
    assert read_table_here(write(["A"], [[f"{text}."]]), "").rows[0].cells == (f"{text}.",)


def test_a_text_that_excel_would_cut_is_refused():
    assert read_table_here(write_xlsx("S", ["A"], [["x" * 32_767]]), "").rows[0].cells == ("x" * 32_767,)
    with pytest.raises(InvalidContent, match="too long for a cell"):
        write_xlsx("S", ["A"], [["x" * 32_768]])


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
@pytest.mark.parametrize("write", [write_csv, lambda columns, rows: write_xlsx("S", columns, rows)])
def test_what_is_no_text_is_refused(write, text):
    with pytest.raises(InvalidContent, match="cannot be written"):
        write(["A"], [[text]])
