"""Large files: a few rows are in memory at a time, and what rows have to do with each other is found all the same."""

import gc
import tracemalloc

import pytest

from bench.invented_sheet import stations_csv
from casetracker.desk.exchange import parsing
from casetracker.desk.exchange.running import carry_out_import, plan_import
from casetracker.review.models import ImportKey
from casetracker.review.services.uploads import Choices, confirm_import, start_import
from stations.models import Claim, Station
from tests.desk.exchange.importing import refused, run
from tests.factories.records import make_source, make_station

pytestmark = pytest.mark.django_db

CLAIM = "c{number},number of stations,Claim {number}.,exactly,4,stations,NL,{year}-09,An NGO,reported finding,{later}\n"
CLAIMS = "key,topic,text,qualifier,value,unit,country,as of,claimed by,how established,superseded by\n"


@pytest.fixture
def two_at_once(monkeypatch):
    monkeypatch.setattr(parsing, "ROWS_AT_ONCE", 2)


def claims(count):
    """Each superseded by the next, which is in the row behind it."""
    rows = [CLAIM.format(number=n, year=2000 + n, later=f"c{n + 1}" if n < count else "") for n in range(1, count + 1)]
    return CLAIMS + "".join(rows)


def test_rows_link_to_rows_of_other_parts(sheet, researcher, two_at_once):
    assert "5 rows were imported" in run(sheet(claims(5)), "--yes", kind="claim")
    assert [claim.superseded_by for claim in Claim.objects.order_by("as_of")] == [
        *Claim.objects.order_by("as_of")[1:],
        None,
    ]
    assert "5 unchanged" in run(sheet(claims(5)), "--yes", kind="claim")


def test_an_error_reaches_back_through_all_parts(sheet, researcher, two_at_once):
    said = refused(sheet(claims(5).replace("2005-09", "yesterday")), "--yes", kind="claim")
    assert "0 new, 0 changed, 0 unchanged, 0 possible duplicates, 5 with errors." in said
    for number in range(2, 6):
        assert f"row {number}: It links to a row that has errors." in said


def test_rows_of_other_parts_may_be_the_same(sheet, researcher, two_at_once):
    rows = ["a,other,NL,Delft", "b,other,NL,Gouda", "c,other,NL,Breda", "d,other,NL,Delft"]
    said = refused(sheet("key,kind,country,locality\n" + "\n".join(rows)), "--yes")
    assert "3 new, 0 changed, 0 unchanged, 1 possible duplicates" in said
    assert "row 5, other, NL, Delft: like row 2 (Row 2 says the same.)" in said


def test_a_key_is_used_once_whatever_part_it_is_in(sheet, researcher, two_at_once):
    rows = ["a,other,NL,Delft", "b,other,NL,Gouda", "c,other,NL,Breda", "a,other,NL,Leiden"]
    said = refused(sheet("key,kind,country,locality\n" + "\n".join(rows)), "--yes")
    assert "row 5, key “a”: Row 2 is about the same. Keep one of the two." in said


def test_two_keys_of_one_record_are_noticed(sheet, researcher, two_at_once):
    record = make_station(by=researcher)
    for key in ("one", "other"):
        ImportKey.objects.create(owner=researcher, sheet_kind="station", key=key, record=record)
    said = refused(sheet("key,summary\none,A\none more,B\nthird,C\nother,D\n"), "--yes")
    assert "row 5, key “other”: Row 2 is about the same." in said


def test_citations_of_a_record_stay_together(sheet, researcher, two_at_once):
    first, second = (make_station(by=researcher, citations=[]) for _number in range(2))
    sources = [make_source() for _number in range(3)]
    rows = [f"{record.pk},{source.pk}\n" for source in sources for record in (first, second)]
    text = "record,source\n" + "".join(rows)
    assert "6 rows were imported" in run(sheet(text), "--yes", kind="citation")
    for record in (first, second):
        assert [one.source for one in record.citations.all()] == sources
        assert record.decisions.filter(comment__startswith="imported").count() == 1
    assert "6 unchanged" in run(sheet(text), "--yes", kind="citation")


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.once
def test_memory_hardly_grows_with_the_rows(researcher, monkeypatch):
    monkeypatch.setattr(parsing, "ROWS_AT_ONCE", 50)
    seen = []

    def look(_done, _total):
        gc.collect()
        seen.append(tracemalloc.get_traced_memory()[0])

    def most(rows):
        upload = start_import("station", "a.csv", stations_csv(rows), by=researcher)
        seen.clear()
        tracemalloc.start()
        try:
            planned = plan_import(upload.pk, bar=look)
            confirm_import(upload.pk, by=researcher, plan_digest=planned.plan_digest, choices=Choices())
            assert carry_out_import(upload.pk, bar=look).counts["written"] == rows
        finally:
            tracemalloc.stop()
            Station.objects.all().delete()
            ImportKey.objects.all().delete()
        return max(seen)

    most(200)  # What is kept for the whole life of the process is kept now.
    assert (most(600) - most(200)) / 400 < 800  # bytes for each row, of which some 200 stand in the file
