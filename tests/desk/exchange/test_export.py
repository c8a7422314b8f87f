"""What the files of lists hold: every field, as an import reads it, and nothing private unless asked for."""

import hashlib
import io
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from casetracker.desk.exchange.columns import sheet_kinds
from casetracker.desk.exchange.export import export_table
from casetracker.review.models import Citation, ImportKey, ListExport
from stations.models import Station
from tests.desk.exchange.taking import table, take
from tests.desk.many import add_drafts
from tests.factories.records import (
    bring_to,
    citation,
    make_agreement,
    make_claim,
    make_response,
    make_source,
    make_station,
)

STATIONS, RESPONSES, SOURCES = "/desk/export/station/", "/desk/export/response/", "/desk/export/source/"
FORMATS = ("csv", "xlsx", "json")


class TestContent:
    @pytest.mark.parametrize("file_format", FORMATS)
    def test_a_row_has_every_field_as_it_stands_at_the_desk(self, author, station, file_format):
        (row,) = table(take(author, STATIONS, file_format=file_format))
        assert row["key"] == str(station.pk)
        assert row["kind"] == "police_service_station"
        assert row["counted_in"] == "110 Overseas; Another report"
        assert row["summary"] == "A red door.\nAnd a blue one."
        assert (row["name_1_text"], row["name_1_language"]) == ("福州站", "zh-Hans")
        assert (row["name_2_text"], row["name_2_role"]) == ("Fuzhou", "translation")
        assert (row["reply_1_asked"], row["reply_1_answer"]) == ("The embassy", "No.")
        assert Decimal(str(row["latitude"])) == Decimal("-5.5")
        assert "name_3_text" not in row
        assert "reply_2_asked" not in row
        assert (row["reference"] or "") == ""

    @pytest.mark.parametrize("name", list(sheet_kinds()))
    def test_every_column_of_a_kind_is_there(self, author, team, name):
        kind = sheet_kinds()[name]
        columns, _rows = export_table(kind, kind.model.objects.all(), team.author, with_private=True)
        assert columns == [column.name for column in kind.all_columns(1)]

    def test_what_is_linked_is_named_by_number_or_own_key_or_identity(self, author, team):
        live = bring_to(make_station(by=team.author), "live")
        mine, other = make_station(by=team.author), make_station(by=team.author)
        odd = make_station(by=team.author)
        for record, owner, key in (
            (mine, team.author, "row 7"),
            (other, team.editor, "not mine"),
            (odd, team.author, "S-1"),  # In a link this would mean another station.
        ):
            ImportKey.objects.create(owner=owner, sheet_kind="station", key=key, record=record)
        make_response(by=team.author, stations=[live, mine, other, odd])
        (row,) = table(take(author, RESPONSES))
        assert sorted(row["stations"].split("; ")) == sorted([live.reference, "row 7", str(other.pk), str(odd.pk)])
        by_key = {row["key"]: row for row in table(take(author, STATIONS))}
        assert set(by_key) == {str(live.pk), "row 7", str(other.pk), str(odd.pk)}
        assert by_key[str(live.pk)]["reference"] == live.reference

    def test_links_to_one_record_and_to_a_source(self, author, team):
        later = make_claim(by=team.author, as_of="2022-12")
        make_claim(by=team.author, superseded_by=later)
        rows = table(take(author, "/desk/export/claim/"))
        assert {row["superseded_by"] for row in rows} == {"", str(later.pk)}
        report = make_source(by=team.author, title="Report")
        copied = make_source(by=team.author, derived_from=report, derivation="reports_on")
        by_key = {row["key"]: row for row in table(take(author, SOURCES))}
        assert by_key[str(copied.pk)]["derived_from"] == str(report.pk)

    def test_citations_of_the_records_are_a_file_of_their_own(self, author, team):
        live = bring_to(make_station(by=team.author, citations=[citation(locator="page 3")]), "live")
        source = live.citations.get().source
        make_claim(by=team.author)
        (row,) = table(take(author, STATIONS, sheet="station-citations"))
        assert row["record"] == live.reference
        assert row["source"] == source.reference
        assert row["kind"] == "station"
        assert row["locator"] == "page 3"
        assert row["key"] == str(live.citations.get().pk)
        assert "notes" not in row

    @pytest.mark.parametrize(
        ("kind", "make"), [("claim", make_claim), ("response", make_response), ("agreement", make_agreement)]
    )
    @pytest.mark.parametrize("file_format", FORMATS)
    def test_each_kind_in_each_format(self, author, team, kind, make, file_format):
        records = [make(by=team.author) for _ in range(2)]
        rows = table(take(author, f"/desk/export/{kind}/", file_format=file_format))
        assert {row["key"] for row in rows} == {str(record.pk) for record in records}
        cited = table(take(author, f"/desk/export/{kind}/", file_format=file_format, sheet=f"{kind}-citations"))
        assert {row["record"] for row in cited} == {str(record.pk) for record in records}
        assert len(table(take(author, SOURCES, file_format=file_format))) == 2


class TestFile:
    def test_it_is_saved_not_shown_and_kept_by_nobody(self, author, station):
        response = take(author, STATIONS)
        assert re.fullmatch(
            r'attachment; filename="station-\d{4}-\d\d-\d\d\.csv"', response.headers["Content-Disposition"]
        )
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response.headers["Cache-Control"]
        named = take(author, STATIONS, with_private=True, file_format="xlsx").headers["Content-Disposition"]
        assert re.search(r'"station-private-[\d-]+\.xlsx"', named)

    @pytest.mark.parametrize("with_private", [True, False])
    @pytest.mark.parametrize("file_format", FORMATS)
    def test_who_takes_it_is_noted(self, author, team, station, file_format, with_private):
        response = take(author, STATIONS, file_format=file_format, with_private=with_private)
        noted = ListExport.objects.get()
        assert (noted.person, noted.sheet_kind, noted.file_format) == (team.author, "station", file_format)
        assert (noted.rows, noted.with_private) == (1, with_private)
        assert noted.digest == hashlib.sha256(response.content).hexdigest()

    def test_citations_are_noted_as_such(self, author, station):
        take(author, STATIONS, sheet="station-citations")
        assert ListExport.objects.get().sheet_kind == "citation"

    def test_looking_at_the_page_notes_nothing(self, author, station):
        author.open(STATIONS)
        assert author.get(f"{STATIONS}file/").status_code == 405
        assert not ListExport.objects.exists()


FORMULAS = ("=HYPERLINK('https://x.example','x')", "+1", "@x", "-1+1", "＝1")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(author, team, text):
    make_station(
        by=team.author,
        summary=text,
        latitude="-5.5",
        longitude="-0.25",
        names=[{"text": text, "language": "en"}],
    )
    (row,) = table(take(author, STATIONS))
    assert row["summary"] == row["name_1_text"] == f"'{text}"
    assert row["latitude"] == "-5.5"
    response = take(author, STATIONS, file_format="xlsx")
    (row,) = table(response)
    assert row["summary"] == text
    assert (row["latitude"], row["longitude"]) == (-5.5, -0.25)
    cells = [cell for line in load_workbook(io.BytesIO(response.content)).worksheets[0].iter_rows() for cell in line]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert [cell.data_type for cell in cells if cell.value == -5.5] == ["n"]


def test_a_tab_before_a_formula_hides_nothing(author, team):
    make_station(by=team.author, summary="\t=1")
    (row,) = table(take(author, STATIONS))
    assert row["summary"].startswith("'")


@pytest.mark.parametrize(
    "name", [name if name == "station" else pytest.param(name, marks=pytest.mark.slow) for name in sheet_kinds()]
)
def test_a_table_costs_the_same_however_many_rows_it_has(team, name):
    kind = sheet_kinds()[name]

    def fill():
        station = make_station(
            by=team.author,
            names=[{"text": "A", "language": "en"}],
            private_terms=[{"kind": "host", "text": "x"}],
        )
        response = make_response(by=team.author, stations=[station])
        make_claim(by=team.author, superseded_by=make_claim(by=team.author))
        ended = {"status": "ended", "status_as_of": "2022-12-19", "ended_by": response}
        make_agreement(by=team.author, **ended)
        make_source(by=team.author, derived_from=make_source(by=team.author), derivation="reports_on")

    def cost():
        with CaptureQueriesContext(connection) as captured:
            _columns, rows = export_table(kind, kind.model.objects.all(), team.author, with_private=True)
            assert list(rows)
        return len(captured)

    fill()
    few = cost()
    for _ in range(3):
        fill()
    assert cost() == few <= 10


def test_a_download_costs_the_same_with_many_rows(author, team):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            take(author, STATIONS)
        return len(captured)

    add_drafts(3, by=team.author)
    take(author, STATIONS)
    few = cost()
    add_drafts(200, by=team.author)
    assert cost() == few
    assert Station.objects.count() == 203
    assert Citation.objects.count() == 203
