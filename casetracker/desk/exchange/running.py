"""Carrying imports through: plan a file that was uploaded, and write what was confirmed."""

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from casetracker.core.errors import ChangedMeanwhile, DomainError
from casetracker.core.spreadsheets import EncodingUnclear, SheetUnclear, Table, UnreadableFile
from casetracker.desk.exchange.headers import UnknownColumns
from casetracker.desk.exchange.parsing import Refused
from casetracker.desk.exchange.plan import Plan, RowStatus, shown_plan
from casetracker.desk.exchange.planning import Answers, make_plan, rows_to_write
from casetracker.desk.exchange.rest import errors_of, file_of_rows
from casetracker.review.choices import DuplicatesInImport
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
)

logger = logging.getLogger(__name__)

# Smaller files are planned and imported while the browser waits; the worker takes the others.
LARGE = 150_000  # bytes

Bar = Callable[[int, int], None]


def is_large(upload: Import) -> bool:
    """Tell whether reading the file takes longer than people like to wait for a page."""
    return len(upload.content or b"") > LARGE


def plan_import(import_id: UUID, *, bar: Bar | None = None) -> Import:
    """Read a file and keep what importing it would do, or what must be asked, or why it cannot be read."""
    upload = begin_planning(import_id)
    try:
        plan, _table = _plan(upload, bar)
    except EncodingUnclear as unclear:
        choices = [vars(choice) for choice in unclear.choices]
        return ask_about_import(import_id, str(unclear), {"encodings": choices})
    except UnknownColumns as unknown:
        return ask_about_import(import_id, str(unknown), {"columns": list(unknown.columns)})
    except SheetUnclear as unclear:
        return ask_about_import(import_id, str(unclear), {"sheets": list(unclear.sheets)})
    except UnreadableFile as refusal:
        return refuse_import(import_id, str(refusal), [vars(problem) for problem in refusal.problems])
    return keep_plan(import_id, plan=shown_plan(plan), digest=plan.digest, counts=plan.counts)


def carry_out_import(import_id: UUID, *, bar: Bar | None = None) -> Import:
    """Write what was confirmed. Raises `ChangedMeanwhile` with a new plan in place of the old one, if it is another."""
    upload = Import.objects.select_related("person").get(pk=import_id)
    try:
        plan, table = _plan(upload, bar, refused=_refused_rows(upload))
        if plan.digest != upload.plan_digest:
            keep_plan(import_id, plan=shown_plan(plan), digest=plan.digest, counts=plan.counts)
            raise ChangedMeanwhile(
                _("Records were changed since the plan was made. Look at the new plan, and confirm it.")
            )
        return finish_import(import_id, _outcome(upload, plan, table))
    except ImportCancelled:
        raise
    except DomainError:
        if Import.objects.get(pk=import_id).is_open:
            plan_again(import_id)
        raise


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
    left_out = {row.number: row for row in plan.rows if row.number not in written and row.status != RowStatus.UNCHANGED}
    counts = {
        **plan.counts,
        "written": len(written),
        "left_out": len(left_out),
    }
    rest = file_of_rows(table, errors_of(left_out.values()), only=left_out.keys()) if left_out else None
    return Outcome(rows_to_write(plan, duplicates=with_duplicates), counts, rest)


def errors_file(upload: Import) -> bytes:
    """Return the same sheet with a column that says what is wrong with each row."""
    plan, table = make_plan(
        upload.sheet_kind,
        bytes(upload.content or b""),
        upload.file_name,
        Answers(upload.encoding, upload.sheet, upload.mapping),
        by=upload.person,
        step=lambda _done, _total: None,
    )
    return file_of_rows(table, errors_of(plan.rows))
