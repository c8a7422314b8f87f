"""What the rules refuse: the reason is shown, what was typed stays, nothing is written."""

import pytest

from casetracker.review import services
from casetracker.review.admin.acts import ACTS as DESK_ACTS
from tests.desk.browser import Browser, address
from tests.desk.state import everything
from tests.factories.records import bring_to, edit_draft, fresh, make_response, make_source, make_station

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.pages]

ACTS = [
    *("submit", "verify", "approve", "approve-and-publish", "publish", "return", "withdraw", "revise", "abandon"),
    *("discard", "retract", "assign", "comment", "suggest", "accept-suggestion", "decline-suggestion", "check"),
    "appraise",
    *("mark-publishable", "assign-to-me", "drop-merge"),
]
# Where a button is: from which state, by whom, and what is typed.
PLACES = [
    ("draft", "author", "submit", {}),
    ("draft", "author", "discard", {"comment": "Typed words."}),
    ("draft", "editor", "mark-publishable", {"reason": "Typed words."}),
    ("submitted", "reviewer", "verify", {}),
    ("submitted", "reviewer", "return", {"comment": "Typed words."}),
    ("submitted", "reviewer", "suggest", {"field": "summary", "text": "Typed words."}),
    ("submitted", "reviewer", "check", {"verdict": "does_not", "comment": "Typed words."}),
    ("submitted", "author", "withdraw", {}),
    ("verified", "editor", "approve", {}),
    ("verified", "editor", "approve-and-publish", {}),
    ("approved", "editor", "publish", {}),
    ("live", "editor", "retract", {"reason": "harm", "note": "Typed words."}),
    ("live", "author", "revise", {}),
    ("revision", "author", "abandon", {}),
]


@pytest.fixture
def draft(team):
    return make_station(
        by=team.author, summary="A door.", private_terms=[{"kind": "address", "text": "Example Street 1"}]
    )


def refused(browser, form, words):
    before = everything()
    page = browser.submit(form)
    assert not page.was_redirected
    assert any(words in message for message in page.messages), page.messages
    assert everything() == before
    return page


@pytest.mark.parametrize(("state", "who", "act", "typed"), PLACES)
def test_an_act_on_what_was_changed_meanwhile(request, team, draft, state, who, act, typed):
    browser = request.getfixturevalue(who)
    record = bring_to(draft, state, **vars(team))
    form = browser.open_record(draft).act(act).fill(**typed)
    if act == "mark-publishable":
        form.fill(term=draft.private_terms.get().pk)
    services.assign_record(draft.pk, to=team.author, by=team.reviewer, lock_version=record.lock_version)
    page = refused(browser, form, "Changed meanwhile by Rosa Reviewer (assign,")
    assert page.act(act).typed == form.typed


def test_what_was_typed_stays_even_if_the_button_is_gone(reviewer, team, draft):
    record = bring_to(draft, "submitted")
    form = reviewer.open_record(draft).act("return").fill(comment="Half an hour of typing.")
    services.withdraw_record(draft.pk, by=team.author, lock_version=record.lock_version)
    page = refused(reviewer, form, "Changed meanwhile by Ana Author (withdraw,")
    assert "return" not in page.acts
    assert "Half an hour of typing." in page.text


def test_a_draft_is_not_submitted_while_something_is_missing(author, team):
    record = make_station(by=team.author, citations=[])
    assert "Nothing supports this record" in author.open_record(record).text
    refused(author, author.open_record(record).act("submit"), "Nothing supports this record: add a citation")


def test_nothing_is_verified_before_it_is_checked(reviewer, draft):
    bring_to(draft, "submitted")
    refused(reviewer, reviewer.open_record(draft).act("verify"), "has not been checked as it is now")


def test_a_private_term_in_a_public_text_keeps_approval_back(editor, team, draft):
    edit_draft(draft, by=team.author, summary="It is at Example Street 1.")
    bring_to(draft, "verified", **vars(team))
    for act in ("approve", "approve-and-publish"):
        refused(editor, editor.open_record(draft).act(act), "The private term “Example Street 1” (street address)")


def test_a_private_term_in_the_public_note_of_a_retraction(editor, team, draft):
    bring_to(draft, "live", **vars(team))
    form = editor.open_record(draft).act("retract").fill(reason="harm", note="At Example Street 1 lives somebody.")
    page = refused(editor, form, "“Example Street 1” (street address) stands in “public note”")
    assert page.act("retract").typed == form.typed


@pytest.mark.parametrize(
    ("state", "who", "act", "typed", "place"),
    [
        ("submitted", "reviewer", "return", {}, "return-comment"),
        ("submitted", "reviewer", "return", {"comment": "   "}, "return-comment"),
        ("live", "editor", "retract", {"reason": "harm"}, "retract-note"),
        ("draft", "author", "comment", {"text": ""}, "comment-text"),
        ("submitted", "reviewer", "suggest", {"text": ""}, "suggest-text"),
        ("draft", "editor", "mark-publishable", {"reason": "It is an embassy."}, "mark-publishable-term"),
    ],
)
def test_what_is_needed_is_asked_for_at_its_field(request, team, draft, state, who, act, typed, place):
    bring_to(draft, state, **vars(team))
    browser = request.getfixturevalue(who)
    page = refused(browser, browser.open_record(draft).act(act).fill(**typed), "Please correct what is marked.")
    assert "This field is required." in page.errors[place]


def test_a_correction_needs_its_note(editor, team, draft):
    bring_to(draft, "revision", **vars(team))
    bring_to(draft, "approved", **vars(team))
    page = refused(editor, editor.open_record(draft).act("publish").fill(corrects=True), "Say what was wrong")
    assert page.act("publish")["corrects"] == "on"


def test_a_doubtful_verdict_needs_a_comment_and_stays_chosen(reviewer, draft):
    bring_to(draft, "submitted")
    form = reviewer.open_record(draft).act("check").fill(verdict="does_not")
    assert refused(reviewer, form, "Say what you found").act("check").typed == form.typed


def test_a_verdict_is_for_the_citation_as_it_was_shown(reviewer, team, draft):
    bring_to(draft, "submitted")
    form = reviewer.open_record(draft).act("check").fill(verdict="supports")
    source = draft.citations.get().source
    services.edit_source(source.pk, fields={"title": "Other"}, by=team.author, lock_version=source.lock_version)
    form.fill(lock_version=fresh(draft).lock_version)
    refused(reviewer, form, "This citation or its source was changed meanwhile")


def test_a_suggestion_must_differ(reviewer, draft):
    bring_to(draft, "submitted")
    form = reviewer.open_record(draft).act("suggest").fill(field="summary", text="A door.")
    assert refused(reviewer, form, "That is how it reads already.").act("suggest")["text"] == "A door."


# --- Four eyes, sent past the page ---------------------------------------------


def post_act(browser, record, act, **values):
    before = everything()
    response = browser.send(address(record, act), {"lock_version": fresh(record).lock_version, **values})
    assert response.status_code == 200
    assert everything() == before
    return response.text


@pytest.mark.parametrize(("state", "act"), [("submitted", "verify"), ("submitted", "return"), ("verified", "approve")])
def test_nobody_reviews_what_they_wrote(team, draft, state, act):
    edit_draft(draft, by=team.editor, summary="Written by an editor.")
    bring_to(draft, state, reviewer=team.reviewer)
    text = post_act(Browser(team.editor), draft, act, comment="x")
    assert "You wrote on this record in this round, so somebody else must review it." in text


def test_nobody_writes_what_they_review(reviewer, team, draft):
    bring_to(draft, "verified", **vars(team))
    services.withdraw_record(draft.pk, by=team.author, lock_version=fresh(draft).lock_version)
    page = reviewer.open_record(draft)
    assert not page.is_editable
    form = Browser(team.author).open_record(draft).form().fill(summary="Mine.")
    before = everything()
    response = reviewer.send(form.action, {**form.values, "csrfmiddlewaretoken": "a" * 32})
    assert "You reviewed this record in this round, so you cannot write it." in response.text
    assert everything() == before


@pytest.mark.parametrize("act", ["approve", "approve-and-publish"])
def test_a_researcher_cannot_approve(reviewer, team, draft, act):
    bring_to(draft, "verified", editor=team.editor)
    assert "needs the role Editor" in post_act(reviewer, draft, act)


# --- Addresses and methods --------------------------------------------------------


def test_every_act_is_tried_here():
    assert set(ACTS) == DESK_ACTS.keys()


def test_an_act_is_posted(author, draft):
    for act in ACTS:
        assert author.get(address(draft, act)).status_code == 405
        assert author.client.head(address(draft, act)).status_code == 405
        assert author.client.put(address(draft, act), headers={"x-csrftoken": "a" * 32}).status_code in (403, 405)


def test_an_act_on_what_does_not_exist(author, team, draft):
    response = make_response(by=team.author)
    before = everything()
    for act in ACTS:
        unknown = address(draft, act).replace(str(draft.pk), "2b1c2f0e-0000-4000-8000-000000000000")
        other_kind = address(draft, act).replace(str(draft.pk), str(response.pk))
        assert author.send(unknown, {"lock_version": 1}).status_code == 404
        assert author.send(other_kind, {"lock_version": 1, "text": "x"}).status_code == 404
    assert everything() == before


def test_an_act_without_a_token_is_refused(author, draft):
    before = everything()
    for act in ACTS:
        response = author.client.post(address(draft, act), {"lock_version": draft.lock_version, "text": "x"})
        assert response.status_code == 403
    assert everything() == before


def test_a_suggestion_for_another_record_is_not_found(author, reviewer, team, draft):
    other = make_station(by=team.author, summary="A gate.")
    bring_to(other, "submitted")
    reviewer.act(other, "suggest", field="summary", text="A red gate.")
    bring_to(draft, "submitted")
    values = {"lock_version": fresh(other).lock_version, "suggestion": other.suggestions.get().pk}
    for act in ("accept-suggestion", "decline-suggestion"):
        assert author.send(address(draft, act), values).status_code == 404
    assert other.suggestions.get().state == "open"


def test_a_private_term_of_another_record_is_refused(editor, team, draft):
    other = make_station(by=team.author, private_terms=[{"kind": "host", "text": "A society"}])
    text = post_act(editor, draft, "mark-publishable", term=other.private_terms.get().pk, reason="x")
    assert "Select a valid choice" in text


def test_a_form_without_a_token_is_refused(author, draft):
    source = make_source()
    for path in (address(draft), "/desk/stations/station/add/", f"/desk/sources/source/{source.pk}/change/"):
        assert author.client.post(path, {"summary": "x"}).status_code == 403
