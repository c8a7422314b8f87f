"""Carrying imports through: plan a file that was uploaded, and write what was confirmed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from casetracker.core.errors import ChangedMeanwhile, DomainError
from casetracker.core.spreadsheets import EncodingUnclear, SheetUnclear, Table, UnreadableFile
from casetracker.desk.exchange.bibliography_rows import read_sheet
from casetracker.desk.exchange.headers import UnknownColumns
from casetracker.desk.exchange.parsing import Refused
from casetracker.desk.exchange.plan import Plan, RowStatus, shown_plan
from casetracker.desk.exchange.planning import Answers, make_plan, rows_to_write
from casetracker.desk.exchange.rest import errors_shown, file_of_rows
from casetracker.review.choices import DuplicatesInImport, ImportState
from casetracker.review.models import Import
from casetracker.review.services.uploads import (
    ImportCancelled,
    Outcome,
    ask_about_import,
    begin_planning,
    finish_import,
    keep_plan,
    note_progress,
    plan_again,
    refuse_import,
    wrong_state,
)

# Smaller files are planned and imported while the browser waits; the worker takes the others. Workbooks are packed.
LARGE, LARGE_WORKBOOK = 150_000, 40_000  # bytes
_WORKBOOK = b"PK"

Bar = Callable[[int, int], None]


def is_large(upload: Import) -> bool:
    """Tell whether reading the file takes longer than people like to wait for a page."""
    content = bytes(upload.content or b"")
    return len(content) > (LARGE_WORKBOOK if content.startswith(_WORKBOOK) else LARGE)


def plan_import(import_id: UUID, *, bar: Bar | None = None) -> Import:
    """Read a file and keep what importing it would do, or what must be asked, or why it cannot be read."""
    upload = begin_planning(import_id)
    try:
        plan, _table = _plan(upload, bar)
    except EncodingUnclear as unclear:
        choices = [vars(choice) for choice in unclear.choices]
        return ask_about_import(import_id, str(unclear), {"encodings": choices})
    except UnknownColumns as unknown:
        return ask_about_import(import_id, str(unknown), unknown.question)
    except SheetUnclear as unclear:
        return ask_about_import(import_id, str(unclear), {"sheets": list(unclear.sheets)})
    except UnreadableFile as refusal:
        return refuse_import(import_id, str(refusal), [vars(problem) for problem in refusal.problems])
    return _keep(import_id, plan)


def _keep(import_id: UUID, plan: Plan, message: str = "") -> Import:
    """Keep a plan, with how many rows would be written without possible duplicates and with them."""
    written = {name: len(plan.chosen(duplicates=value)) for name, value in (("good", False), ("all", True))}
    counts = {**plan.counts, **written}
    return keep_plan(import_id, plan=shown_plan(plan), digest=plan.digest, counts=counts, message=message)


def carry_out_import(import_id: UUID, *, bar: Bar | None = None) -> Import:
    """Write what was confirmed. Raises `ChangedMeanwhile` with a new plan in place of the old one, if it is another."""
    upload = Import.objects.select_related("person").get(pk=import_id)
    if upload.state != ImportState.IMPORTING:
        raise wrong_state(upload)
    try:
        plan, table = _plan(upload, bar, refused=_refused_rows(upload))
        if plan.digest == upload.plan_digest:
            return finish_import(import_id, _outcome(upload, plan, table))
        plan, table = _plan(upload, bar)  # as it is shown to people: the services are asked of every row
        changed = _("Records were changed since the plan was made. Look at the new plan, and confirm it.")
        _keep(import_id, plan, changed)
    except ImportCancelled:
        raise
    except DomainError as refusal:
        plan_again(import_id, str(refusal))
        raise
    raise ChangedMeanwhile(changed)


def _refused_rows(upload: Import) -> frozenset[int]:
    plan: Any = upload.plan
    return frozenset(row["number"] for row in plan["rows"] if row["status"] == RowStatus.ERROR)


def _plan(upload: Import, bar: Bar | None, refused: Refused = None) -> tuple[Plan, Table]:
    def step(done: int, total: int) -> None:
        note_progress(upload.pk, done, total)
        if bar:
            bar(done, total)

    answers = Answers(upload.encoding, upload.sheet, upload.mapping)
    content = bytes(upload.content or b"")
    return make_plan(
        upload.sheet_kind, content, upload.file_name, answers, by=upload.person, step=step, refused=refused
    )


def _outcome(upload: Import, plan: Plan, table: Table) -> Outcome:
    with_duplicates = upload.duplicates == DuplicatesInImport.LOG
    written = {row.number for row in plan.chosen(duplicates=with_duplicates)}
    others = (row for row in plan.rows if row.status != RowStatus.UNCHANGED)
    left_out = [row.number for row in others if row.number not in written]
    counts = {
        **plan.counts,
        "written": len(written),
        "left_out": len(left_out),
    }
    errors = dict.fromkeys(left_out, _("It links to a row that was left out.")) | _errors_shown(upload)
    rest = file_of_rows(table, errors, only=left_out) if left_out else None
    return Outcome(rows_to_write(plan, duplicates=with_duplicates), counts, rest)


def errors_file(upload: Import) -> bytes:
    """Return the same sheet with a column that says what the plan found wrong with each row."""
    content = bytes(upload.content or b"")
    table = read_sheet(
        upload.sheet_kind, content, upload.file_name, by=upload.person, encoding=upload.encoding, sheet=upload.sheet
    )
    return file_of_rows(table, _errors_shown(upload))


def _errors_shown(upload: Import) -> dict[int, str]:
    plan: Any = upload.plan
    return errors_shown(plan["rows"])
