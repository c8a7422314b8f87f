"""What the buttons on a record's page do."""

import pytest

from casetracker.publication.models import LogEntry, Snapshot
from tests.desk.browser import address
from tests.factories.records import bring_to, check_all, citation, edit_draft, fresh, make_source, make_station

MOVES = [
    # from, who, act, what is typed, working state and public status afterwards
    ("draft", "author", "submit", {}, ("submitted", "never")),
    ("verified", "editor", "approve", {}, ("approved", "never")),
    ("verified", "editor", "approve-and-publish", {}, ("idle", "live")),
    ("approved", "editor", "publish", {}, ("idle", "live")),
    ("submitted", "reviewer", "return", {"comment": "Name the source."}, ("draft", "never")),
    ("verified", "editor", "return", {"comment": "Name the source."}, ("draft", "never")),
    ("approved", "editor", "return", {"comment": "Name the source."}, ("draft", "never")),
    ("submitted", "author", "withdraw", {}, ("draft", "never")),
    ("approved", "author", "withdraw", {}, ("draft", "never")),
    ("live", "reviewer", "revise", {}, ("draft", "live")),
    ("retracted", "author", "revise", {}, ("draft", "retracted")),
    ("revision", "author", "abandon", {}, ("idle", "live")),
    ("draft", "author", "discard", {"comment": "It is in twice."}, ("discarded", "never")),
    ("draft", "editor", "discard", {}, ("discarded", "never")),
    ("live", "editor", "retract", {"reason": "harm", "note": "It was a home."}, ("idle", "retracted")),
    ("revision", "editor", "retract", {"reason": "error", "note": "Another place."}, ("draft", "retracted")),
]


@pytest.fixture
def draft(team):
    return make_station(
        by=team.author,
        summary="A door.",
        citations=[citation(), citation()],
        private_terms=[{"kind": "address", "text": "Example Street 1"}],
    )


@pytest.mark.parametrize(
    ("start", "who", "act", "typed", "after"),
    [*MOVES[:4], *(pytest.param(*move, marks=pytest.mark.slow) for move in MOVES[4:])],
)
def test_a_button_moves_the_record(request, team, draft, start, who, act, typed, after):
    bring_to(draft, start, **vars(team))
    page = request.getfixturevalue(who).act(draft, act, **typed)
    assert page.was_redirected
    assert len(page.messages) == 1
    record, last = fresh(draft), draft.decisions.last()
    assert (record.state, record.public_status) == after
    assert last.person == getattr(team, who)
    assert last.comment == (typed.get("comment") or typed.get("note") or "")
    assert last.get_action_display() in page.text
    assert last.comment in page.text


def test_citations_are_checked_one_by_one_before_verification(reviewer, team, draft):
    bring_to(draft, "submitted")
    assert "Nobody has checked it as it is now." in reviewer.open_record(draft).text
    for number in range(2):
        form = reviewer.open_record(draft).acts_named("check")[number]
        page = reviewer.submit(form.fill(verdict="supports"))
        assert any("Your verdict is noted." in message for message in page.messages)
        assert "Rosa Reviewer: says what is cited" in page.text
    assert draft.checks.count() == 2
    assert any("Verified." in message for message in reviewer.act(draft, "verify").messages)
    assert fresh(draft).verified_by == team.reviewer


@pytest.mark.parametrize(
    ("verdict", "words"), [("does_not", "does not say it"), ("could_not_open", "could not open it")]
)
def test_a_doubtful_verdict_stands_on_the_page_with_its_comment(reviewer, draft, verdict, words):
    bring_to(draft, "submitted")
    form = reviewer.open_record(draft).acts_named("check")[1]
    page = reviewer.submit(form.fill(verdict=verdict, comment="It is about Madrid."))
    assert f"Rosa Reviewer: {words} – It is about Madrid." in page.text
    check = draft.checks.get()
    assert (check.verdict, check.comment) == (verdict, "It is about Madrid.")
    assert str(check.citation_uuid) == form["citation"]


def test_an_editors_word_is_enough_where_a_source_cannot_be_opened(reviewer, editor, team):
    record = bring_to(make_station(by=team.author), "submitted")
    reviewer.act(record, "check", verdict="could_not_open", comment="Gone.")
    assert "let an editor check it with a comment" in reviewer.act(record, "verify").messages[0]
    editor.act(record, "check", verdict="could_not_open", comment="I read it on paper.")
    reviewer.act(record, "verify")
    assert fresh(record).state == "verified"


def test_publishing_links_to_the_public_page(editor, team, draft):
    bring_to(draft, "verified", **vars(team))
    page = editor.act(draft, "approve-and-publish")
    reference = fresh(draft).reference
    assert f"/en/stations/{reference}/" in page.links
    assert editor.get(f"/en/stations/{reference}/").status_code == 200
    assert "(version 1)" in page.text
    assert "Version 1 is the last that was published." in page.text


@pytest.mark.parametrize(("state", "act"), [("approved", "publish"), ("verified", "approve-and-publish")])
def test_a_correction_goes_out_with_its_public_note(editor, team, draft, state, act):
    bring_to(draft, "revision", **vars(team))
    edit_draft(draft, by=team.author, summary="A window.")
    bring_to(draft, state, **vars(team))
    editor.act(draft, act, corrects=True, note="It was a window.")
    entry = LogEntry.objects.latest("sequence")
    assert (entry.action, entry.version) == ("correct", 2)
    assert Snapshot.objects.get(pk=entry.pk).note == "It was a window."


@pytest.mark.parametrize(("state", "act"), [("approved", "publish"), ("verified", "approve-and-publish")])
def test_what_was_never_published_cannot_be_corrected(editor, team, draft, state, act):
    record = bring_to(draft, state, **vars(team))
    assert editor.open_record(record).act(act).names.isdisjoint({"corrects", "note"})
    values = {"lock_version": record.lock_version, "corrects": "on", "note": "It was a window."}
    assert editor.send(address(record, act), values).status_code == 302
    entry = LogEntry.objects.latest("sequence")
    assert (entry.action, entry.snapshot.note) == ("publish", "")


def test_a_revision_goes_out_without_a_note(editor, team, draft):
    bring_to(draft, "revision", **vars(team))
    bring_to(draft, "approved", **vars(team))
    editor.act(draft, "publish")
    assert LogEntry.objects.latest("sequence").action == "revise"


def test_a_retraction_answers_with_reason_and_note(editor, team, draft):
    record = bring_to(draft, "live", **vars(team))
    editor.act(draft, "retract", reason="legal", note="A court forbade it.")
    response = editor.get(f"/en/stations/{record.reference}/")
    assert response.status_code == 410
    assert "A court forbade it." in response.text


def test_a_record_is_assigned_to_somebody_and_to_nobody(author, team, draft):
    page = author.act(draft, "assign", to=team.reviewer.pk)
    assert "assigned to Rosa Reviewer" in page.text
    assert page.act("assign")["to"] == str(team.reviewer.pk)
    assert fresh(draft).assigned_to == team.reviewer
    author.act(draft, "assign", to="")
    assert fresh(draft).assigned_to is None


def test_only_active_researchers_and_editors_are_offered_for_assignment(
    author, team, draft, observer, administrator, superuser, outsider
):
    team.editor.is_active = False
    team.editor.save()
    offered = author.open_record(draft).act("assign").choices["to"]
    assert {str(team.author.pk), str(team.reviewer.pk), ""} <= offered
    absent = (team.editor, observer, administrator, superuser, outsider)
    assert offered.isdisjoint({str(person.pk) for person in absent})


def test_a_comment_stands_below_the_record(reviewer, team, draft):
    page = reviewer.act(draft, "comment", text="First line.\nSecond line.")
    assert "Rosa Reviewer" in page.text
    assert "First line. Second line." in page.text
    comment = draft.comments.get()
    assert (comment.person, comment.text.splitlines()) == (team.reviewer, ["First line.", "Second line."])
    assert fresh(draft).state == "draft"


def test_suggested_words_are_taken_over_with_one_click(author, reviewer, team, draft):
    bring_to(draft, "submitted", **vars(team))
    page = reviewer.act(draft, "suggest", field="summary", text="A red door.")
    assert "Rosa Reviewer suggests for “summary”" in page.text
    assert not {"accept-suggestion", "decline-suggestion"} & page.acts
    assert fresh(draft).station.summary == "A door."
    page = author.act(draft, "accept-suggestion")
    assert fresh(draft).station.summary == "A red door."
    assert "suggests for" not in page.text
    sides = set(draft.participations.values_list("person", "role"))
    assert (team.reviewer.pk, "author") not in sides


def test_suggested_words_can_be_declined(author, reviewer, team, draft):
    bring_to(draft, "submitted", **vars(team))
    reviewer.act(draft, "suggest", field="summary", text="A red door.")
    page = author.act(draft, "decline-suggestion")
    assert "suggests for" not in page.text
    assert fresh(draft).station.summary == "A door."
    assert draft.suggestions.get().state == "declined"


def test_a_private_term_is_marked_publishable_with_a_reason(editor, author, team, draft):
    page = editor.act(draft, "mark-publishable", term=draft.private_terms.get().pk, reason="It is an embassy.")
    term = draft.private_terms.get()
    assert (term.publishable_by, term.publishable_reason) == (team.editor, "It is an embassy.")
    assert page.act("mark-publishable").choices["term"] == {""}
    author.act(draft, "submit")
    page = editor.open_record(draft)
    assert "publishable, says Edith Editor: It is an embassy." in page.text
    assert "approve" not in page.acts


@pytest.mark.both
def test_the_whole_way_from_a_form_to_the_public(author, reviewer, editor):
    source = make_source()
    form = author.open("/desk/stations/station/add/").form()
    form.fill(kind="police_service_station", country="NL", locality="Amsterdam")
    form.add_row("citations", source=source.pk)
    author.submit(form)
    record = source.citations.get().record
    author.act(record, "submit")
    reviewer.act(record, "check", verdict="supports")
    reviewer.act(record, "verify")
    editor.act(record, "approve-and-publish")
    assert "Amsterdam" in editor.get("/en/stations/S-1/").text


def test_checks_that_hold_need_not_be_repeated(author, reviewer, team, draft):
    check_all(bring_to(draft, "submitted"), by=team.reviewer)
    author.act(draft, "withdraw")
    author.act(draft, "submit")
    reviewer.act(draft, "verify")
    assert fresh(draft).state == "verified"
