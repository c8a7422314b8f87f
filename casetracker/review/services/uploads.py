"""A spreadsheet on its way into drafts: uploaded, asked about, planned, confirmed, or given up.

Only whoever uploaded it acts on it. Its bytes go as soon as it is done or given up.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.canonical import sha256_hex
from casetracker.core.errors import ChangedMeanwhile, DomainError, InvalidContent, NotAllowed, WrongState
from casetracker.review import policies
from casetracker.review.choices import DuplicatesInImport, ImportState
from casetracker.review.models import Import, ImportMapping
from casetracker.review.models.imports import OPEN
from casetracker.review.services.imports import Rows, import_rows

LARGEST = 20 * 1024 * 1024  # bytes
KEPT = dt.timedelta(days=14)  # how long what an import has read waits for its importer
# Whoever works on a file says so far more often than this: what is silent for longer has died.
SILENCE = dt.timedelta(minutes=15)

_NOTHING_KEPT: Mapping[str, Any] = {"content": None, "plan": None, "question": {}, "message": ""}
_WORKED_ON = (ImportState.PLANNING, ImportState.IMPORTING)


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
    _require_role(by)
    if len(content) > LARGEST:
        message = _("The file is larger than %(limit)d MB. Split it into several files.") % {"limit": LARGEST >> 20}
        raise InvalidContent(message, field_errors={"file": [message]})
    _forget_old()
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


def _forget_old() -> None:
    """Give up what nobody has touched for long, and forget rows that nobody has fetched: they may name people."""
    old = Import.objects.filter(changed_at__lt=timezone.now() - KEPT)
    nothing: dict[str, Any] = {"content": None, "plan": None, "rest": None, "question": {}}
    old.filter(state__in=OPEN).update(state=ImportState.CANCELLED, cancelled_at=timezone.now(), **nothing)
    old.filter(Q(rest__isnull=False) | ~Q(question={})).update(rest=None, question={})


@transaction.atomic
def begin_planning(import_id: UUID) -> Import:
    """Say that the file is being read. Raises `ImportCancelled`, or `WrongState` if it is not waiting for that."""
    upload = _locked(import_id)
    if upload.state not in (ImportState.WAITING, ImportState.PLANNED, ImportState.ASKING):
        raise wrong_state(upload)
    return _saved(upload, state=ImportState.PLANNING, done=0, total=0, question={}, message="")


@transaction.atomic
def note_progress(import_id: UUID, done: int, total: int) -> None:
    """Say how many of how many rows are looked at. Raises `ImportCancelled`."""
    going_on = Import.objects.filter(pk=import_id, cancelled_at__isnull=True)
    if not going_on.update(done=done, total=total, changed_at=timezone.now()):
        raise ImportCancelled(_("The import was cancelled. Nothing was written."))


@transaction.atomic
def ask_about_import(import_id: UUID, message: str, question: Mapping[str, Any]) -> Import:
    """Put a question to whoever uploaded the file, before it can be planned."""
    upload = _worked_on(import_id)
    return _saved(upload, state=ImportState.ASKING, message=message, question=dict(question), plan=None)


@transaction.atomic
def answer_import(
    import_id: UUID, *, by: User, encoding: str = "", sheet: str = "", mapping: Mapping[str, str] | None = None
) -> Import:
    """Answer the question, and let the file be planned again."""
    upload = _own(import_id, by)
    if upload.state not in (ImportState.ASKING, ImportState.PLANNED):
        raise wrong_state(upload)
    return _saved(
        upload,
        state=ImportState.WAITING,
        encoding=encoding or upload.encoding,
        sheet=sheet or upload.sheet,
        mapping={**upload.mapping, **(mapping or {})},
    )


@transaction.atomic
def keep_plan(import_id: UUID, *, plan: bytes, digest: str, counts: Mapping[str, int], message: str = "") -> Import:
    """Keep what importing the file would do, for whoever uploaded it to look at."""
    return _saved(
        _worked_on(import_id),
        state=ImportState.PLANNED,
        plan=plan,
        plan_digest=digest,
        counts=dict(counts),
        question={},
        message=message,
    )


@transaction.atomic
def refuse_import(import_id: UUID, message: str, problems: list[dict[str, Any]]) -> Import:
    """Say why the file cannot be read. Its bytes go."""
    kept = {**_NOTHING_KEPT, "question": {"problems": problems}, "message": message}
    return _saved(_worked_on(import_id), state=ImportState.REFUSED, **kept)


@transaction.atomic
def confirm_import(import_id: UUID, *, by: User, plan_digest: str, choices: Choices) -> Import:
    """Say yes to exactly the plan that was shown. Nothing is written yet.

    Raises `ChangedMeanwhile` if another plan took its place, `InvalidContent` if rows would be left out or
    logged twice that nobody has decided on.
    """
    upload = _own(import_id, by)
    if upload.state != ImportState.PLANNED:
        raise wrong_state(upload)
    if upload.plan_digest != plan_digest:
        raise ChangedMeanwhile(_("The plan is another one by now. Look at it again."))
    _check_choices(upload.counts, choices)
    return _saved(
        upload,
        state=ImportState.IMPORTING,
        good_rows_only=choices.good_rows_only,
        duplicates=choices.duplicates,
        done=0,
        message="",
    )


def _check_choices(counts: Mapping[str, int], choices: Choices) -> None:
    if counts.get("error") and not choices.good_rows_only:
        raise InvalidContent(
            _("Rows have errors, so that nothing is imported. Correct them, or choose to import the good rows only.")
        )
    if counts.get("duplicate") and choices.duplicates == DuplicatesInImport.ASK:
        raise InvalidContent(_("Some rows may say what is logged already. Leave them out, or log them as new."))


@transaction.atomic
def plan_again(import_id: UUID, message: str = "") -> Import:
    """Take a confirmation back, because what was confirmed was refused. Nothing was written."""
    upload = _locked(import_id)
    return _saved(upload, state=ImportState.PLANNED, message=message) if _is_importing(upload) else upload


def is_stuck(upload: Import) -> bool:
    """Tell whether nobody has said for long that he works on the file."""
    return upload.state in (ImportState.WAITING, *_WORKED_ON) and upload.changed_at < timezone.now() - SILENCE


@transaction.atomic
def restart_import(import_id: UUID, *, by: User) -> Import:
    """Take up again what somebody left lying. An import that did not end wrote nothing: its plan is there again."""
    upload = _own(import_id, by)
    if not is_stuck(upload):
        raise wrong_state(upload)
    return _saved(upload, state=ImportState.PLANNED if _is_importing(upload) else ImportState.WAITING, message="")


@transaction.atomic
def finish_import(import_id: UUID, outcome: Outcome) -> Import:
    """Write what was confirmed, all or nothing, and forget the file. Raises `ImportCancelled`, and as services do."""
    upload = _locked(import_id)
    if not _is_importing(upload):
        raise wrong_state(upload)
    comment = f"imported from “{upload.file_name}” (SHA-256 {upload.digest[:12]})"
    import_rows(outcome.rows, by=upload.person, comment=comment)
    return _saved(
        upload,
        state=ImportState.DONE,
        counts=dict(outcome.counts),
        rest=outcome.rest,
        **_NOTHING_KEPT,
    )


@transaction.atomic
def cancel_import(import_id: UUID, *, by: User) -> Import:
    """Give a file up. What is being read stops at the next row; what is done stays done."""
    upload = _any_locked(import_id)
    _require_own(upload, by)
    if not upload.is_open:
        raise wrong_state(upload)
    return _saved(upload, state=ImportState.CANCELLED, cancelled_at=timezone.now(), **_NOTHING_KEPT)


@transaction.atomic
def save_mapping(name: str, sheet_kind: str, columns: Mapping[str, str], *, by: User) -> ImportMapping:
    """Save under a name which column means what. The same name again takes the place of the person's last.

    Raises `InvalidContent` for a name of somebody else's: where columns go is nothing to change under their hands.
    """
    _require_role(by)
    if not name.strip():
        message = _("Give it a name.")
        raise InvalidContent(message, field_errors={"name": [message]})
    same = ImportMapping.objects.select_for_update().filter(sheet_kind=sheet_kind, name=name.strip()[:100])
    mapping = same.first() or ImportMapping(sheet_kind=sheet_kind, name=name.strip()[:100], saved_by=by)
    if mapping.saved_by != by:
        message = _("%(person)s has saved something under this name. Choose another name.")
        message %= {"person": mapping.saved_by}
        raise InvalidContent(message, field_errors={"name": [message]})
    mapping.columns = dict(columns)
    mapping.save()
    return mapping


def wrong_state(upload: Import) -> WrongState:
    """Return what is said to those who do to an import what its state does not allow."""
    return WrongState(
        _("The import is %(state)s. Reload the page to see what can be done with it.")
        % {"state": upload.get_state_display()}
    )


def _any_locked(import_id: UUID) -> Import:
    """Lock an import. What is large in it is read only by those who ask for it."""
    return Import.objects.select_for_update().defer("content", "plan", "rest").get(pk=import_id)


def _locked(import_id: UUID) -> Import:
    upload = _any_locked(import_id)
    if upload.state == ImportState.CANCELLED:
        raise ImportCancelled(_("The import was cancelled. Nothing was written."))
    return upload


def _worked_on(import_id: UUID) -> Import:
    upload = _locked(import_id)
    if upload.state not in _WORKED_ON:  # Somebody else took it up again, and was faster.
        raise wrong_state(upload)
    return upload


def _is_importing(upload: Import) -> bool:
    return upload.state == ImportState.IMPORTING


def _require_role(by: User) -> None:
    if not policies.may_log(by):
        raise NotAllowed(_("Only researchers and editors import files. Ask an administrator for the role."))


def _own(import_id: UUID, by: User) -> Import:
    upload = _locked(import_id)
    _require_own(upload, by)
    return upload


def _require_own(upload: Import, by: User) -> None:
    if upload.person_id != by.pk or not policies.may_log(by):
        raise NotAllowed(_("Only whoever uploaded the file can do this."))


def _saved(upload: Import, **changes: Any) -> Import:
    for name, value in changes.items():
        setattr(upload, name, value)
    upload.save(update_fields=[*changes, "changed_at"])
    return upload
