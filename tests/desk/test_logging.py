"""Logging and editing a record through its form."""

import pytest
from django.contrib.admin.models import LogEntry as AdminLogEntry

from casetracker.review.models import Decision, Record
from stations.models import Station
from tests.desk.browser import address
from tests.desk.state import everything
from tests.factories.records import author_of, citation, fresh, make_source, make_station

pytestmark = pytest.mark.pages

ADD = "/desk/stations/station/add/"
NAME = "福州警侨事务海外服务站"


def fill_station(form, source):
    form.fill(
        kind="service_centre",
        country="NL",
        locality="Rotterdam",
        latitude="51.92",
        longitude="4.48",
        counted_in="110 Overseas; Patrol and Persuade",
        first_reported="2022-09",
        summary="A door with two names.",
        notes="Ask the desk in Rotterdam.",
    )
    form.add_row("names", text=NAME, language="zh-Hans")
    form.add_row("names", text="Fuzhou station", language="en", role="translation")
    form.add_row("replies", asked="The embassy", asked_on="2022-10", answer="Volunteers.", language="en")
    form.add_row("citations", source=source.pk, quote="Een bureau", quote_language="nl", notes="Seen by Ana.")
    form.add_row("citations", source=source.pk, field="locality", stance="mentions", basis="unverified")
    return form.add_row("private_terms", kind="address", text="Example Street 1")


@pytest.fixture
def draft(team):
    return make_station(
        by=team.author,
        locality="Utrecht",
        names=[{"text": NAME, "language": "zh-Hans"}, {"text": "Second name", "language": "en"}],
        citations=[citation(locator="p. 1"), citation(locator="p. 2")],
        private_terms=[{"kind": "host", "text": "Some Society"}],
    )


def test_a_station_is_logged_with_all_its_rows(author, team):
    source = make_source(by=team.author)
    page = author.submit(fill_station(author.open(ADD).form(), source))
    record = Record.objects.get()
    assert page.response.redirect_chain == [(address(record), 302)]
    assert (record.state, record.kind, author_of(record)) == ("draft", "station", team.author)
    station = Station.objects.get()
    assert (station.kind, station.country, station.locality) == ("service_centre", "NL", "Rotterdam")
    assert station.counted_in == ["110 Overseas", "Patrol and Persuade"]
    assert (str(station.latitude), station.first_reported) == ("51.920000", "2022-09")
    assert station.notes == "Ask the desk in Rotterdam."
    assert {(name.text, name.language, name.role) for name in station.names.all()} == {
        (NAME, "zh-Hans", "as_reported"),
        ("Fuzhou station", "en", "translation"),
    }
    assert station.replies.get().answer == "Volunteers."
    first, second = record.citations.all()
    assert (first.position, first.source, first.quote, first.notes) == (1, source, "Een bureau", "Seen by Ana.")
    assert (second.position, second.field, second.stance, second.basis) == (2, "locality", "mentions", "unverified")
    assert (record.private_terms.get().kind, record.private_terms.get().text) == ("address", "Example Street 1")


def test_logging_leaves_one_decision_and_nothing_in_djangos_own_log(author, team):
    author.submit(fill_station(author.open(ADD).form(), make_source(by=team.author)))
    assert [(act.action, act.person) for act in Decision.objects.all()] == [("log", team.author)]
    assert {row.history_user for row in Station.history.all()} == {team.author}
    assert not AdminLogEntry.objects.exists()


def test_the_page_after_logging_shows_where_it_stands(author, team):
    page = author.submit(fill_station(author.open(ADD).form(), make_source(by=team.author)))
    assert any("was added successfully" in message for message in page.messages)
    assert "Rotterdam, Netherlands" in page.text
    assert "Ana Author: author" in page.text
    assert "Citation 2 has not been read by anyone" in page.text
    assert page.form().rows("citations") == 2
    assert page.form()["private_terms-0-text"] == "Example Street 1"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"country": ""}, "country", "This field is required."),
        ({"kind": ""}, "kind", "This field is required."),
        ({"first_reported": "last autumn"}, "first_reported", "Write a date as 2022, 2022-10 or 2022-10-26"),
        ({"opened": "2022-02-30"}, "opened", "is no day, month or year"),
        ({"latitude": "91"}, "latitude", "less than or equal to 90"),
        ({"longitude": ""}, "", "Give both coordinates, or neither."),
        ({"locality": ""}, "", "Name the city, or the region"),
        ({"operating_status": "reported_active"}, "", "Say as of which day"),
        ({"names-0-language": ""}, "names-0-language", "This field is required."),
        ({"names-0-language": "dutch"}, "names-0-language", "is not a language tag"),
        ({"replies-0-asked": ""}, "replies-0-asked", "This field is required."),
        ({"citations-0-source": ""}, "citations-0-source", "This field is required."),
        ({"citations-0-quote_language": ""}, "", "Say in which language the quote is."),
        ({"private_terms-0-kind": ""}, "private_terms-0-kind", "This field is required."),
        ({"private_terms-0-text": "x" * 301}, "private_terms-0-text", "at most 300 characters"),
    ],
)
def test_an_error_stands_at_its_field_and_what_was_typed_stays(author, team, changes, place, words):
    form = fill_station(author.open(ADD).form(), make_source(by=team.author)).fill(**changes)
    before = everything()
    page = author.submit(form)
    assert not page.was_redirected
    assert words in page.errors[place]
    assert page.form().typed == form.typed
    assert everything() == before


def test_all_errors_are_shown_at_once(author, team):
    form = fill_station(author.open(ADD).form(), make_source(by=team.author))
    form.fill(**{"country": "", "opened": "x", "names-0-language": "", "citations-1-source": ""})
    assert set(author.submit(form).errors) >= {"country", "opened", "names-0-language", "citations-1-source"}


def test_countries_are_offered_by_name_and_citable_fields_in_words(author):
    page = author.open(ADD)
    assert "Netherlands" in page.text
    assert "the record as a whole" in page.text
    assert "operator jurisdiction" in page.text
    assert "NL" in page.form().choices["country"]
    assert "notes" not in page.form().choices["citations-__prefix__-field"]


def test_a_draft_is_edited_and_only_what_changed_is_written(author, draft):
    form = author.open_record(draft).form()
    numbers = {form[f"names-{number}-text"]: number for number in range(2)}
    form.fill(**{"locality": "Delft", f"names-{numbers['Second name']}-text": "Renamed", "citations-0-DELETE": True})
    form.add_row("citations", source=make_source().pk, locator="p. 3")
    assert author.submit(form).was_redirected
    station = Station.objects.get()
    assert station.locality == "Delft"
    assert {name.text for name in station.names.all()} == {NAME, "Renamed"}
    assert station.names.get(text=NAME).history.count() == 1
    assert list(draft.citations.values_list("position", "locator")) == [(1, "p. 2"), (2, "p. 3")]
    assert [act.action for act in draft.decisions.all()] == ["log", "edit"]
    assert fresh(draft).label.startswith("Delft, Netherlands")
    assert draft.private_terms.get().history.count() == 1
    assert not AdminLogEntry.objects.exists()


def test_removing_every_row_removes_every_row(author, draft):
    form = author.open_record(draft).form()
    form.fill(**{f"{prefix}-0-DELETE": True for prefix in ("names", "citations", "private_terms")})
    form.fill(**{"names-1-DELETE": True, "citations-1-DELETE": True})
    author.submit(form)
    assert not Station.objects.get().names.exists()
    assert not draft.citations.exists()
    assert not draft.private_terms.exists()


def test_a_colleague_who_edits_becomes_an_author(reviewer, team, draft):
    reviewer.submit(reviewer.open_record(draft).form().fill(summary="Two more words."))
    assert set(draft.participations.values_list("person__username", "role")) == {("ana", "author"), ("rosa", "author")}


def test_a_response_is_logged_with_its_stations(author, team, draft):
    form = author.open("/desk/responses/response/add/").form()
    form.fill(concerns="NL", responder="NL", kind="statement", date="2022-11-01", summary="They look into it.")
    form.fill(actor="Ministry", level="ministry", stations=[draft.pk])
    form.add_row("citations", source=make_source().pk)
    page = author.submit(form)
    assert page.was_redirected, page.errors
    record = Record.objects.get(kind="response")
    assert [station.pk for station in record.response.stations.all()] == [draft.pk]
    assert page.form()["stations"] == str(draft.pk)


def test_a_response_that_cannot_set_a_status_is_refused_with_the_reason(author):
    form = author.open("/desk/responses/response/add/").form()
    form.fill(concerns="NL", responder="NL", kind="statement", date="2022-11-01", summary="Closed.", actor="A host")
    page = author.submit(form.fill(level="operator", sets_status="closed"))
    assert "“Closed” needs its basis" in page.errors[""]
    assert "cannot set a status" in page.errors[""]
    assert not Record.objects.exists()
