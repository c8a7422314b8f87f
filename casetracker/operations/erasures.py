"""Erasures as a list that is kept apart from the backups: what is restored from before one must be erased again.

The list has no word of what was erased: record, version, ground, note and who did it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from django.db import transaction

from casetracker.accounts.models import User
from casetracker.core.errors import DomainError
from casetracker.publication.models import LogAction, LogEntry
from casetracker.review import services
from casetracker.review.choices import PublicStatus, RetractionReason, State
from casetracker.review.erasures import erasable_versions
from casetracker.review.models import ErasureRequest, Record
from casetracker.review.transitions import IN_REVIEW


class NotRepeated(Exception):
    """An erasure could not be carried out again; the message says why, and what to do."""


@dataclass(frozen=True)
class Erased:
    """One erasure that was carried out."""

    record: str
    reference: str
    version: int
    ground: str
    note: str
    with_note: bool
    with_sources: bool
    asked_by: str
    carried_out_by: str


def carried_out() -> Iterator[Erased]:
    """Yield all erasures, the first first."""
    rows = ErasureRequest.objects.filter(carried_out_at__isnull=False).order_by("carried_out_at", "pk")
    for row in rows.select_related("record", "asked_by", "carried_out_by"):
        yield Erased(
            record=str(row.record_id),
            reference=str(row.record.reference),
            version=row.version,
            ground=row.ground,
            note=row.note,
            with_note=row.with_note,
            with_sources=row.with_sources,
            asked_by=row.asked_by.username,
            carried_out_by=row.carried_out_by.username if row.carried_out_by else "",
        )


def as_lines(erasures: Iterable[Erased]) -> Iterator[str]:
    """Yield each as a line of JSON."""
    return (json.dumps(asdict(one), ensure_ascii=False) for one in erasures)


def parse_lines(lines: Iterable[str]) -> list[Erased]:
    """Read what `as_lines` wrote. Raises `NotRepeated` naming the line that is not of it."""
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.append(Erased(**json.loads(line)))
            except (TypeError, ValueError) as error:
                raise NotRepeated(f"Line {number} is not of a list of erasures: {error}") from error
    return found


@transaction.atomic
def repeat(erasure: Erased) -> str:
    """Carry an erasure out again, where its content is back; return what was done.

    A record that is still published, or under revision, is retracted and its revision abandoned first. Raises
    `NotRepeated`.
    """
    what = f"{erasure.reference} version {erasure.version}"
    record = Record.objects.filter(pk=erasure.record).first()
    if record is None:
        return f"{what}: not in this database."
    published = LogEntry.objects.filter(reference=erasure.reference, version=erasure.version)
    if published.filter(action=LogAction.ERASE).exists():
        return f"{what}: erased already."
    if not published.exists():
        return f"{what}: not published yet here. LOOK AT ITS DRAFT, record {record.pk}, and empty it."
    asked_by, by = _editor(erasure.asked_by), _editor(erasure.carried_out_by)
    try:
        _bring_to_rest(record, erasure, by)
        _erase(record, erasure, asked_by, by)
    except DomainError as error:
        raise NotRepeated(f"{what}: {error}") from error
    return f"{what}: erased again."


def _editor(username: str) -> User:
    person = User.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise NotRepeated(
            f"There is no active account {username!r} here. Let two editors of this database do it: "
            "manage.py repeat_erasures FILE --asked-by NAME --carried-out-by NAME"
        )
    return person


def _bring_to_rest(record: Record, erasure: Erased, by: User) -> None:
    """Retract what is published, and give up what is under revision."""
    if record.public_status == PublicStatus.LIVE and erasure.version not in erasable_versions(record):
        reason, seen = RetractionReason.LEGAL, record.lock_version
        services.retract_record(record.pk, reason=reason, note=erasure.note, by=by, lock_version=seen)
        record.refresh_from_db()
    if record.state in IN_REVIEW:
        services.return_to_author(record.pk, by=by, lock_version=record.lock_version, comment="Erasure")
        record.refresh_from_db()
    if record.state == State.DRAFT:
        services.abandon_revision(record.pk, by=by, lock_version=record.lock_version)
        record.refresh_from_db()


def _erase(record: Record, erasure: Erased, asked_by: User, by: User) -> None:
    open_ones = ErasureRequest.objects.open().filter(record=record, version=erasure.version)
    for request in open_ones:
        services.withdraw_erasure(request.pk, by=by, lock_version=record.lock_version)
        record.refresh_from_db()
    request = services.ask_for_erasure(
        record.pk,
        version=erasure.version,
        ground=erasure.ground,  # type: ignore[arg-type] # the service makes it one
        note=erasure.note,
        with_note=erasure.with_note,
        with_sources=erasure.with_sources,
        by=asked_by,
        lock_version=record.lock_version,
    )
    record.refresh_from_db()
    services.erase_version(request.pk, by=by, lock_version=record.lock_version)
