"""The door: from approved content to the publication log, and out of it again."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.canonical import canonical_json
from casetracker.publication.log import append, lock_head, next_reference, next_release
from casetracker.publication.models import LogAction, LogEntry, PublicationHead
from casetracker.review import policies
from casetracker.review.choices import Action, NoticeKind, PublicStatus, RetractionReason
from casetracker.review.confidential_evidence import names_in
from casetracker.review.content import build_content, build_contents, content_digest, parse_content
from casetracker.review.kinds import Content, all_kinds, kind_named
from casetracker.review.models import PublishedContent, Record, Release
from casetracker.review.references import Known, known_of, linked_records, links_of, records_linking_to, source_ids
from casetracker.review.secrecy import private_terms_in
from casetracker.review.services.base import advance, changed_meanwhile, lock_record, require_comment, require_none
from casetracker.review.services.merging import carry_out_merge
from casetracker.review.services.notices import everybody_on, team_of, tell
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
    contents = _contents_of(chosen)
    require_none(_problems_of_all(chosen, contents, by, note, release))
    given = {str(record.pk): _reference(head, record) for record in chosen}
    for content in contents.values():
        _give_source_references(head, content)
    number = next_release(head) if len(chosen) > 1 else None
    known = known_of(contents.values())
    publish = partial(
        _publish, head, by=by, note=note, corrects=corrects, given=given, known=known, number=number, release=release
    )
    entries = [publish(record, contents[record.pk]) for record in chosen]
    for duplicate in duplicates:
        target = next(record for record in chosen if record.pk == duplicate.merged_into_id)
        carry_out_merge(head, duplicate, target, by=by, release=number)
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


def _contents_of(chosen: Sequence[Record]) -> dict[UUID, Content]:
    """Collect the contents of records, of each kind at once."""
    found: dict[UUID, Content] = {}
    for _place, records in groupby(chosen, key=_links_first):  # They stand in this order.
        found |= build_contents(list(records))
    return found


def _links_first(record: Record) -> int:
    return [kind.name for kind in all_kinds()].index(record.kind)


def _problems_of_all(
    chosen: Sequence[Record], contents: Mapping[UUID, Content], by: User, note: str, release: Release | None
) -> list[str]:
    found = refusals_of_publication(chosen, contents, by=by, note=note, release=release)
    if len(chosen) == 1 and found:
        raise found[chosen[0].pk]
    return [f"{record}: {found[record.pk]}" for record in chosen if record.pk in found]


def _reference(head: PublicationHead, record: Record) -> str:
    return record.reference or next_reference(head, kind_named(record.kind).prefix)


def _give_source_references(head: PublicationHead, content: Content) -> None:
    cited = source_ids(content)
    unnamed = Source.objects.filter(pk__in=cited, reference__isnull=True).values_list("pk", flat=True)
    for source_id in sorted(map(str, unnamed), key=cited.index):
        Source.objects.filter(pk=source_id).update(reference=next_reference(head, "D"))


def _publish(
    head: PublicationHead,
    record: Record,
    content: Content,
    *,
    by: User,
    note: str,
    corrects: bool,
    given: Mapping[str, str],
    known: Known,
    number: int | None,
    release: Release | None,
) -> LogEntry:
    reference, version = given[str(record.pk)], record.published_version + 1
    action = _action(record.public_status, corrects)
    entry = append(
        head,
        record_kind=record.kind,
        reference=reference,
        version=version,
        action=action,
        snapshot=build_snapshot(content, links_of(reference, version, content, given, known)),
        note=note if action is not LogAction.PUBLISH else "",
        release=number,
    )
    PublishedContent(record=record, version=version, content=canonical_json(content).decode()).save()
    advance(
        record,
        Action.PUBLISH,
        by=by,
        digest=record.approved_digest,
        version=version,
        comment=note or (f"In the release “{release.title}”." if release else ""),
        reference=reference,
        published_version=version,
        needs_revision=False,
    )
    tell(record, NoticeKind.PUBLISHED, team_of(record), by=by)
    return entry


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
    entry = append(
        head,
        record_kind=record.kind,
        reference=str(record.reference),
        version=None,
        action=LogAction.RETRACT,
        snapshot=build_retraction(record.kind, str(record.reference), RetractionReason(reason).value),
        note=note,
    )
    advance(record, Action.RETRACT, by=by, digest=content_digest(record, content), comment=note, merged_into=None)
    tell(record, NoticeKind.RETRACTED, everybody_on(record), by=by)
    return entry
