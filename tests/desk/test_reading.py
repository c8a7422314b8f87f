"""Who sees what: content without inputs where it cannot be edited, and nothing at all without a role for it."""

import pytest

from casetracker.accounts.roles import Role
from tests.desk.browser import Browser, address, source_address
from tests.desk.state import everything
from tests.factories.records import bring_to, citation, make_response, make_source, make_station
from tests.factories.users import UserFactory

pytestmark = pytest.mark.pages

CONTENT = ("kind", "country", "summary", "notes", "names-0-text", "citations-1-quote", "private_terms-0-text")
LISTS = (
    "/desk/stations/station/",
    "/desk/stations/claim/",
    "/desk/responses/response/",
    "/desk/responses/agreement/",
    "/desk/sources/source/",
)
WITHOUT_RECORDS = ("administrator", "superuser")


@pytest.fixture
def draft(team):
    return make_station(
        by=team.author,
        country="NL",
        locality="Utrecht",
        summary="A door.\nA second line.",
        notes="For colleagues.",
        latitude="52.09",
        longitude="5.12",
        counted_in=["110 Overseas", "Patrol"],
        names=[{"text": "福州站", "language": "zh-Hans"}],
        citations=[
            citation(),
            citation(quote="Een deur", quote_language="nl", field="summary", attributed_to="The mayor"),
        ],
        private_terms=[{"kind": "address", "text": "Example Street 1"}],
    )


def test_a_draft_has_inputs(author, draft):
    assert author.open_record(draft).form().names.issuperset(CONTENT)


@pytest.mark.parametrize("state", ["submitted", "verified", "approved", "live", "retracted"])
def test_outside_draft_the_content_stands_there_without_inputs(author, editor, team, draft, state):
    bring_to(draft, state, **vars(team))
    for browser in (author, editor):
        page = browser.open_record(draft)
        assert not page.is_editable
        assert set().union(*(form.names for form in page.posts)).isdisjoint(CONTENT)
        assert "Albania" not in page.text
        for text in (
            *("police service station", "Netherlands", "Utrecht", "A door. A second line.", "For colleagues."),
            *("110 Overseas", "福州站 · Chinese (Simplified", "Een deur", "Words of The mayor", "Example Street 1"),
        ):
            assert text in page.text


def test_who_reviewed_the_round_reads_the_draft(reviewer, author, team, draft):
    bring_to(draft, "verified", **vars(team))
    author.act(draft, "withdraw")
    page = reviewer.open_record(draft)
    assert not page.is_editable
    assert "A door." in page.text


def test_an_observer_reads_everything_and_has_no_button(observer, team, draft):
    source = draft.citations.first().source
    browser = Browser(observer)
    for state, start in (("draft", None), ("submitted", "draft"), ("live", "submitted")):
        if start:
            bring_to(draft, state, start=start, **vars(team))
        page = browser.open_record(draft)
        assert page.acts == set()
        assert not page.is_editable
        assert "Example Street 1" in page.text
    page = browser.open(source_address(source))
    assert not set().union(*(form.names for form in page.posts)) & {"title", "publisher", "notes"}
    assert source.title in page.text
    assert browser.open(address(draft, "history"))
    for path in LISTS:
        assert "add" not in {link.strip("/").rpartition("/")[2] for link in browser.open(path).links}
        assert browser.get(f"{path}add/").status_code == 403


def test_an_observer_writes_nothing(observer, team, draft):
    browser = Browser(observer)
    form = Browser(team.author).open_record(draft).form()
    source = make_source()
    before = everything()
    values = {**form.values, "summary": ["x"], "csrfmiddlewaretoken": "a" * 32}
    assert browser.send(address(draft), values).status_code == 403
    assert browser.send("/desk/stations/station/add/", values).status_code == 403
    assert browser.send(source_address(source), {"title": "x"}).status_code == 403
    assert browser.send("/desk/sources/source/add/", {"title": "x"}).status_code == 403
    assert everything() == before


@pytest.mark.parametrize("who", WITHOUT_RECORDS)
def test_the_desk_without_a_role_at_records_shows_none(request, team, draft, who):
    browser = Browser(request.getfixturevalue(who))
    live, response = bring_to(draft, "live", **vars(team)), make_response(by=team.author)
    source = make_source()
    pages = [*LISTS, *(f"{path}add/" for path in LISTS), source_address(source), source_address(source, "history")]
    pages += [address(record, page) for record in (live, response) for page in ("change", "history")]
    for path in pages:
        assert browser.get(path).status_code == 403, path
        assert browser.send(path).status_code in (403, 405), path
    dashboard = browser.open("/desk/")
    for words in ("Utrecht", "My drafts", "Waiting for", "Recently published", "Log a", "Stations"):
        assert words not in dashboard.text


@pytest.mark.parametrize("who", WITHOUT_RECORDS)
@pytest.mark.parametrize("act", ["submit", "comment", "assign", "discard"])
def test_the_desk_without_a_role_at_records_acts_on_none(request, draft, who, act):
    browser = Browser(request.getfixturevalue(who))
    before = everything()
    assert browser.send(address(draft, act), {"lock_version": 1, "text": "x"}).status_code == 403
    assert everything() == before


@pytest.mark.parametrize("who", WITHOUT_RECORDS)
def test_autocomplete_answers_nobody_without_a_role_at_records(request, draft, who):
    browser = Browser(request.getfixturevalue(who))
    for app, model, field in (
        ("review", "citation", "source"),
        ("sources", "source", "derived_from"),
        ("responses", "response", "stations"),
        ("responses", "response", "same_act_as"),
        ("responses", "agreement", "ended_by"),
        ("stations", "claim", "superseded_by"),
    ):
        query = {"app_label": app, "model_name": model, "field_name": field, "term": "Utrecht"}
        response = browser.get("/desk/autocomplete/", query)
        assert response.status_code == 403
        assert "Utrecht" not in response.text


def test_an_administrator_who_is_also_a_researcher_sees_records(draft):
    both = UserFactory(roles=[Role.ADMINISTRATOR, Role.RESEARCHER])
    assert "Utrecht" in Browser(both).open("/desk/stations/station/").text


def test_somebody_inactive_or_without_any_role_stays_outside(outsider, draft):
    browser = Browser(outsider)
    assert browser.client.get(address(draft), follow=True).status_code == 403
    person = UserFactory(roles=[Role.EDITOR])
    browser = Browser(person)
    browser.open_record(draft)
    person.is_active = False
    person.save()
    assert browser.get(address(draft)).status_code == 302


@pytest.mark.parametrize("path", LISTS)
def test_nothing_is_deleted(editor, team, draft, path):
    pk = draft.citations.first().source.pk if "sources" in path else draft.pk
    response = editor.send(f"{path}{pk}/delete/", {"post": "yes"})
    assert response.status_code in (403, 404)
    editor.send(path, {"action": "delete_selected", "_selected_action": pk, "post": "yes"})
    assert draft.citations.exists()
    draft.refresh_from_db()
