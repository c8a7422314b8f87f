"""Who changed what when: the history page of a record."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casetracker.review import services
from casetracker.review.admin.history import ON_A_PAGE
from casetracker.review.services import Edit
from tests.desk.browser import address, source_address
from tests.factories.records import (
    bring_to,
    check_all,
    citation,
    edit_draft,
    fresh,
    make_response,
    make_source,
    make_station,
)

pytestmark = [pytest.mark.slow, pytest.mark.pages]


@pytest.fixture
def draft(team):
    return make_station(
        by=team.author,
        locality="Utrecht",
        names=[{"text": "Old name", "language": "en"}],
        citations=[citation(quote="Een deur", quote_language="nl")],
        private_terms=[{"kind": "host", "text": "A society"}],
    )


def story(browser, record, **query):
    """The entries of the page: who, what, and the changes, in one text each."""
    return browser.open(address(record, "history"), query).entries


def test_what_was_logged_stands_there_with_its_rows(author, draft):
    (text,) = story(author, draft)
    assert text.startswith("Ana Author logged the record draft Station added ")
    for words in ("City or place Utrecht", "Name added", "Old name", "Citation added", "Een deur"):
        assert words in text
    assert "Private term added Kind host organisation Text A society" in text


def test_a_changed_field_shows_old_and_new(author, team, draft):
    edit_draft(draft, by=team.editor, locality="Delft", country="DE")
    latest = story(author, draft)[0]
    assert latest == (
        "Edith Editor changed the record Station changed Country Netherlands Germany City or place Utrecht Delft"
    )


def test_words_that_changed_in_a_text_are_marked(author, team, draft):
    edit_draft(draft, by=team.author, summary="A red door in a street.")
    edit_draft(draft, by=team.author, summary="A green door in a street.")
    page = author.open(address(draft, "history"), {"sort": "changes"})
    assert (page.marked("del")[0], page.marked("ins")[0]) == ("red", "green")


def change_rows(draft, team, **parts):
    services.edit_record(draft.pk, Edit(**parts), by=team.reviewer, lock_version=fresh(draft).lock_version)


def test_a_changed_name_and_a_removed_one(author, team, draft):
    name = draft.station.names.get()
    change_rows(draft, team, rows={"names": [{"id": name.pk, "text": "New name", "language": "en"}]})
    assert story(author, draft)[0] == "Rosa Reviewer changed the record Name changed New name Name Old New name"
    change_rows(draft, team, rows={"names": []})
    latest = story(author, draft)[0]
    assert latest.startswith("Rosa Reviewer changed the record Name removed")
    assert "New name" in latest


def test_a_changed_citation_and_a_removed_one(author, team, draft):
    cited, other = draft.citations.get(), make_source(publisher="Other paper", title="Other title")
    row = {"id": cited.pk, "source": other, "quote": "Een deur", "quote_language": "nl", "stance": "denies"}
    change_rows(draft, team, citations=[row])
    latest = story(author, draft)[0]
    assert latest.startswith("Rosa Reviewer changed the record Citation changed Other paper, Other title")
    assert "supports denies" in latest
    assert "Other paper, Other title" in latest
    change_rows(draft, team, citations=[])
    assert story(author, draft)[0].startswith("Rosa Reviewer changed the record Citation removed")


def test_a_private_term_that_was_allowed(author, editor, team, draft):
    editor.act(draft, "mark-publishable", term=draft.private_terms.get().pk, reason="It is an office.")
    latest = story(author, draft)[0]
    assert latest.startswith("Edith Editor marked a private term publishable")
    assert "It is an office." in latest


def test_a_response_shows_which_stations_were_linked(author, team, draft):
    response = make_response(by=team.author)
    edit_draft(response, by=team.editor, stations=[draft.station])
    latest = story(author, response)[0]
    assert latest.startswith("Edith Editor changed the record Response changed Stations")
    assert latest.count("Utrecht, Netherlands") == 1


def test_a_save_that_changes_nothing_leaves_no_trace(reviewer, team, draft):
    before = len(story(reviewer, draft)), fresh(draft).lock_version
    reviewer.submit(reviewer.open_record(draft).form())
    assert (len(story(reviewer, draft)), fresh(draft).lock_version) == before
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


@pytest.mark.slow
@pytest.mark.long
def test_a_long_history_costs_no_more_queries(author, team):
    stations = [make_station(by=team.author).station for _ in range(3)]

    def cost(times):
        record = make_response(by=team.author, stations=stations, citations=[citation() for _ in range(times)])
        for number in range(times):
            edit_draft(record, by=team.author, summary=f"Words {number}", stations=stations[: number % 3])
            author.act(record, "comment", text="Look.")
        with CaptureQueriesContext(connection) as queries:
            author.open(address(record, "history"))
        return len(queries)

    cost(1)  # The first page of all makes some that are kept.
    assert cost(2) == cost(5)


def test_all_that_was_done_is_one_story(author, reviewer, editor, team, draft):
    bring_to(draft, "submitted", **vars(team))
    services.comment_on_record(draft.pk, text="Which door?", field="locality", by=team.reviewer)
    reviewer.act(draft, "suggest", field="summary", text="A door.")
    author.act(draft, "decline-suggestion")
    check_all(draft, by=team.reviewer)
    reviewer.act(draft, "verify")
    editor.act(draft, "approve-and-publish")
    latest_first = story(author, draft)
    assert [text.split(" Wording")[0] for text in reversed(latest_first)][1:] == [
        "Ana Author submitted it for review submitted",
        "Rosa Reviewer commented on “city or place” Which door?",
        "Rosa Reviewer suggested a wording",
        "Ana Author declined the wording for “summary” A door.",
        f"Rosa Reviewer checked a citation {draft.citations.get().source.publisher}: says what is cited",
        "Rosa Reviewer verified it verified",
        "Edith Editor approved it approved",
        "Edith Editor published it (version 1) idle",
    ]
    assert "Wording Summary A door." in latest_first[-4]
    assert story(author, draft, order="oldest") == latest_first[::-1]


def test_one_sort_can_be_asked_for_alone(author, reviewer, team, draft):
    bring_to(draft, "submitted", **vars(team))
    reviewer.act(draft, "comment", text="Which door?")
    assert [text.split()[0] for text in story(author, draft, sort="talk")] == ["Rosa"]
    assert story(author, draft, sort="decisions") == ["Ana Author submitted it for review submitted"]
    everything = story(author, draft)
    assert len(everything) == 3
    assert story(author, draft, sort="no such", order="x", page="x", entry="x") == everything


def test_a_link_to_an_entry_finds_it_on_its_page(author, draft):
    for number in range(ON_A_PAGE + 1):
        services.comment_on_record(draft.pk, text=f"Remark {number}.", by=author.person)
    page = author.open(address(draft, "history"))
    assert len(page.entries) == ON_A_PAGE
    first = draft.comments.earliest("pk")
    link = f"?entry=comment-{first.pk}#comment-{first.pk}"
    assert link not in page.links
    there = author.open(address(draft, "history"), {"entry": f"comment-{first.pk}"})
    assert link in there.links
    assert there.all("li", id=f"comment-{first.pk}")


def test_a_change_that_no_act_explains_is_told_by_itself(author, team, draft):
    station = draft.station
    station.locality = "Written past the services"
    station.save()
    latest = story(author, draft)[0]
    assert latest == "Ana Author Station changed City or place Utrecht Written past the services"


def test_the_history_of_a_source(author, team, draft):
    source = draft.citations.get().source
    author.submit(author.open(source_address(source)).form().fill(title="Another title"))
    page = author.open(source_address(source, "history"))
    assert page.entries[0].startswith("Ana Author Source changed")
    assert "Another title" in page.entries[0]
    assert story(author, draft)[0].startswith("Ana Author changed the record Changed the source")


def test_the_way_back_leads_to_the_record(author, draft):
    assert address(draft) in author.open(address(draft, "history")).links
    assert address(draft, "history") in author.open_record(draft).links
