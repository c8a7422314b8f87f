"""What waits for each person, on the first page of the desk."""

import datetime as dt

import pytest
from django.utils import timezone

from casetracker.desk.queues import SHOWN
from casetracker.desk.views import ON_A_PAGE
from casetracker.review import services
from casetracker.review.models import Record
from tests.desk.browser import Browser, address
from tests.desk.many import add_drafts
from tests.factories.records import (
    bring_to,
    citation,
    edit_draft,
    fresh,
    make_agreement,
    make_claim,
    make_response,
    make_source,
    make_station,
)

pytestmark = pytest.mark.both

RESEARCHER = [
    *("Returned to me", "My drafts", "Waiting for my check", "A source was changed"),
    *("Due for another look", "Recently published"),
]
EDITOR = [*RESEARCHER, "Waiting for my approval", "Approved, waiting for release"]


def queues(browser):
    """What each queue lists: its name to the keys of its records."""
    found, title = {}, None
    for tag, attrs in browser.open("/desk/").elements:
        if tag == "section":
            title = attrs["aria-labelledby"].removeprefix("box-")
            found[title] = []
        elif tag == "h2" and not attrs.get("id", "").startswith("box-"):
            title = None
        elif title and tag == "a" and not attrs["href"].startswith("/desk/queue/"):
            found[title].append(attrs["href"].strip("/").split("/")[2 if "/review/" in attrs["href"] else 3])
    return {title: records for title, records in found.items() if records}


@pytest.mark.parametrize(("who", "titles"), [("author", RESEARCHER), ("editor", EDITOR)])
def test_the_queues_are_those_of_the_role(request, who, titles):
    text = request.getfixturevalue(who).open("/desk/").text
    for title in EDITOR:
        assert (f"{title} 0" in text) == (title in titles), title


def test_an_observer_sees_what_was_published_and_no_queue_of_work(observer, team):
    record = bring_to(make_station(by=team.author), "live", **vars(team))
    browser = Browser(observer)
    assert queues(browser) == {"recent": [str(record.pk)]}
    assert "Log a" not in browser.open("/desk/").text


def test_every_record_waits_where_its_next_step_is(author, reviewer, editor, team):
    records = {
        state: bring_to(make_station(by=team.author), state, **vars(team))
        for state in ("draft", "submitted", "verified", "approved", "live")
    }
    where = {state: [str(record.pk)] for state, record in records.items()}
    assert queues(author) == {"drafts": where["draft"], "recent": where["live"]}
    assert queues(reviewer) == {"check": where["submitted"], "recent": where["live"]}
    assert queues(editor) == {
        "check": where["submitted"],
        "approve": where["verified"],
        "publish": where["approved"],
        "recent": where["live"],
    }


def test_what_an_editor_wrote_waits_for_another_editor(editor, other_editor, team):
    record = edit_draft(make_station(by=team.author), by=team.editor, summary="x")
    bring_to(record, "verified", reviewer=team.reviewer)
    assert "approve" not in queues(editor)
    assert queues(Browser(other_editor))["approve"] == [str(record.pk)]


def test_a_returned_draft_says_what_to_change(author, reviewer, team):
    record = bring_to(make_station(by=team.author), "submitted")
    reviewer.act(record, "return", comment="Give the page of the report.")
    reviewer.act(record, "assign", to=team.author.pk)
    page = author.open("/desk/")
    assert queues(author) == {"returned": [str(record.pk)]}
    assert "Give the page of the report." in page.text
    author.submit(author.open_record(record).form().fill(summary="Page 4."))
    assert "Give the page of the report." in author.open("/desk/").text, "it holds until the record is submitted again"
    assert "Returned by Rosa Reviewer Give the page of the report." in author.open_record(record).text
    author.act(record, "submit")
    reviewer.act(record, "return", comment="Nearly.")
    assert "Give the page of the report." not in author.open("/desk/").text
    author.act(record, "submit")
    assert "Nearly." not in author.open("/desk/").text
    author.act(record, "withdraw")
    assert queues(author) == {"drafts": [str(record.pk)]}
    assert "Nearly." not in author.open("/desk/").text
    assert "Returned by" not in author.open_record(record).text


def test_what_is_assigned_to_somebody_is_among_their_drafts(author, reviewer, team):
    record = make_station(by=team.author)
    author.act(record, "assign", to=team.reviewer.pk)
    assert queues(reviewer)["drafts"] == [str(record.pk)]


def test_live_records_with_a_changed_source_wait_for_revision(author, team):
    source = make_source()
    record = bring_to(make_station(by=team.author, citations=[citation(source)]), "live", **vars(team))
    services.edit_source(source.pk, fields={"title": "New"}, by=team.author, lock_version=1)
    assert queues(author)["revise"] == [str(record.pk)]
    author.act(record, "revise")
    assert "revise" not in queues(author)
    assert queues(author)["drafts"] == [str(record.pk)]


@pytest.mark.parametrize("make", [make_response, make_claim, make_agreement])
def test_every_kind_stands_in_the_queues(reviewer, team, make):
    record = bring_to(make(by=team.author), "submitted")
    assert queues(reviewer)["check"] == [str(record.pk)]


def test_a_long_queue_leads_to_all_of_it(author, team):
    records = add_drafts(ON_A_PAGE + 3, by=team.author)
    page = author.open("/desk/")
    assert len(queues(author)["drafts"]) == SHOWN
    assert f"My drafts {ON_A_PAGE + 3}" in page.text
    assert page.links.count("/desk/queue/drafts/") == 2
    first, second = author.open("/desk/queue/drafts/"), author.open("/desk/queue/drafts/?page=2")
    assert f"{ON_A_PAGE + 3} records" in first.text
    assert (len(first.records), len(second.records)) == (ON_A_PAGE, 3)
    assert {*first.records, *second.records} == {str(record.pk) for record in records}
    assert first.records[:SHOWN] == queues(author)["drafts"]
    assert author.open("/desk/queue/drafts/?page=x").records == first.records


def test_a_queue_is_there_for_those_who_have_it(author, editor, observer, administrator):
    for name in ("returned", "drafts", "check", "revise", "due", "recent"):
        assert "Nothing here." in author.open(f"/desk/queue/{name}/").text
    for name in ("approve", "publish"):
        assert author.get(f"/desk/queue/{name}/").status_code == 404
        editor.open(f"/desk/queue/{name}/")
    assert Browser(observer).get("/desk/queue/check/").status_code == 404
    Browser(observer).open("/desk/queue/recent/")
    refused = Browser(administrator).get("/desk/queue/recent/")
    assert refused.status_code == 403
    assert '<a href="/desk/">Back to the desk</a>' in refused.text


def test_who_waits_longest_comes_first_with_the_days_and_the_author(reviewer, team):
    records = [bring_to(make_station(by=team.author), "submitted") for _ in range(3)]
    for record, age in zip(records, (dt.timedelta(days=2), dt.timedelta(days=6), dt.timedelta()), strict=True):
        Record.objects.filter(pk=record.pk).update(submitted_at=timezone.now() - age)
    assert queues(reviewer)["check"] == [str(records[number].pk) for number in (1, 0, 2)]
    text = reviewer.open("/desk/").text
    for words in ("station Ana Author waiting 6 days", "waiting 2 days", "waiting 0 minutes"):
        assert words in text


def test_a_very_long_wait_is_told_in_months(reviewer, team):
    record = bring_to(make_station(by=team.author), "submitted")
    Record.objects.filter(pk=record.pk).update(submitted_at=timezone.now() - dt.timedelta(days=130))
    assert "waiting 4 months" in reviewer.open("/desk/").text


def test_drafts_lead_to_their_form_and_the_rest_to_the_review_page(author, reviewer, team):
    draft, waiting = make_station(by=team.author), bring_to(make_station(by=team.author), "submitted")
    assert address(draft) in author.open("/desk/").links
    assert reviewer.open("/desk/").listed_for("check") == [f"/desk/review/{waiting.pk}/?queue=check"]


def test_the_ways_to_log_are_offered(author):
    page = author.open("/desk/")
    paths = ("stations/station", "stations/claim", "responses/response", "responses/agreement", "sources/source")
    for path in paths:
        assert f"/desk/{path}/add/" in page.links
        assert f"Log a new {path.partition('/')[2]}" in page.text


def test_the_record_moves_through_the_queues(author, reviewer, editor, team):
    record = make_station(by=team.author)
    author.act(record, "submit")
    assert (queues(author), queues(reviewer)) == ({}, {"check": [str(record.pk)]})
    reviewer.act(record, "check", verdict="supports")
    reviewer.act(record, "verify")
    assert (queues(reviewer), queues(editor)) == ({}, {"approve": [str(record.pk)]})
    editor.act(record, "approve-and-publish")
    assert queues(editor) == {"recent": [str(record.pk)]}
    assert fresh(record).public_status == "live"
