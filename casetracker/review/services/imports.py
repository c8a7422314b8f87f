"""Writing what a spreadsheet says: all of it in one transaction, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import ChangedMeanwhile
from casetracker.review.choices import State
from casetracker.review.models import ImportKey, Record
from casetracker.review.services.bulk import NewRecord, log_records
from casetracker.review.services.editing import Edit, edit_record, revise_record
from casetracker.review.services.sources import edit_source, log_source
from casetracker.sources.models import Source

_AT_ONCE = 500  # rows in one statement


@dataclass(frozen=True)
class Changed:
    """A record that is to be changed as it was seen."""

    id: UUID
    lock_version: int
    edit: Edit


@dataclass(frozen=True)
class SourceRow:
    """A source to be logged under an identity that is known before, or, with the version that was seen, changed."""

    id: UUID
    fields: Mapping[str, Any]
    lock_version: int | None = None


@dataclass(frozen=True)
class Rows:
    """What an import writes. `keys` says what the importer calls each record, source or citation."""

    sheet_kind: str
    new: Sequence[NewRecord] = ()
    changed: Sequence[Changed] = ()
    sources: Sequence[SourceRow] = ()
    keys: Mapping[str, UUID] = field(default_factory=dict)


@transaction.atomic
def import_rows(rows: Rows, *, by: User, comment: str) -> None:
    """Write what a spreadsheet says, all or nothing. `comment` says in each decision where it came from.

    Raises `ChangedMeanwhile` if a record is no more as it was seen, and all that the single services raise.
    """
    _lock_all(rows)
    for source in rows.sources:
        write_source(source, by=by)
    if rows.new:
        log_records(rows.sheet_kind, rows.new, by=by, comment=comment)
    for one in rows.changed:
        change_record(one.id, one.edit, by=by, lock_version=one.lock_version, comment=comment)
    _remember(rows.sheet_kind, rows.keys, by)


def _lock_all(rows: Rows) -> None:
    """Lock all that is to be changed, in the order of everybody who locks several: records by key, then sources.

    Each service locks its own again, in the order of the sheet. Two who did only that could wait for one another.
    """
    changed = {one.id for one in rows.sources if one.lock_version is not None}
    cited = {row["source"].pk for one in rows.changed for row in one.edit.citations or () if "source" in row}
    records = {one.id for one in rows.changed} | set(Record.objects.citing(changed).values_list("pk", flat=True))
    for model, keys in ((Record, records), (Source, changed | cited)):
        in_order = sorted(keys)
        for start in range(0, len(in_order), _AT_ONCE):
            some = model._default_manager.filter(pk__in=in_order[start : start + _AT_ONCE])
            list(some.order_by("pk").select_for_update().values_list("pk"))


@transaction.atomic
def change_record(record_id: UUID, edit: Edit, *, by: User, lock_version: int, comment: str = "") -> Record:
    """Change a draft; what is published gets a revision with this change, and the public sees nothing of it yet."""
    if Record.objects.get(pk=record_id).state == State.IDLE:
        lock_version = revise_record(record_id, by=by, lock_version=lock_version).lock_version
    return edit_record(record_id, edit, by=by, lock_version=lock_version, comment=comment)


def write_source(row: SourceRow, *, by: User) -> None:
    """Log or change one source. Part of services: the transaction is theirs."""
    if row.lock_version is None:
        log_source(fields=row.fields, by=by, source_id=row.id)
    else:
        edit_source(row.id, fields=row.fields, by=by, lock_version=row.lock_version)


_COLUMNS = {"source": "source_id", "citation": "citation_id"}


def _remember(sheet_kind: str, keys: Mapping[str, UUID], by: User) -> None:
    column = _COLUMNS.get(sheet_kind, "record_id")
    try:
        with transaction.atomic():
            ImportKey.objects.bulk_create(
                ImportKey(owner=by, sheet_kind=sheet_kind, key=key, **{column: thing}) for key, thing in keys.items()
            )
    except IntegrityError as error:
        raise ChangedMeanwhile(
            _("Some of the keys were used by another import of yours meanwhile. Plan the import again.")
        ) from error
