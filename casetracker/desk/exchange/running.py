"""Carrying imports through: plan a file that was uploaded, and write what was confirmed."""

from collections.abc import Callable
from uuid import UUID

from django.utils.translation import gettext as _

from casetracker.core.errors import ChangedMeanwhile, DomainError
from casetracker.core.spreadsheets import EncodingUnclear, SheetUnclear, UnreadableFile
from casetracker.desk.exchange.bibliography_rows import table_in
from casetracker.desk.exchange.headers import UnknownColumns
from casetracker.desk.exchange.kept import rows_of_plan
from casetracker.desk.exchange.parsing import Step
from casetracker.desk.exchange.plan import RowStatus
from casetracker.desk.exchange.planning import Answers, Planning, read_sheet
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
    content = content_of(upload)
    return len(content) > (LARGE_WORKBOOK if content.startswith(_WORKBOOK) else LARGE)


def plan_import(import_id: UUID, *, bar: Bar | None = None) -> Import:
    """Read a file and keep what importing it would do, or what must be asked, or why it cannot be read."""
    upload = begin_planning(import_id)
    try:
        planning = _planning(upload)
    except EncodingUnclear as unclear:
        choices = [vars(choice) for choice in unclear.choices]
        return ask_about_import(import_id, str(unclear), {"encodings": choices})
    except UnknownColumns as unknown:
        return ask_about_import(import_id, str(unknown), unknown.question)
    except SheetUnclear as unclear:
        return ask_about_import(import_id, str(unclear), {"sheets": list(unclear.sheets)})
    except UnreadableFile as refusal:
        return refuse_import(import_id, str(refusal), [vars(problem) for problem in refusal.problems])
    return _look(planning, import_id, bar)


def content_of(upload: Import) -> bytes:
    """Return the bytes of a file. They are not kept with the import: it may be at hand for long."""
    return bytes(Import.objects.values_list("content", flat=True).get(pk=upload.pk) or b"")


def _planning(upload: Import) -> Planning:
    answers = Answers(upload.encoding, upload.sheet, upload.mapping)
    sheet = read_sheet(upload.sheet_kind, content_of(upload), upload.file_name, answers, by=upload.person)
    return Planning(sheet, upload.digest, by=upload.person)


def _look(planning: Planning, import_id: UUID, bar: Bar | None, message: str = "") -> Import:
    """Make a plan and keep it, with how many rows would be written without possible duplicates and with them."""
    packed, plan = planning.look(_step(import_id, bar)), planning.plan
    counts = {
        **plan.counts,
        "good": sum(plan.chosen(duplicates=False)),
        "all": sum(plan.chosen(duplicates=True)),
        "revised": len(plan.revised),
    }
    return keep_plan(import_id, plan=packed, digest=plan.digest, counts=counts, message=message)


def _step(import_id: UUID, bar: Bar | None) -> Step:
    def step(done: int, total: int) -> None:
        note_progress(import_id, done, total)
        if bar:
            bar(done, total)

    return step


def carry_out_import(import_id: UUID, *, bar: Bar | None = None) -> Import:
    """Write what was confirmed. Raises `ChangedMeanwhile` with a new plan in place of the old one, if it is another."""
    upload = Import.objects.select_related("person").defer("content", "plan").get(pk=import_id)
    if upload.state != ImportState.IMPORTING:
        raise wrong_state(upload)
    try:
        planning = _planning(upload)
        planning.look_again(_step(import_id, bar), {row["number"] for row in rows_of_plan(upload, RowStatus.ERROR)})
        if planning.plan.digest == upload.plan_digest:
            return finish_import(import_id, _outcome(upload, planning))
        changed = _("Records were changed since the plan was made. Look at the new plan, and confirm it.")
        _look(_planning(upload), import_id, bar, changed)
    except ImportCancelled:
        raise
    except DomainError as refusal:
        plan_again(import_id, str(refusal))
        raise
    raise ChangedMeanwhile(changed)


def _outcome(upload: Import, planning: Planning) -> Outcome:
    plan, table = planning.plan, planning.sheet.table
    chosen = plan.chosen(duplicates=upload.duplicates == DuplicatesInImport.LOG)
    left_out = {
        row.number
        for place, row in enumerate(table.rows)
        if not chosen[place] and plan.status(place) != RowStatus.UNCHANGED
    }
    counts = {**plan.counts, "written": sum(chosen), "left_out": len(left_out)}
    errors = dict.fromkeys(left_out, _("It links to a row that was left out.")) | _errors_shown(upload)
    rest = file_of_rows(table, errors, only=left_out) if left_out else None
    return Outcome(planning.rows_to_write(chosen), counts, rest)


def errors_file(upload: Import) -> bytes:
    """Return the same sheet with a column that says what the plan found wrong with each row."""
    table = table_in(
        upload.sheet_kind,
        content_of(upload),
        upload.file_name,
        by=upload.person,
        encoding=upload.encoding,
        sheet=upload.sheet,
    )
    return file_of_rows(table, _errors_shown(upload))


def _errors_shown(upload: Import) -> dict[int, str]:
    return errors_shown(rows_of_plan(upload, RowStatus.ERROR, RowStatus.DUPLICATE))
