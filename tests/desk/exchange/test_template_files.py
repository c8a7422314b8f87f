"""Templates of sheets: what they hold, and that their example is fit to be imported."""

import csv
import io

import pytest
from openpyxl import load_workbook

from casetracker.desk.exchange.columns import sheet_kinds
from casetracker.desk.exchange.examples import EXAMPLES
from casetracker.review import services
from casetracker.review.services import Edit
from tests.desk.exchange.taking import table
from tests.factories.records import citation, make_source, make_station

each_kind = pytest.mark.parametrize("name", list(sheet_kinds()))


@each_kind
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_template_has_every_column_and_one_example(author, name, file_format):
    response = author.get(f"/desk/template/{name}/{file_format}/")
    (row,) = table(response)
    assert list(row) == [column.name for column in sheet_kinds()[name].all_columns(1)]
    assert {column: cell for column, cell in row.items() if cell} == {
        column: str(cell) for column, cell in EXAMPLES[name].items() if cell
    }
    assert f'filename="{name}-template.{file_format}"' in response.headers["Content-Disposition"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@each_kind
def test_a_workbook_says_what_may_stand_in_each_column(author, name):
    book = load_workbook(io.BytesIO(author.get(f"/desk/template/{name}/xlsx/").content))
    _records, allowed, columns = book.worksheets
    assert (allowed.title, columns.title) == ("Allowed values", "Columns")
    kind = sheet_kinds()[name]
    listed = {row[:2] for row in allowed.iter_rows(min_row=2, values_only=True)}
    assert listed == {(column.name, code) for column in kind.all_columns(1) for code in column.widget.allowed or {}}
    about = {row[0]: row for row in columns.iter_rows(min_row=2, values_only=True)}
    assert list(about) == [column.name for column in kind.all_columns(1)]
    assert all(row[1] and row[4] for row in about.values())
    required = {column.name for column in kind.all_columns(1) if column.required}
    assert {name for name, row in about.items() if row[3] == "yes"} == required


def test_a_workbook_is_in_the_language_of_the_person(author):
    author.send("/desk/language/", {"language": "nl"})
    book = load_workbook(io.BytesIO(author.get("/desk/template/station/xlsx/").content))
    assert "onbekend" in {row[2] for row in book.worksheets[1].iter_rows(values_only=True)}


@each_kind
def test_the_example_is_taken_as_it_is(author, team, name):
    cells = next(csv.DictReader(io.StringIO(author.get(f"/desk/template/{name}/csv/").content.decode("utf-8-sig"))))
    kind = sheet_kinds()[name]
    read = {column: column.widget.clean(cells[column.name]) for column in kind.all_columns(1)}
    fields = {column.field: value for column, value in read.items() if not column.part and column.field != "key"}
    fields.pop("reference", None)
    if kind.record:
        fields |= {link: None for link in kind.record.links if link != "stations"}
        rows = {}
        for column, value in read.items():
            if column.number:
                rows.setdefault(column.part, {})[column.field] = value
        terms = [
            {"kind": column.field, "text": text}
            for column, texts in read.items()
            if column.part == "private_terms"
            for text in texts
        ]
        edit = Edit(fields=fields, rows={part: [row] for part, row in rows.items()}, private_terms=terms)
        assert services.log_record(name, edit, by=team.author).kind == name
    elif name == "source":
        assert services.log_source(fields=fields | {"derived_from": None}, by=team.author)
    else:
        assert (fields.pop("record"), fields.pop("source")) == (EXAMPLES["station"]["key"], EXAMPLES["source"]["key"])
        assert fields.pop("kind") == "station"
        station = make_station(by=team.author, citations=[citation(make_source(by=team.author), **fields)])
        assert station.citations.get().locator == "third paragraph"


@pytest.mark.parametrize("path", ["x/csv", "station/json", "station/pdf", "x/x"])
def test_there_is_no_other_template(author, path):
    assert author.get(f"/desk/template/{path}/").status_code == 404
