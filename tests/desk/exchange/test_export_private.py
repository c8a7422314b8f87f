"""Private terms and notes leave the desk only for those who may have them and ask for them."""

import pytest

from casetracker.desk.exchange.columns import sheet_kinds
from casetracker.review.models import ListExport
from tests.desk.browser import Browser
from tests.desk.exchange.taking import choose, table, take
from tests.desk.pages import Page
from tests.factories.records import citation, make_response, make_source, make_station

STATIONS, RESPONSES, SOURCES = "/desk/export/station/", "/desk/export/response/", "/desk/export/source/"
PRIVATE = ("private_address", "private_host", "private_person", "private_other", "notes")


def test_they_are_absent_unless_asked_for(author, station):
    (row,) = table(take(author, STATIONS))
    assert not row.keys() & set(PRIVATE)
    assert "landlord" not in str(row)
    (row,) = table(take(author, STATIONS, with_private=True))
    assert row["notes"] == "Seen by a passer-by."
    assert row["private_host"] == "A landlord; Society\\; of friends"
    widget = next(column.widget for column in sheet_kinds()["station"].columns if column.name == "private_host")
    assert widget.clean(row["private_host"]) == ["A landlord", "Society; of friends"]


def test_notes_of_sources_and_citations_are_private_too(author, team):
    source = make_source(by=team.author, notes="Ask Bo.")
    make_station(by=team.author, citations=[citation(source, notes="Read twice.")])
    for path, sheet, notes in ((SOURCES, "source", "Ask Bo."), (STATIONS, "station-citations", "Read twice.")):
        assert "notes" not in table(take(author, path, sheet=sheet))[0]
        assert table(take(author, path, sheet=sheet, with_private=True))[0]["notes"] == notes


def test_observers_are_not_offered_them_and_are_refused(reader, station):
    page = reader.open(STATIONS)
    assert page.all("input", name="with_private") == []
    answer = reader.send(
        f"{STATIONS}file/", {"sheet": "station", "file_format": "csv", "with_private": "on", "leave_out": "on"}
    )
    assert "Only researchers and editors take private terms out" in Page(answer).messages[0]
    assert not ListExport.objects.exists()
    (row,) = table(take(reader, STATIONS))
    assert not row.keys() & set(PRIVATE)


@pytest.mark.parametrize(
    ("path", "sheet"), [(STATIONS, "station"), (STATIONS, "station-citations"), (SOURCES, "source")]
)
def test_a_row_whose_text_contains_one_stays_here_and_is_named(author, team, path, sheet):
    told = citation(
        make_source(by=team.author, title="The ZONNEBLOEM society"), quote="bij Zonnebloem", quote_language="nl"
    )
    term = [{"kind": "host", "text": "Zonnebloem"}]
    held_back = make_station(by=team.author, summary="It is at Zonnebloem.", private_terms=term, citations=[told])
    make_station(by=team.author, private_terms=[{"kind": "host", "text": "Tulp"}])
    page = author.submit(choose(author, path, sheet=sheet))
    assert "A text of 1 row contains a private term." in page.text
    assert not ListExport.objects.exists()
    named = told["source"].pk if sheet == "source" else held_back.pk
    assert page.records == [str(named)]
    (form,) = [form for form in page.posts if "leave_out" in form.names]
    rows = table(author.client.post(form.action, form.values))
    assert len(rows) == 1
    assert "onnebloem" not in str(rows).casefold()
    assert ListExport.objects.get().rows == 1
    assert len(table(take(author, path, sheet=sheet, with_private=True))) == 2


def test_a_row_with_a_term_of_a_linked_record_stays_here_too(author, team):
    station = make_station(by=team.author, private_terms=[{"kind": "host", "text": "Zonnebloem"}])
    make_response(by=team.author, stations=[station], summary="They asked Zonnebloem.")
    assert "A text of 1 row contains" in author.submit(choose(author, RESPONSES)).text


@pytest.mark.parametrize("person", ["outsider", "administrator", "superuser"])
def test_nobody_without_a_role_gets_a_file(request, station, person):
    browser = Browser(request.getfixturevalue(person))
    values = {"sheet": "station", "file_format": "csv"}
    for path in (STATIONS, "/desk/queue/recent/export/"):
        assert browser.get(path).status_code in (302, 403)
        assert browser.send(f"{path}file/", values).status_code in (302, 403)
    assert browser.get("/desk/template/station/csv/").status_code in (302, 403)
    assert not ListExport.objects.exists()
