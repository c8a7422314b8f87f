"""Every file of the corpus comes to what it must come to."""

import pytest

from casetracker.core.spreadsheets import EncodingUnclear, SheetUnclear, UnreadableFile, read_table
from casetracker.core.spreadsheets.reading import read_table_here
from tests.core.spreadsheets.corpus import CASES


def name_of(case):
    return case.name.replace(" ", "-")


def check(case, read):
    content = case.content()
    if not case.message:
        table = read(content, case.file_name, encoding=case.encoding, sheet=case.sheet)
        assert table.columns == tuple(case.columns)
        assert [(row.number, row.cells) for row in table.rows] == [(n, tuple(cells)) for n, cells in case.rows]
        assert table.sheets == tuple(case.sheets)
        assert case.used in (None, table.encoding)
        return
    with pytest.raises(UnreadableFile) as refused:
        read(content, case.file_name, encoding=case.encoding, sheet=case.sheet)
    check_refusal(case, refused.value)


def check_refusal(case, error):
    first = error.problems[0]
    assert case.message in first.message
    assert len(error.problems) == case.problems
    assert case.row in (None, first.row)
    assert case.column in ("", first.column)
    assert case.value in (None, first.value)
    if case.choices:
        asked = {EncodingUnclear: lambda: [choice.name for choice in error.choices], SheetUnclear: lambda: error.sheets}
        assert list(asked[type(error)]()) == list(case.choices)
    else:
        assert type(error) is UnreadableFile


@pytest.mark.parametrize("case", [case for case in CASES if not case.is_bomb], ids=name_of)
def test_the_file_is_read_or_refused(case):
    check(case, read_table_here)


@pytest.mark.slow
@pytest.mark.parametrize("case", [case for case in CASES if not case.is_bomb][::6], ids=name_of)
def test_a_process_of_its_own_comes_to_the_same(case):
    check(case, read_table)


def test_the_corpus_is_large_and_its_names_are_unique():
    assert len(CASES) >= 120
    assert len({case.name for case in CASES}) == len(CASES)
