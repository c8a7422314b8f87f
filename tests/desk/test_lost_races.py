"""Two people, or two windows, change the same thing: the second is told, and loses nothing that was typed."""

import pytest
from django.contrib import admin

from casetracker.review import services
from casetracker.review.services import Edit
from stations.models import Station
from tests.desk.browser import address, source_address
from tests.desk.state import everything
from tests.factories.records import bring_to, citation, edit_draft, fresh, make_source, make_station

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.pages]


@pytest.fixture
def draft(team):
    return make_station(
        by=team.author,
        names=[{"text": "One", "language": "en"}, {"text": "Two", "language": "en"}],
        citations=[citation(locator="p. 1"), citation(locator="p. 2")],
    )


def typed_form(browser, record):
    form = browser.open_record(record).form()
    form.fill(**{"summary": "Typed for half an hour.", "names-0-text": "Corrected", "citations-1-quote": "Nee"})
    form.fill(**{"citations-1-quote_language": "nl"})
    form.add_row("names", text="Third", language="en")
    return form.add_row("private_terms", kind="person", text="Somebody")


def refused(browser, form, words):
    before = everything()
    page = browser.submit(form)
    assert not page.was_redirected
    assert words in page.text
    assert page.form().typed == form.typed
    assert everything() == before
    return page


def test_a_colleague_was_faster(author, team, draft):
    form = typed_form(author, draft)
    edit_draft(draft, by=team.reviewer, summary="Other words.")
    page = refused(author, form, "Changed meanwhile by Rosa Reviewer (edit,")
    assert "Changed meanwhile by Rosa Reviewer" in page.errors[""]


def test_the_record_was_submitted_meanwhile(author, team, draft):
    form = typed_form(author, draft)
    bring_to(draft, "submitted")
    refused(author, form, "Changed meanwhile by Ana Author (submit,")


def test_the_record_was_published_meanwhile(author, team, draft):
    form = typed_form(author, draft)
    bring_to(draft, "live", editor=team.editor)
    refused(author, form, "Changed meanwhile by Edith Editor (publish,")


@pytest.mark.parametrize("rows", ["names", "citations"])
def test_a_colleague_removed_a_row_that_stands_in_the_form(author, team, draft, rows):
    form = typed_form(author, draft)
    gone = Edit(citations=[]) if rows == "citations" else Edit(rows={"names": []})
    services.edit_record(draft.pk, gone, by=team.reviewer, lock_version=draft.lock_version)
    refused(author, form, "Changed meanwhile by Rosa Reviewer")


def test_an_act_in_another_window_counts_too(author, team, draft):
    form = typed_form(author, draft)
    author.act(draft, "assign", to=team.reviewer.pk)
    refused(author, form, "Changed meanwhile by Ana Author (assign,")


def test_sending_the_same_form_twice_writes_once(author, draft):
    form = typed_form(author, draft)
    assert author.submit(form).was_redirected
    before = everything()
    page = author.submit(form)
    assert not page.was_redirected
    assert "Changed meanwhile by Ana Author" in page.text
    assert everything() == before


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "99", "9" * 30])
def test_a_form_without_the_right_version_writes_nothing(author, draft, version):
    form = author.open_record(draft).form().fill(summary="Typed.", seen_version=version)
    before = everything()
    page = author.submit(form)
    assert not page.was_redirected
    assert page.form()["summary"] == "Typed."
    assert everything() == before


def test_after_a_reload_the_form_can_be_saved(author, team, draft):
    form = typed_form(author, draft)
    edit_draft(draft, by=team.reviewer, locality="Delft")
    author.submit(form)
    assert author.submit(author.open(address(draft)).form().fill(summary="Again.")).was_redirected
    assert (fresh(draft).station.summary, fresh(draft).station.locality) == ("Again.", "Delft")


def test_a_page_carries_the_version_of_its_own_record_only(author, team, draft):
    source = make_source()
    edit_draft(draft, by=team.author, summary="Version 2.")
    assert author.open_record(draft).form()["seen_version"] == "2"
    assert author.open(source_address(source)).form()["seen_version"] == "1"
    assert author.open("/desk/sources/source/add/").form()["seen_version"] == ""


def test_one_record_is_not_mixed_up_with_another_that_is_opened_at_the_same_moment(rf, team, draft):
    """Servers answer several people at once in one process: no form may know the version of the other's."""
    other = edit_draft(make_station(by=team.author), by=team.author, summary="Version 2.")
    request = rf.get("/")
    request.user = team.author
    station_admin = admin.site.get_model_admin(Station)
    first = station_admin.get_form(request, draft.station, change=True)
    second = station_admin.get_form(request, other.station, change=True)
    assert first(instance=draft.station)["seen_version"].value() == 1
    assert second(instance=other.station)["seen_version"].value() == 2


def test_a_source_was_changed_meanwhile(author, team):
    source = make_source()
    form = author.open(source_address(source)).form().fill(title="My title", notes="Typed.")
    services.edit_source(source.pk, fields={"author": "X"}, by=team.reviewer, lock_version=1)
    refused(author, form, "This source was changed meanwhile by Rosa Reviewer")
