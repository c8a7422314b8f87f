"""Acts on a selection: the plan first, then all that it shows as possible, or nothing."""

import pytest

from casetracker.publication.models import LogEntry
from casetracker.review import services
from tests.desk.selecting import carry_out, going, keys, left_out, plan, said
from tests.desk.state import everything
from tests.factories.records import (
    bring_to,
    citation,
    edit_draft,
    fresh,
    make_claim,
    make_response,
    make_source,
    make_station,
    retract,
)

# --- Submitting -----------------------------------------------------------------


def test_drafts_are_submitted_and_what_is_refused_is_named_with_its_reason(author, team):
    good, other = make_station(by=team.author), make_claim(by=team.author)
    bare, foreign = make_station(by=team.author, citations=[]), make_station(by=team.reviewer)
    before = everything()
    page = plan(author, "submit", [good, bare, other, foreign])
    assert everything() == before, "a plan writes nothing"
    assert (going(page), left_out(page)) == (keys(good, other), keys(bare, foreign))
    assert "Nothing supports this record: add a citation for it as a whole, or for each fact." in page.text
    assert "Assign it to yourself first." in page.text
    page = carry_out(author, page)
    assert [fresh(record).state for record in (good, other, bare, foreign)] == [
        "submitted",
        "submitted",
        "draft",
        "draft",
    ]
    assert f"2 records submitted: {good.label}; {other.label} " in said(page)
    assert f"2 records left out: {bare.label}; {foreign.label}" in said(page)
    assert page.response.request["PATH_INFO"] == "/desk/queue/drafts/"


# --- Assigning ------------------------------------------------------------------


def test_records_are_assigned_to_me_unless_i_choose_another(editor, team):
    records = [make_station(by=team.author), make_claim(by=team.author)]
    page = plan(editor, "assign", records)
    assert page.text.count("Goes to Edith Editor. Nobody has it now.") == 2
    page = editor.submit(page.form("/selection/assign/").fill(to=team.reviewer.pk))
    assert page.text.count("Goes to Rosa Reviewer. Nobody has it now.") == 2
    page = carry_out(editor, page)
    assert said(page).startswith("2 records assigned to Rosa Reviewer:")
    assert {fresh(record).assigned_to for record in records} == {team.reviewer}


def test_records_are_taken_from_everybody(editor, team):
    record = make_station(by=team.author)
    services.assign_record(record.pk, to=team.reviewer, by=team.author, lock_version=record.lock_version)
    page = plan(editor, "assign", [record], to="")
    assert "Is taken from Rosa Reviewer. Nobody has it then." in page.text
    carry_out(editor, page)
    assert fresh(record).assigned_to is None


def test_what_was_discarded_is_assigned_to_nobody_else(editor, team):
    record = make_station(by=team.author)
    services.discard_record(record.pk, by=team.author, lock_version=record.lock_version)
    page = plan(editor, "assign", [record])
    assert "“assign” is not possible: the record is discarded and never published." in page.text
    assert going(page) == []
    assert not [form for form in page.posts if form.action.endswith("/carry-out/")]


# --- Publishing -----------------------------------------------------------------


def test_a_publication_with_refusals_goes_out_as_one_release(editor, team):
    station = bring_to(make_station(by=team.author), "approved", editor=team.editor)
    response = bring_to(make_response(by=team.author, stations=[station]), "approved", editor=team.editor)
    draft, source = make_claim(by=team.author), make_source(by=team.author)
    changed = bring_to(make_station(by=team.author, citations=[citation(source)]), "approved", editor=team.editor)
    services.edit_source(source.pk, fields={"title": "Another"}, by=team.reviewer, lock_version=source.lock_version)
    before = everything()
    page = plan(editor, "publish", [response, draft, station, changed])
    assert everything() == before, "a plan takes no number"
    assert (going(page), left_out(page)) == (keys(response, station), keys(draft, changed))
    assert "under a new number that begins with R-." in page.text
    assert "“publish” is not possible: the record is draft and never published." in page.text
    assert "A source of it was changed since it was approved." in page.text
    page = carry_out(editor, page)
    assert said(page).startswith("2 records published:")
    assert sorted(entry.reference for entry in LogEntry.objects.all()) == ["R-1", "S-1"]
    assert {entry.release for entry in LogEntry.objects.all()} == {1}


def test_what_links_to_a_refused_record_is_held_back_with_it(editor, team):
    last = make_claim(by=team.author)
    middle = bring_to(make_claim(by=team.author, superseded_by=last), "approved", editor=team.editor)
    first = bring_to(make_claim(by=team.author, superseded_by=middle), "approved", editor=team.editor)
    free = bring_to(make_station(by=team.author), "approved", editor=team.editor)
    page = plan(editor, "publish", [first, middle, last, free])
    assert (going(page), left_out(page)) == (keys(free), keys(first, middle, last))
    assert page.text.count("which is not published: publish that first or together") == 2


def test_a_revision_is_told_apart_and_may_be_a_correction(editor, team):
    people = {"reviewer": team.reviewer, "editor": team.editor}
    live = bring_to(make_station(by=team.author), "live", **people)
    services.revise_record(live.pk, by=team.author, lock_version=live.lock_version)
    edit_draft(live, by=team.author, summary="Mended.")
    bring_to(live, "approved", **people)
    gone = bring_to(make_station(by=team.author), "retracted", **people)
    services.revise_record(gone.pk, by=team.author, lock_version=gone.lock_version)
    bring_to(gone, "approved", **people)
    page = plan(editor, "publish", [live, gone])
    assert f"Version 2 of {live.reference} replaces what is public now." in page.text
    assert f"{gone.reference} was retracted and becomes public again, as version 2." in page.text
    before = everything()
    page = carry_out(editor, page, corrects=True)
    assert "Say what was wrong: readers of the earlier version must learn it." in said(page)
    assert everything() == before
    carry_out(editor, page, note="The street was wrong.")
    assert list(LogEntry.objects.order_by("-sequence").values_list("action", flat=True)[:2]) == ["publish", "correct"]


def test_a_private_term_in_the_note_stops_all(editor, team):
    people = {"reviewer": team.reviewer, "editor": team.editor}
    live = bring_to(
        make_station(by=team.author, private_terms=[{"kind": "host", "text": "Golden Lion"}]), "live", **people
    )
    services.revise_record(live.pk, by=team.author, lock_version=live.lock_version)
    bring_to(live, "approved", **people)
    new = bring_to(make_station(by=team.author), "approved", **people)
    before = everything()
    page = carry_out(editor, plan(editor, "publish", [live, new]), note="Not at the Golden Lion.", corrects=True)
    assert everything() == before
    assert "The private term “Golden Lion”" in said(page)
    assert page.form("/carry-out/")["note"] == "Not at the Golden Lion.", "what was typed is kept"
    assert going(page) == keys(live, new)


# --- Changed meanwhile ----------------------------------------------------------


@pytest.mark.parametrize("part", ["going", "left_out"])
def test_nothing_is_done_if_any_record_of_the_plan_was_changed_meanwhile(author, team, part):
    good, bare = make_station(by=team.author), make_station(by=team.author, citations=[])
    page = plan(author, "submit", [good, bare])
    changed = {"going": good, "left_out": bare}[part]
    services.assign_record(changed.pk, to=team.reviewer, by=team.editor, lock_version=changed.lock_version)
    before = everything()
    page = carry_out(author, page)
    assert everything() == before
    assert said(page).startswith(
        "Nothing was done to any of them. Below is the plan as it is now. "
        f"“{changed.label}” was changed meanwhile by Edith Editor (assign, "
    )
    page = carry_out(author, page)
    assert fresh(good).state == "submitted", "the plan that was shown again can be carried out"


def test_nothing_is_published_if_a_source_was_changed_meanwhile(editor, team):
    source = make_source(by=team.author)
    records = [
        bring_to(make_station(by=team.author, citations=[citation(source)]), "approved", editor=team.editor),
        bring_to(make_station(by=team.author), "approved", editor=team.editor),
    ]
    page = plan(editor, "publish", records)
    services.edit_source(source.pk, fields={"title": "Another"}, by=team.reviewer, lock_version=source.lock_version)
    page = carry_out(editor, page)
    assert not LogEntry.objects.exists()
    assert (going(page), left_out(page)) == (keys(records[1]), keys(records[0]))


def test_nothing_is_published_if_a_linked_record_was_retracted_meanwhile(editor, team):
    people = {"reviewer": team.reviewer, "editor": team.editor}
    station = bring_to(make_station(by=team.author), "live", **people)
    records = [
        bring_to(make_response(by=team.author, stations=[station]), "approved", **people),
        bring_to(make_claim(by=team.author), "approved", **people),
    ]
    page = plan(editor, "publish", records)
    retract(station, by=team.editor)
    before = everything()
    page = carry_out(editor, page)
    assert everything() == before
    assert left_out(page) == keys(records[0])
