"""The door: from approved content to the publication log, and out of it again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.batches import in_batches
from casetracker.publication.log import NewEntry, append, append_all, lock_head, next_reference, next_release
from casetracker.publication.models import LogAction, LogEntry, PublicationHead
from casetracker.review import policies
from casetracker.review.choices import Action, NoticeKind, PublicStatus, RetractionReason
from casetracker.review.collected import Contents, collect_contents
from casetracker.review.confidential_evidence import names_in
from casetracker.review.content import build_content, content_digest, parse_content
from casetracker.review.kinds import Content, all_kinds, kind_named
from casetracker.review.models import PublishedContent, Record, Release
from casetracker.review.references import Known, known_of, linked_records, links_of, records_linking_to, source_ids
from casetracker.review.secrecy import private_terms_in
from casetracker.review.services.base import (
    Step,
    advance,
    advance_all,
    changed_meanwhile,
    lock_record,
    require_comment,
    require_none,
)
from casetracker.review.services.merging import carry_out_merge
from casetracker.review.services.notices import everybody_on, tell, tell_teams
from casetracker.review.services.pending import lock_all
from casetracker.review.services.readiness import embargoed, refusals_of_publication
from casetracker.review.services.releases import take_out_what_went_alone
from casetracker.review.services.reviewing import approve_record
from casetracker.review.snapshots import build_retraction, build_snapshot
from casetracker.sources.models import Source


@transaction.atomic
def publish_records(
    records: Sequence[tuple[UUID, int]],
    *,
    by: User,
    note: str = "",
    corrects: bool = False,
    release: Release | None = None,
) -> list[LogEntry]:
    """Publish approved records, all or none. What is to be merged into one of them ends with it.

    `records` are pairs of record and the lock version that `by` saw. `corrects` says that they mend an
    error in what is published; `note` then tells the public what was wrong. Both apply to revisions only.
    `release` is the release that they go out with; what waits in another one for its embargo is refused.
    Raises `InvalidContent` naming each record that cannot go out, and why.
    """
    note = note.strip()
    if corrects:
        require_comment(note, _("Say what was wrong: readers of the earlier version must learn it."))
    head = lock_head()
    if release and release.is_under_embargo(timezone.now()):  # The door looks at the clock itself.
        raise embargoed(release)
    chosen, duplicates = _lock(dict(records))
    contents = collect_contents(chosen)
    require_none(_problems_of_all(chosen, contents, by, note, release))
    publication = _Publication(
        head=head,
        contents=contents,
        given={str(record.pk): _reference(head, record) for record in chosen},
        number=next_release(head) if len(chosen) > 1 else None,
        by=by,
        note=note,
        corrects=corrects,
        release=release,
    )
    entries = [entry for some in in_batches(chosen) for entry in _publish(some, publication)]
    for duplicate in duplicates:
        target = next(record for record in chosen if record.pk == duplicate.merged_into_id)
        carry_out_merge(head, duplicate, target, by=by, release=publication.number)
    if release is None:
        take_out_what_went_alone(chosen, by=by)
    return entries


def _lock(seen: Mapping[UUID, int]) -> tuple[list[Record], list[Record]]:
    """Lock records at the versions that were seen; return them, and those that are merged into them with this.

    Those that link to the merged ones are locked too. A merge that comes or goes meanwhile changes a version.
    """
    waiting = list(Record.objects.to_be_merged_into(seen))
    locked = lock_all([*seen, *(record.pk for record in waiting), *records_linking_to(waiting)])
    for record_id, lock_version in seen.items():
        if locked[record_id].lock_version != lock_version:
            raise changed_meanwhile(locked[record_id])
    duplicates = [locked[record.pk] for record in waiting]
    still = [record for record in duplicates if record.merged_into_id in seen and not record.is_merged]
    return sorted((locked[record_id] for record_id in seen), key=_links_first), still


@transaction.atomic
def approve_and_publish(
    record_id: UUID, *, by: User, lock_version: int, note: str = "", corrects: bool = False
) -> LogEntry:
    """Approve a verified record and publish it, in one step. `note` and `corrects` are as for `publish_records`."""
    lock_head()
    record = approve_record(record_id, by=by, lock_version=lock_version)
    return publish_records([(record.pk, record.lock_version)], by=by, note=note, corrects=corrects)[0]


def _links_first(record: Record) -> int:
    return [kind.name for kind in all_kinds()].index(record.kind)


def _problems_of_all(
    chosen: Sequence[Record], contents: Contents, by: User, note: str, release: Release | None
) -> list[str]:
    found = refusals_of_publication(chosen, contents, by=by, note=note, release=release)
    if len(chosen) == 1 and found and release is None:
        raise found[chosen[0].pk]
    refused = [record for record in chosen if record.pk in found]
    return [f"{record}: {line}" for record in refused for line in str(found[record.pk]).split("\n")]


def _reference(head: PublicationHead, record: Record) -> str:
    return record.reference or next_reference(head, kind_named(record.kind).prefix)


@dataclass(frozen=True)
class _Publication:
    """What all records that go out together have in common."""

    head: PublicationHead
    contents: Contents
    given: Mapping[str, str]  # The reference of each, by UUID.
    number: int | None
    by: User
    note: str
    corrects: bool
    release: Release | None

    @property
    def comment(self) -> str:
        """What the decisions on the records say of it."""
        return self.note or (f"In the release “{self.release.title}”." if self.release else "")


def _publish(records: Sequence[Record], publication: _Publication) -> list[LogEntry]:
    """Publish some records that were found good: what each table gets of them is written at once."""
    contents = {record.pk: publication.contents[record.pk] for record in records}
    _give_source_references(publication.head, contents.values())
    known = known_of(contents.values(), publication.given)
    new = [_new_entry(record, contents[record.pk], known, publication) for record in records]
    entries = append_all(publication.head, new)
    PublishedContent.objects.bulk_create(
        PublishedContent(
            record=record, version=record.published_version + 1, content=publication.contents.text(record.pk)
        )
        for record in records
    )
    steps = [_step(record, publication.given[str(record.pk)]) for record in records]
    advance_all(steps, Action.PUBLISH, by=publication.by, comment=publication.comment)
    tell_teams(records, NoticeKind.PUBLISHED, by=publication.by)
    return entries


def _give_source_references(head: PublicationHead, contents: Iterable[Content]) -> None:
    """Give references to the sources that are published for the first time, in the order of the citations."""
    cited = list(dict.fromkeys(UUID(key) for content in contents for key in source_ids(content)))
    unnamed = Source.objects.filter(reference__isnull=True).only("pk").in_bulk(cited)
    named = [unnamed[key] for key in cited if key in unnamed]
    for source in named:
        source.reference = next_reference(head, "D")
    Source.objects.bulk_update(named, ["reference"])


def _new_entry(record: Record, content: Content, known: Known, publication: _Publication) -> NewEntry:
    reference, version = publication.given[str(record.pk)], record.published_version + 1
    action = _action(record.public_status, publication.corrects)
    return NewEntry(
        record_kind=record.kind,
        reference=reference,
        version=version,
        action=action,
        snapshot=build_snapshot(content, links_of(reference, version, known)),
        note=publication.note if action is not LogAction.PUBLISH else "",
        release=publication.number,
    )


def _step(record: Record, reference: str) -> Step:
    version = record.published_version + 1
    changes = {"reference": reference, "published_version": version, "needs_revision": False}
    return Step(record, record.approved_digest, version, changes)


def _action(status: str, corrects: bool) -> LogAction:
    if status != PublicStatus.LIVE:
        return LogAction.PUBLISH
    return LogAction.CORRECT if corrects else LogAction.REVISE


@transaction.atomic
def retract_record(record_id: UUID, *, reason: RetractionReason, note: str, by: User, lock_version: int) -> LogEntry:
    """Withdraw a published record. All its versions stop answering; a tombstone with the note stays.

    A revision that is under way goes on, and may be published as a new version; one that is in review goes
    back to draft, because nobody who reviewed it knew the reason. If it was to be merged, it is so no more.
    """
    note = require_comment(note, _("Write a note for the public: why is it withdrawn?"))
    head = lock_head()
    record = lock_record(record_id, lock_version)
    policies.check(record, Action.RETRACT, by)
    content = build_content(record)
    published = parse_content(record.published_contents.get(version=record.published_version).content)
    linked = {*linked_records(content), *linked_records(published)}  # A draft may have dropped a link.
    said, about = [(_("public note"), note)], {str(record.pk), *linked}
    require_none([*private_terms_in(said, about), *names_in(said, about)])
    new = NewEntry(
        record_kind=record.kind,
        reference=str(record.reference),
        version=None,
        action=LogAction.RETRACT,
        snapshot=build_retraction(record.kind, str(record.reference), RetractionReason(reason).value),
        note=note,
    )
    entry = append(head, new)
    advance(record, Action.RETRACT, by=by, digest=content_digest(record, content), comment=note, merged_into=None)
    tell(record, NoticeKind.RETRACTED, everybody_on(record), by=by)
    return entry
