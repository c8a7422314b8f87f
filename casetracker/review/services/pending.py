"""Records that wait to be merged into another: they are locked with it, and let go when it is given up."""

from collections.abc import Iterable
from uuid import UUID

from casetracker.accounts.models import User
from casetracker.core.batches import in_batches
from casetracker.review.choices import Action
from casetracker.review.content import build_content, content_digest
from casetracker.review.models import Record
from casetracker.review.services.base import advance, changed_meanwhile


def lock_all(record_ids: Iterable[UUID]) -> dict[UUID, Record]:
    """Lock several records in the order in which everybody does, so that no two wait for each other."""
    wanted = sorted(set(record_ids))
    found = (Record.objects.select_for_update().filter(pk__in=some).order_by("pk") for some in in_batches(wanted))
    locked = {record.pk: record for records in found for record in records}
    if len(locked) < len(wanted):
        raise Record.DoesNotExist("a record is gone")
    return locked


def lock_with_duplicates(record_id: UUID, lock_version: int) -> tuple[Record, list[Record]]:
    """Lock a record and those that are to be merged into it.

    Raises `ChangedMeanwhile` if the record is no longer at `lock_version`.
    """
    waiting = Record.objects.to_be_merged_into([record_id]).values_list("pk", flat=True)
    locked = lock_all([record_id, *waiting])
    record = locked.pop(record_id)
    if record.lock_version != lock_version:
        raise changed_meanwhile(record)
    # A proposal changes the version of both, so that none can have come; one may have been dropped.
    return record, [one for one in locked.values() if one.merged_into_id == record_id and not one.is_merged]


def let_go(duplicate: Record, *, by: User, comment: str) -> None:
    """Give up the merge of a record that is locked: it is again what it was before."""
    digest = content_digest(duplicate, build_content(duplicate))
    advance(duplicate, Action.DROP, by=by, digest=digest, comment=comment, merged_into=None)
