"""Sheets of every kind: what their rows become, what they link to, and what is told of what they cannot link to."""

import pytest

from casetracker.desk.exchange import parsing
from casetracker.review.models import Citation, Record
from casetracker.sources.models import Source
from responses.models import Agreement, Response
from stations.models import Claim, Station
from tests.desk.exchange.importing import refused, run
from tests.factories.records import bring_to, citation, fresh, make_source, make_station

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, params=[500, 1])
def rows_at_once(request, monkeypatch):
    """Whether the rows are in memory together makes no difference."""
    monkeypatch.setattr(parsing, "ROWS_AT_ONCE", request.param)


SOURCES = """key,publisher,title,type,url,derived_from,derivation
copy,A blog,About the report,news site,https://blog.example/a,report,reports on
report,Safeguard Defenders,The report,NGO report,https://sd.example/report,,
"""
CLAIMS = """key,topic,text,qualifier,value,unit,country,as of,claimed by,how established,superseded by
old,number of stations,Four stations.,exactly,4,stations,NL,2022-09,An NGO,reported finding,new
new,number of stations,Five stations.,exactly,5,stations,NL,2022-12,An NGO,reported finding,
"""


def test_sources_come_behind_what_they_derive_from(sheet, researcher):
    assert "2 rows were imported" in run(sheet(SOURCES), "--yes", kind="source")
    copy = Source.objects.get(publisher="A blog")
    assert (copy.derived_from.title, copy.derivation, copy.type) == ("The report", "reports_on", "news_site")
    assert "0 new, 0 changed, 2 unchanged" in run(sheet(SOURCES), "--yes", kind="source")
    without_keys = "\n".join(line.partition(",")[2] for line in SOURCES.splitlines()).replace(",report,rep", ",D-9,rep")
    assert "names no source" in refused(sheet(without_keys), "--yes", kind="source")
    own = without_keys.replace("D-9", "https://sd.example/report")
    assert "0 new, 0 changed, 2 unchanged" in run(sheet(own), "--yes", kind="source")


def test_a_circle_of_sources_is_refused(sheet, researcher):
    circle = SOURCES.replace("report,,\n", "report,copy,copies\n")
    said = refused(sheet(circle), "--yes", kind="source")
    assert "It derives from itself, at once or through other rows." in said
    assert not Source.objects.exists()


def test_a_circle_of_claims_is_refused(sheet, researcher):
    said = refused(sheet(CLAIMS.replace("reported finding,\n", "reported finding,old\n")), "--yes", kind="claim")
    assert "row 2, superseded_by: That claim is itself superseded by this one, at once or through others." in said
    assert "row 3, superseded_by: That claim is itself superseded by this one" in said
    assert not Claim.objects.exists()


def test_a_document_that_is_there_already_is_told(sheet, researcher):
    make_source(url="https://www.sd.example/report?utm_source=x", title="Other words")
    said = refused(sheet(SOURCES), "--yes", kind="source")
    assert "It is the same document." in said


def test_a_change_of_a_source_goes_to_its_record(sheet, researcher):
    run(sheet(SOURCES), "--yes", kind="source")
    said = run(sheet(SOURCES.replace("About the report", "On the report")), "--yes", kind="source")
    assert "title “About the report” → “On the report”" in said
    assert Source.objects.get(publisher="A blog").title == "On the report"


def test_citations_join_records_and_sources(sheet, researcher):
    record, source = make_station(by=researcher, summary="A shop."), make_source()
    text = f"record,source,field,quote,quote_language\n{record.pk},{source.pk},Summary,“a shop”,en\n"
    assert "1 rows were imported" in run(sheet(text), "--yes", kind="citation")
    added = Citation.objects.get(record=record, source=source, field="summary")
    assert (added.quote, added.stance, added.basis) == ("“a shop”", "supports", "read")
    assert "1 unchanged" in run(sheet(text), "--yes", kind="citation")
    assert fresh(record).decisions.latest("id").comment.startswith("imported from")


def test_a_citation_with_a_key_is_changed_in_its_place(sheet, researcher):
    record = make_station(by=researcher, citations=[citation(), citation()])
    first, second = record.citations.all()
    said = run(
        sheet(f"key,record,source,locator\n{first.pk},{record.pk},{first.source_id},p. 7\n"), "--yes", kind="citation"
    )
    assert "locator “” → “p. 7”" in said
    assert [one.locator for one in record.citations.all()] == ["p. 7", ""]
    assert [one.pk for one in record.citations.all()] == [first.pk, second.pk]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("S-9,SOURCE,", "row 2, record “S-9”: It names no record."),
        ("RECORD,D-9,", "row 2, source “D-9”: It names no source."),
        ("RECORD,,", "row 2, source: It is empty."),
        ("RECORD,SOURCE,colour", "row 2, field “colour”: It is no field that can be cited."),
    ],
)
def test_a_citation_of_nothing_is_refused(sheet, researcher, row, message):
    record, source = make_station(by=researcher, citations=[]), make_source()
    text = "record,source,field\n" + row.replace("RECORD", str(record.pk)).replace("SOURCE", str(source.pk)) + "\n"
    assert message in refused(sheet(text), "--yes", kind="citation")
    assert not record.citations.exists()


def test_claims_link_to_other_rows_in_any_order(sheet, researcher):
    assert "2 rows were imported" in run(sheet(CLAIMS), "--yes", kind="claim")
    old, new = Claim.objects.order_by("value")
    assert (old.superseded_by, new.superseded_by) == (new, None)
    assert "2 unchanged" in run(sheet(CLAIMS), "--yes", kind="claim")


def test_a_row_behind_one_with_errors_is_left_out_with_it(sheet, researcher):
    said = refused(sheet(CLAIMS.replace("2022-12", "yesterday")), "--yes", kind="claim")
    assert "row 2: It links to a row that has errors." in said
    assert "0 rows were imported" in run(
        sheet(CLAIMS.replace("2022-12", "yesterday")), "--yes", "--good-rows", kind="claim"
    )
    assert not Claim.objects.exists()


def test_responses_name_their_stations(sheet, researcher):
    live, draft = bring_to(make_station(), "live"), make_station(by=researcher)
    text = (
        "responder,concerns,actor,level,kind,date,summary,stations,anonymous,scope\n"
        f"Netherlands,The Netherlands,Minister,ministry,closure ordered,1 Nov 2022,He ordered it.,"
        f"{live.reference}; {draft.pk},no,these stations only\n"
    )
    text = text.replace("these stations only", "stations")
    run(sheet(text), "--yes", kind="response")
    response = Response.objects.get()
    assert {station.pk for station in response.stations.all()} == {live.pk, draft.pk}
    assert (response.date, response.concerns) == ("2022-11-01", "NL")
    assert str(response.date_earliest) == "2022-11-01"
    assert "1 unchanged" in run(sheet(text), "--yes", kind="response")
    said = refused(sheet(text.replace(live.reference, "S-99")), "--yes", kind="response")
    assert "“S-99” names no station." in said


def test_agreements_have_lists(sheet, researcher):
    text = (
        "country,parties,type,summary,places,signed\nIT,Ministry; Police,joint patrols,They patrol.,Rome; Milan,2015\n"
    )
    run(sheet(text), "--yes", kind="agreement")
    agreement = Agreement.objects.get()
    assert (agreement.parties, agreement.places) == (["Ministry", "Police"], ["Rome", "Milan"])


def test_rules_of_a_table_are_told_at_their_row(sheet, researcher):
    said = refused(sheet("kind,country,locality,latitude\nother,NL,Delft,52\nother,NL,Gouda,\n"), "--yes")
    assert "row 2: Give both coordinates, or neither." in said
    assert not Record.objects.exists()


def test_names_and_private_terms_change_with_their_columns(sheet, researcher):
    header = "key,kind,country,locality,name,name_1_language,name_2_text,name_2_language,private_host\n"
    run(sheet(header + "a,other,NL,Delft,First,en,Second,nl,A club; A shop\n"), "--yes")
    station = Station.objects.get()
    second = station.names.get(text="Second")
    run(sheet(header + "a,other,NL,Delft,Third,en,Second,nl,A club\n"), "--yes")
    assert set(station.names.values_list("text", flat=True)) == {"Second", "Third"}
    assert station.names.get(text="Second").pk == second.pk
    assert [term.text for term in station.record.private_terms.all()] == ["A club"]
    assert "1 unchanged" in run(sheet("key,kind,country,locality\na,other,NL,Delft\n"), "--yes")
