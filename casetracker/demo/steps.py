"""The way of a record through the review, as people would go it: each step is a call of a service."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from casetracker.accounts.models import User
from casetracker.demo.desk import Desk
from casetracker.publication.models import LogEntry
from casetracker.review.choices import Verdict
from casetracker.review.content import build_content
from casetracker.review.evidence import citation_digest
from casetracker.review.models import Record
from casetracker.review.services import (
    Edit,
    approve_record,
    check_citation,
    edit_record,
    publish_records,
    return_to_author,
    revise_record,
    submit_record,
    verify_record,
)


def submit(record: Record, by: User) -> Record:
    """Hand a draft to the reviewers. Raises `InvalidContent` with what it lacks."""
    return submit_record(record.pk, by=by, lock_version=record.lock_version)


def verify(record: Record, by: User) -> Record:
    """Check every citation, then verify."""
    content = build_content(record)
    for citation in content["citations"]:
        check_citation(
            record.pk,
            UUID(citation["id"]),
            verdict=Verdict.SUPPORTS,
            by=by,
            lock_version=record.lock_version,
            citation_digest=citation_digest(content, citation),
        )
        record.refresh_from_db(fields=["lock_version"])
    return verify_record(record.pk, by=by, lock_version=record.lock_version)


def approve(record: Record, by: User) -> Record:
    """Accept a verified record."""
    return approve_record(record.pk, by=by, lock_version=record.lock_version)


def publish(records: Iterable[Record], by: User) -> Sequence[LogEntry]:
    """Publish approved records together."""
    return publish_records([(record.pk, record.lock_version) for record in records], by=by)


def cite(desk: Desk, key: str, **values: Any) -> dict[str, Any]:
    """Return a citation of a source of the reference data."""
    return {"source": desk.sources[key], **values}


def revise(desk: Desk, key: str, author: User, *citations: dict[str, Any], **fields: Any) -> Record:
    """Start a revision of a live record, and add citations to those that it has."""
    record = desk.records[key]
    record = revise_record(record.pk, by=author, lock_version=record.lock_version)
    kept = [{"id": citation.pk} for citation in record.citations.all()]
    edit = Edit(fields=fields, citations=[*kept, *citations])
    return edit_record(record.pk, edit, by=author, lock_version=record.lock_version)


def send_back(record: Record, reviewer: User, comment: str) -> None:
    """Return a record to its author, with what must change."""
    return_to_author(record.pk, by=reviewer, lock_version=record.lock_version, comment=comment)
