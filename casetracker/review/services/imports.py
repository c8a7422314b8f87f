"""Writing what a spreadsheet says: all of it in one transaction, or nothing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.batches import in_batches
from casetracker.core.errors import ChangedMeanwhile
from casetracker.review.choices import State
from casetracker.review.models import ImportKey, Record
from casetracker.review.services.bulk import NewRecord, log_records
from casetracker.review.services.editing import Edit, edit_record, revise_record
from casetracker.review.services.sources import edit_source, log_source
from casetracker.sources.models import Source


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
class Batch:
    """Some of what an import writes. `keys` says what the importer calls each record, source or citation."""

    new: Sequence[NewRecord] = ()
    changed: Sequence[Changed] = ()
    sources: Sequence[SourceRow] = ()
    keys: Mapping[str, UUID] = field(default_factory=dict)


@dataclass(frozen=True)
class Rows:
    """What an import writes, batch after batch: all of it would need too much memory at once.

    The others are the keys of all records and sources that exist and are to be changed, and of sources to be cited.
    """

    sheet_kind: str
    batches: Iterable[Batch]
    records: Collection[UUID] = ()
    sources: Collection[UUID] = ()
    cited: Collection[UUID] = ()


@transaction.atomic
def import_rows(rows: Rows, *, by: User, comment: str) -> None:
    """Write what a spreadsheet says, all or nothing. `comment` says in each decision where it came from.

    Raises `ChangedMeanwhile` if a record is no more as it was seen, and all that the single services raise.
    """
    _lock_all(rows)
    for batch in rows.batches:
        for source in batch.sources:
            write_source(source, by=by)
        if batch.new:
            log_records(rows.sheet_kind, batch.new, by=by, comment=comment)
        for one in batch.changed:
            change_record(one.id, one.edit, by=by, lock_version=one.lock_version, comment=comment)
        _remember(rows.sheet_kind, batch.keys, by)


def _lock_all(rows: Rows) -> None:
    """Lock all that is to be changed, in the order of everybody who locks several: records by key, then sources.

    Each service locks its own again, in the order of the sheet. Two who did only that could wait for one another.
    """
    records = set(rows.records)
    for some in in_batches(sorted(rows.sources)):
        records |= set(Record.objects.citing(some).values_list("pk", flat=True))
    for model, keys in ((Record, records), (Source, {*rows.sources, *rows.cited})):
        for some in in_batches(sorted(keys)):
            there = model._default_manager.filter(pk__in=some)
            list(there.order_by("pk").select_for_update().values_list("pk"))


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
