"""What the format of a cell makes of its number."""

import io
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casetracker.core.sheet_parsing.styles import Kind, kind_of
from casetracker.core.sheet_parsing.values import decimal_text
from casetracker.core.spreadsheets.reading import read_table_here


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("", Kind.NUMBER),
        ("General", Kind.NUMBER),
        ("GENERAL", Kind.NUMBER),
        ("Standard", Kind.NUMBER),
        ("@", Kind.NUMBER),
        ("0", Kind.NUMBER),
        ("#,##0.00", Kind.NUMBER),
        ("#,##0_);[Red](#,##0)", Kind.NUMBER),
        ("# ?/?", Kind.NUMBER),
        ("##0.0E+0", Kind.NUMBER),
        ("[>=100]0;0.0", Kind.NUMBER),
        ("[DBNum1][$-804]General", Kind.NUMBER),
        ("0000", Kind.PADDED),
        ("0%", Kind.MORE),
        ('0" km"', Kind.MORE),
        ('"No. "General', Kind.MORE),
        ("0.0,,", Kind.MORE),
        ("000\\-0000", Kind.MORE),
        ("[$¥-804]#,##0", Kind.MORE),
        ("€ 0", Kind.MORE),
        ('_-"€"* #,##0_-', Kind.MORE),
        ("yyyy-mm-dd", Kind.DATE),
        ("[$-409]d\\-mmm\\-yyyy;@", Kind.DATE),
        ("dd/mm/yy hh:mm:ss AM/PM", Kind.DATE),
        ('[$-411]ggge"年"m"月"d"日"', Kind.DATE),
        ("yyyy\\.mm", Kind.MONTH),
        ("mmmm yy", Kind.MONTH),
        ("yyyy", Kind.YEAR),
        ('yyyy"年"', Kind.YEAR),
        ("yyyy hh:mm", Kind.YEAR),
        ("d mmm", Kind.NO_YEAR),
        ("dddd", Kind.NO_YEAR),
        ("mm", Kind.NO_YEAR),
        ("hh:mm", Kind.TIME),
        ("mm:ss.0", Kind.TIME),
        ("h AM/PM", Kind.TIME),
        ("[h]:mm:ss", Kind.DURATION),
        ("[mm]:ss", Kind.DURATION),
        (";;;", Kind.HIDDEN),
        (";;", Kind.HIDDEN),
        ("y" * 10_000, Kind.YEAR),
        ('"' * 255, Kind.NUMBER),
        ("\\", Kind.NUMBER),
    ],
)
def test_kinds_of_formats(code, kind):
    assert kind_of(code)[0] is kind


@given(st.text('ymdhsge0#?.,%/-:;@*_\\"[]$€ AP+E日', max_size=30))
def test_any_format_is_of_some_kind(code):
    kind, digits = kind_of(code)
    assert kind in Kind
    assert (digits > 0) is (kind is Kind.PADDED)


@given(st.integers(-999_999_999_999_999, 999_999_999_999_999))
def test_whole_numbers_are_exact(number):
    assert decimal_text(float(number), "") == str(number)


@given(st.integers(-179_999_999, 179_999_999))
def test_degrees_are_exact(millionths):
    degrees = millionths / 1_000_000
    text = decimal_text(degrees, "")
    assert float(text) == degrees
    assert "e" not in text.lower()
    assert not text.endswith((".0", "."))


def saved(*rows, formats=(), epoch=None):
    """Return a workbook as openpyxl makes it, with formats for the columns of the second row."""
    made = openpyxl.Workbook()
    if epoch:
        made.epoch = epoch
    for line in rows:
        made.active.append(line)
    for cell, code in zip(made.active[2], formats, strict=False):
        cell.number_format = code
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


@settings(max_examples=30)
@given(st.dates(date(1900, 3, 1), date(9999, 12, 31)))
def test_dates_are_those_that_were_put_in(day):
    for epoch in (None, openpyxl.utils.datetime.MAC_EPOCH if day.year >= 1904 else None):
        written = saved(["A", "B", "C"], [day] * 3, formats=["yyyy-mm-dd", "mmm yyyy", "yyyy"], epoch=epoch)
        iso = day.isoformat()
        assert read_table_here(written, "").rows[0].cells == (iso, iso[:7], iso[:4])


def test_what_a_library_writes_is_read():
    written = saved(
        ["Text", "Whole", "Part", "Truth", "Moment", "Nothing"],
        ["青田\nB", 42, 0.1 + 0.2, True, date(2022, 10, 26), None],
        ["x", -1, 1e-7, False, None, None],
    )
    assert [row.cells for row in read_table_here(written, "").rows] == [
        ("青田\nB", "42", "0.3", "yes", "2022-10-26", ""),
        ("x", "-1", "0.0000001", "no", "", ""),
    ]
