"""A spreadsheet on its way into drafts: uploaded, asked about, planned, confirmed, or given up.

Only whoever uploaded it acts on it. Its bytes go as soon as it is done or given up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.canonical import sha256_hex
from casetracker.core.errors import ChangedMeanwhile, DomainError, InvalidContent, NotAllowed, WrongState
from casetracker.review import policies
from casetracker.review.choices import DuplicatesInImport, ImportState
from casetracker.review.models import Import, ImportMapping
from casetracker.review.services.imports import Rows, import_rows

LARGEST = 20 * 1024 * 1024  # bytes


class ImportCancelled(DomainError):
    """Whoever uploaded the file has given it up meanwhile."""


@dataclass(frozen=True)
class Choices:
    """What is to become of rows that have errors, and of those that may say what is there already."""

    good_rows_only: bool = False
    duplicates: DuplicatesInImport = DuplicatesInImport.ASK


@dataclass(frozen=True)
class Outcome:
    """What carrying an import out writes, how many rows of each sort that is, and the file of those left out."""

    rows: Rows
    counts: Mapping[str, int] = field(default_factory=dict)
    rest: bytes | None = None


@transaction.atomic
def start_import(
    sheet_kind: str,
    file_name: str,
    content: bytes,
    *,
    by: User,
    encoding: str = "",
    sheet: str = "",
    mapping: Mapping[str, str] | None = None,
) -> Import:
    """Take a file, with what is known of it already. Nothing of it is read yet.

    Raises `NotAllowed` without the role, `InvalidContent` if it is too large.
    """
    if not policies.may_log(by):
        raise NotAllowed(_("Only researchers and editors import files. Ask an administrator for the role."))
    if len(content) > LARGEST:
        message = _("The file is larger than %(limit)d MB. Split it into several files.") % {"limit": LARGEST >> 20}
        raise InvalidContent(message, field_errors={"file": [message]})
    upload = Import(
        sheet_kind=sheet_kind,
        person=by,
        file_name=file_name[-200:],
        digest=sha256_hex(content),
        content=content,
        encoding=encoding,
        sheet=sheet,
        mapping=dict(mapping or {}),
    )
    upload.save(force_insert=True)
    return upload


@transaction.atomic
def begin_planning(import_id: UUID) -> Import:
    """Say that the file is being read. Raises `ImportCancelled`, or `WrongState` if it is not waiting for that."""
    upload = _locked(import_id)
    if upload.state not in (ImportState.WAITING, ImportState.PLANNED, ImportState.ASKING):
        raise _wrong_state(upload)
    return _saved(upload, state=ImportState.PLANNING, done=0, total=0, question={}, message="")


@transaction.atomic
def note_progress(import_id: UUID, done: int, total: int) -> None:
    """Say how many of how many rows are looked at. Raises `ImportCancelled`."""
    if not Import.objects.filter(pk=import_id, cancelled_at__isnull=True).update(done=done, total=total):
        raise ImportCancelled(_("The import was cancelled. Nothing was written."))


@transaction.atomic
def ask_about_import(import_id: UUID, message: str, question: Mapping[str, Any]) -> Import:
    """Put a question to whoever uploaded the file, before it can be planned."""
    return _saved(_locked(import_id), state=ImportState.ASKING, message=message, question=dict(question))


@transaction.atomic
def answer_import(
    import_id: UUID, *, by: User, encoding: str = "", sheet: str = "", mapping: Mapping[str, str] | None = None
) -> Import:
    """Answer the question, and let the file be planned again."""
    upload = _own(import_id, by)
    if upload.state not in (ImportState.ASKING, ImportState.PLANNED):
        raise _wrong_state(upload)
    return _saved(
        upload,
        state=ImportState.WAITING,
        encoding=encoding or upload.encoding,
        sheet=sheet or upload.sheet,
        mapping={**upload.mapping, **(mapping or {})},
    )


@transaction.atomic
def keep_plan(import_id: UUID, *, plan: Mapping[str, Any], digest: str, counts: Mapping[str, int]) -> Import:
    """Keep what importing the file would do, for whoever uploaded it to look at."""
    return _saved(
        _locked(import_id),
        state=ImportState.PLANNED,
        plan=dict(plan),
        plan_digest=digest,
        counts=dict(counts),
        question={},
        message="",
    )


@transaction.atomic
def refuse_import(import_id: UUID, message: str, problems: list[dict[str, Any]]) -> Import:
    """Say why the file cannot be read. Its bytes go."""
    return _saved(
        _locked(import_id),
        state=ImportState.REFUSED,
        message=message,
        question={"problems": problems},
        content=None,
        plan=None,
    )


@transaction.atomic
def confirm_import(import_id: UUID, *, by: User, plan_digest: str, choices: Choices) -> Import:
    """Say yes to exactly the plan that was shown. Nothing is written yet.

    Raises `ChangedMeanwhile` if another plan took its place, `InvalidContent` if rows would be left out or
    logged twice that nobody has decided on.
    """
    upload = _own(import_id, by)
    if upload.state != ImportState.PLANNED:
        raise _wrong_state(upload)
    if upload.plan_digest != plan_digest:
        raise ChangedMeanwhile(_("The plan is another one by now. Look at it again."))
    _check_choices(upload.counts, choices)
    return _saved(
        upload,
        state=ImportState.IMPORTING,
        good_rows_only=choices.good_rows_only,
        duplicates=choices.duplicates,
        done=0,
    )


def _check_choices(counts: Mapping[str, int], choices: Choices) -> None:
    if counts.get("error") and not choices.good_rows_only:
        raise InvalidContent(
            _("Rows have errors, so that nothing is imported. Correct them, or choose to import the good rows only.")
        )
    if counts.get("duplicate") and choices.duplicates == DuplicatesInImport.ASK:
        raise InvalidContent(_("Some rows may say what is logged already. Leave them out, or log them as new."))


@transaction.atomic
def plan_again(import_id: UUID) -> Import:
    """Take a confirmation back, because the records have changed since the plan."""
    return _saved(_locked(import_id), state=ImportState.PLANNED)


@transaction.atomic
def finish_import(import_id: UUID, outcome: Outcome) -> Import:
    """Write what was confirmed, all or nothing, and forget the file. Raises `ImportCancelled`, and as services do."""
    upload = _locked(import_id)
    if upload.state != ImportState.IMPORTING:
        raise _wrong_state(upload)
    comment = f"imported from “{upload.file_name}” (SHA-256 {upload.digest[:12]})"
    import_rows(outcome.rows, by=upload.person, comment=comment)
    return _saved(
        upload,
        state=ImportState.DONE,
        counts=dict(outcome.counts),
        rest=outcome.rest,
        content=None,
        plan=None,
        message="",
    )


@transaction.atomic
def cancel_import(import_id: UUID, *, by: User) -> Import:
    """Give a file up. What is being read stops at the next row; what is done stays done."""
    upload = Import.objects.select_for_update().get(pk=import_id)
    _require_own(upload, by)
    if not upload.is_open:
        raise _wrong_state(upload)
    return _saved(
        upload,
        state=ImportState.CANCELLED,
        cancelled_at=timezone.now(),
        content=None,
        plan=None,
    )


@transaction.atomic
def save_mapping(name: str, sheet_kind: str, columns: Mapping[str, str], *, by: User) -> ImportMapping:
    """Save under a name which column means what. The same name again takes the place of the last."""
    if not policies.may_log(by):
        raise NotAllowed(_("Only researchers and editors import files. Ask an administrator for the role."))
    if not name.strip():
        message = _("Give it a name.")
        raise InvalidContent(message, field_errors={"name": [message]})
    mapping, _created = ImportMapping.objects.update_or_create(
        sheet_kind=sheet_kind, name=name.strip()[:100], defaults={"columns": dict(columns), "saved_by": by}
    )
    return mapping


def _locked(import_id: UUID) -> Import:
    upload = Import.objects.select_for_update().get(pk=import_id)
    if upload.state == ImportState.CANCELLED:
        raise ImportCancelled(_("The import was cancelled. Nothing was written."))
    return upload


def _own(import_id: UUID, by: User) -> Import:
    upload = _locked(import_id)
    _require_own(upload, by)
    return upload


def _require_own(upload: Import, by: User) -> None:
    if upload.person_id != by.pk or not policies.may_log(by):
        raise NotAllowed(_("Only whoever uploaded the file can do this."))


def _wrong_state(upload: Import) -> WrongState:
    return WrongState(
        _("The import is %(state)s. Reload the page to see what can be done with it.")
        % {"state": upload.get_state_display()}
    )


def _saved(upload: Import, **changes: Any) -> Import:
    for name, value in changes.items():
        setattr(upload, name, value)
    upload.save(update_fields=[*changes, "changed_at"])
    return upload
