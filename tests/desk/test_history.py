"""Who changed what when: the history page of a record."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casetracker.review import services
from casetracker.review.services import Edit
from tests.desk.browser import address
from tests.factories.records import citation, edit_draft, fresh, make_response, make_source, make_station


@pytest.fixture
def draft(team):
    return make_station(
        by=team.author,
        locality="Utrecht",
        names=[{"text": "Old name", "language": "en"}],
        citations=[citation(quote="Een deur", quote_language="nl")],
        private_terms=[{"kind": "host", "text": "A society"}],
    )


def changes(browser, record):
    """The changes on the page: heading, then what follows it."""
    text = browser.open(address(record, "history")).text
    return [part.strip() for part in text.split(" UTC · ")[1:]]


def test_what_was_logged_stands_there_with_its_rows(author, draft):
    text = " ".join(changes(author, draft))
    for words in (
        "Ana Author · station added",
        "city or place Utrecht",
        "Ana Author · name added",
        "Old name",
        "Ana Author · citation added",
        "Een deur",
        "Ana Author · private term added",
        "A society",
    ):
        assert words in text


def test_a_changed_field_shows_old_and_new(author, team, draft):
    edit_draft(draft, by=team.editor, locality="Delft")
    latest = changes(author, draft)[0]
    assert latest.startswith("Edith Editor · station changed city or place Utrecht Delft")


def change_rows(draft, team, **parts):
    services.edit_record(draft.pk, Edit(**parts), by=team.reviewer, lock_version=fresh(draft).lock_version)


def test_a_changed_name_and_a_removed_one(author, team, draft):
    name = draft.station.names.get()
    change_rows(draft, team, rows={"names": [{"id": name.pk, "text": "New name", "language": "en"}]})
    assert changes(author, draft)[0].startswith("Rosa Reviewer · name changed name Old name New name")
    change_rows(draft, team, rows={"names": []})
    latest = changes(author, draft)[0]
    assert latest.startswith("Rosa Reviewer · name removed")
    assert "New name" in latest


def test_a_changed_citation_and_a_removed_one(author, team, draft):
    cited, other = draft.citations.get(), make_source(publisher="Other paper", title="Other title")
    row = {"id": cited.pk, "source": other, "quote": "Een deur", "quote_language": "nl", "stance": "denies"}
    change_rows(draft, team, citations=[row])
    latest = changes(author, draft)[0]
    assert latest.startswith("Rosa Reviewer · citation changed")
    assert "supports denies" in latest
    assert "Other paper, Other title" in latest
    change_rows(draft, team, citations=[])
    assert changes(author, draft)[0].startswith("Rosa Reviewer · citation removed")


def test_a_private_term_that_was_allowed(author, editor, team, draft):
    editor.act(draft, "mark-publishable", term=draft.private_terms.get().pk, reason="It is an office.")
    latest = changes(author, draft)[0]
    assert latest.startswith("Edith Editor · private term changed")
    assert "It is an office." in latest


def test_a_response_shows_which_stations_were_linked(author, team, draft):
    response = make_response(by=team.author)
    edit_draft(response, by=team.editor, stations=[draft.station])
    latest = changes(author, response)[0]
    assert latest.startswith("Edith Editor · response changed")
    assert latest.count("Utrecht, Netherlands") == 1


def test_a_save_that_changes_nothing_leaves_no_trace(reviewer, team, draft):
    before = len(changes(reviewer, draft)), fresh(draft).lock_version
    reviewer.submit(reviewer.open_record(draft).form())
    assert (len(changes(reviewer, draft)), fresh(draft).lock_version) == before
    assert set(draft.participations.values_list("person", flat=True)) == {team.author.pk}


def test_line_ends_of_browsers_are_no_change(author, team):
    record = make_station(
        by=team.author, summary="One\nTwo", citations=[citation(quote="a\nb", quote_language="en", notes="c\nd")]
    )
    author.submit(author.open_record(record).form().fill(locality="Delft"))
    assert fresh(record).station.summary == "One\nTwo"
    assert (record.citations.get().quote, record.citations.get().notes) == ("a\nb", "c\nd")
    assert record.citations.get().history.count() == 1


def test_there_is_no_history_of_what_does_not_exist(author, draft):
    response = make_response()
    for path in (address(draft, "history"), address(draft)):
        for other in (str(response.pk), "x", "00000000-0000-4000-8000-000000000000"):
            assert author.get(path.replace(str(draft.pk), other)).status_code == 404


def test_a_long_history_costs_no_more_queries(author, team):
    def cost(citations):
        record = make_station(by=team.author, citations=[citation() for _ in range(citations)])
        with CaptureQueriesContext(connection) as queries:
            author.open(address(record, "history"))
        return len(queries)

    cost(1)  # The first page of all makes some that are kept.
    assert cost(2) == cost(8)


def test_the_way_back_leads_to_the_record(author, draft):
    assert address(draft) in author.open(address(draft, "history")).links
    assert address(draft, "history") in author.open_record(draft).links
