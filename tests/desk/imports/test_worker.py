"""Large files: the worker reads and imports them. Nothing hangs, whatever becomes of the worker."""

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from casetracker.desk.exchange import running
from casetracker.desk.exchange.kept import rows_of_plan
from casetracker.desk.exchange.running import plan_import
from casetracker.review.choices import ImportState
from casetracker.review.models import Import, Record
from casetracker.review.services.uploads import cancel_import
from stations.models import Station
from tests.desk.imports.helpers import (
    GOOD,
    UNKNOWN,
    WITH_ERROR,
    address,
    columns,
    confirm,
    statuses,
    the_import,
    upload,
)
from tests.factories.releases import let_the_worker_work

pytestmark = [pytest.mark.slow, pytest.mark.both, pytest.mark.django_db(transaction=True)]

SECRET = "Nobody may read this"  # noqa: S105


@pytest.fixture(autouse=True)
def every_file_is_large(monkeypatch):
    monkeypatch.setattr(running, "LARGE", 10)


def let_time_pass(**duration):
    Import.objects.update(changed_at=timezone.now() - dt.timedelta(**duration))


def tasks(status):
    return DBTaskResult.objects.filter(status=status)


def stuck_in(state, **changes):
    """An import that somebody works on no more."""
    Import.objects.update(state=state, **changes)
    let_time_pass(minutes=16)


# --- The usual way ------------------------------------------------------------------


def test_the_worker_plans_and_imports_while_the_pages_say_how_far_it_is(author):
    page = upload(author, GOOD)
    assert "The file waits for its turn" in page.text
    assert "Nothing is written yet. You can close this page and come back" in page.text
    assert page.all("meta", http_equiv="refresh") == [{"http-equiv": "refresh", "content": "5"}]
    let_the_worker_work()
    page = author.open(address())
    assert statuses(page) == ["create", "create"]
    assert page.all("meta", http_equiv="refresh") == []
    page = confirm(author, page)
    assert "The rows are being imported" in page.text
    assert not Record.objects.exists()
    let_the_worker_work()
    assert "2 rows were imported" in author.open(address()).text
    assert Station.objects.count() == 2


def test_progress_is_told_in_numbers_and_drawn(author):
    upload(author, GOOD)
    Import.objects.update(state=ImportState.PLANNING, done=3400, total=10000)
    page = author.open(address())
    assert "3,400 of 10,000 rows looked at" in page.text
    (bar,) = page.all("progress")
    assert (bar["value"], bar["max"]) == ("3400", "10000")


def test_the_queue_holds_a_key_and_no_word_of_the_file(author):
    upload(author, GOOD.replace("A shop.", SECRET), name=f"{SECRET}.csv")
    (task,) = tasks("READY")
    assert task.args_kwargs == {"args": [str(the_import().pk)], "kwargs": {}}


def test_questions_come_from_the_worker_too(author):
    upload(author, UNKNOWN)
    let_the_worker_work()
    form = author.open(address()).act("answer")
    page = author.submit(form.fill(**{columns(form)[0]: "ignore"}))
    assert "The file waits for its turn" in page.text
    let_the_worker_work()
    assert statuses(author.open(address())) == ["create"]


def test_the_worker_speaks_the_language_of_the_importer(author, team):
    upload(author, GOOD)
    let_the_worker_work()
    confirm(author, author.open(address()))
    let_the_worker_work()
    Import.objects.all().delete()
    team.author.language = "nl"
    team.author.save()
    upload(author, GOOD.replace("A shop.", "A door."))
    let_the_worker_work()
    assert rows_of_plan(the_import())[0]["differences"][0]["label"] == "samenvatting"
    confirm(author, author.open(address()))
    let_the_worker_work()
    assert the_import().state == ImportState.DONE, "the same plan in the same language"


def test_records_that_changed_meanwhile_bring_a_new_plan_from_the_worker(author):
    for sheet in (GOOD, GOOD.replace("A shop.", "A door.")):
        upload(author, sheet, name=f"{len(sheet)}.csv")
    let_the_worker_work()
    first, second = Import.objects.order_by("created_at")
    confirm(author, author.open(address(first)))
    confirm(author, author.open(address(second)))
    let_the_worker_work()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (ImportState.DONE, ImportState.PLANNED)
    page = author.open(address(second))
    assert "Records were changed since the plan was made." in page.text
    assert statuses(author.open(address(second), {"show": "all"})) == ["update", "unchanged"]


# --- Cancelling ---------------------------------------------------------------------


def test_cancelling_before_the_worker_comes_leaves_nothing(author):
    page = upload(author, GOOD)
    author.submit(page.act("cancel"))
    let_the_worker_work()
    assert (the_import().state, the_import().content) == (ImportState.CANCELLED, None)
    assert not tasks("FAILED").exists()


def test_cancelling_while_it_is_planned_stops_it_and_leaves_nothing(author, team):
    upload(author, GOOD)
    seen = []

    def cancel(done, total):
        if not seen:
            cancel_import(the_import().pk, by=team.author)
        seen.append((done, total))

    with pytest.raises(running.ImportCancelled):
        plan_import(the_import().pk, bar=cancel)
    assert len(seen) == 1
    one = the_import()
    assert (one.state, one.content, one.plan) == (ImportState.CANCELLED, None, None)
    assert not Record.objects.exists()


def test_cancelling_while_it_is_imported_leaves_nothing(author):
    upload(author, GOOD)
    let_the_worker_work()
    page = confirm(author, author.open(address()))
    author.submit(page.act("cancel"))
    let_the_worker_work()
    assert the_import().state == ImportState.CANCELLED
    assert not Record.objects.exists()


# --- When the worker dies -----------------------------------------------------------


@pytest.mark.parametrize("state", [ImportState.WAITING, ImportState.PLANNING])
def test_a_plan_that_was_left_lying_is_started_again(author, state):
    upload(author, GOOD)
    tasks("READY").delete()
    stuck_in(state, done=1, total=2)
    page = author.open(address())
    assert "Nothing has moved for a quarter of an hour" in page.text
    assert "nothing has moved for a while" in author.open("/desk/imports/").text
    page = author.submit(page.act("again"))
    assert "The file waits for its turn" in page.text
    let_the_worker_work()
    assert statuses(author.open(address())) == ["create", "create"]


def test_an_import_that_was_left_lying_goes_back_to_its_plan(author):
    upload(author, GOOD)
    let_the_worker_work()
    confirm(author, author.open(address()))
    tasks("READY").delete()
    stuck_in(ImportState.IMPORTING)
    page = author.submit(author.open(address()).act("again"))
    assert statuses(page) == ["create", "create"]
    confirm(author, page)
    let_the_worker_work()
    assert Station.objects.count() == 2


def test_what_is_worked_on_is_not_started_again(author):
    page = upload(author, GOOD)
    assert "again" not in page.acts
    assert author.send(address(act="again")).status_code == 302
    assert "Reload the page" in author.open(address()).messages[0]


def test_progress_shows_that_somebody_works(author):
    upload(author, GOOD)
    stuck_in(ImportState.PLANNING)
    running.note_progress(the_import().pk, 1, 2)
    assert "Nothing has moved" not in author.open(address()).text


def test_a_worker_that_was_thought_dead_spoils_nothing(author):
    upload(author, GOOD)
    let_the_worker_work()
    late = the_import()
    confirm(author, author.open(address()))
    let_the_worker_work()
    for act in (
        lambda: running.keep_plan(late.pk, plan=late.plan, digest=late.plan_digest, counts=late.counts),
        lambda: running.refuse_import(late.pk, "Too late.", []),
        lambda: running.ask_about_import(late.pk, "Too late.", {"sheets": ["x"]}),
        lambda: running.carry_out_import(late.pk),
        lambda: plan_import(late.pk),
    ):
        with pytest.raises(running.DomainError):
            act()
    assert the_import().state == ImportState.DONE
    assert Station.objects.count() == 2


# --- When there is a fault ----------------------------------------------------------


def break_down(*_args, **_options):
    raise ZeroDivisionError(SECRET)


def test_a_fault_while_planning_is_told_without_a_word_of_the_file(author, monkeypatch, caplog):
    upload(author, GOOD)
    monkeypatch.setattr(running, "read_sheet", break_down)
    let_the_worker_work()
    assert the_import().state == ImportState.REFUSED
    assert "because of a fault in this program, and nothing was written" in author.open(address()).text
    (task,) = tasks("FAILED")
    assert "ZeroDivisionError at test_worker.py:" in task.traceback
    assert SECRET not in task.traceback + caplog.text


def test_a_fault_while_importing_writes_nothing(author, monkeypatch):
    upload(author, GOOD)
    let_the_worker_work()
    confirm(author, author.open(address()))
    monkeypatch.setattr(running, "finish_import", break_down)
    let_the_worker_work()
    assert (the_import().state, the_import().content) == (ImportState.REFUSED, None)
    assert not Record.objects.exists()


def test_a_fault_in_a_request_is_told_on_the_page(author, monkeypatch, caplog):
    monkeypatch.setattr(running, "LARGE", 10_000)
    monkeypatch.setattr(running, "read_sheet", break_down)
    page = upload(author, WITH_ERROR)
    assert "because of a fault in this program" in page.text
    assert "An import failed: ZeroDivisionError at test_worker.py:" in caplog.text
    assert SECRET not in caplog.text
