"""Destroying the content of a withdrawn version: one editor asks, another carries it out, everywhere at once."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import InvalidContent, NotAllowed, WrongState
from casetracker.core.terms import contains_term
from casetracker.publication.erasers import Erasure, erase_everywhere
from casetracker.publication.log import NewEntry, append, lock_head
from casetracker.publication.models import LogAction, LogEntry
from casetracker.review import policies
from casetracker.review.choices import Action, ErasureGround, NoticeKind
from casetracker.review.confidential_evidence import names_in
from casetracker.review.content import build_content, content_digest, parse_content
from casetracker.review.erasing.evidence import sources_of_this_alone
from casetracker.review.erasures import erasable_versions, is_whole
from casetracker.review.kinds import Content
from casetracker.review.models import ErasureRequest, LegalRequest, Record
from casetracker.review.references import linked_records
from casetracker.review.secrecy import private_terms_in
from casetracker.review.services.base import advance, lock_record, require_comment, require_none
from casetracker.review.services.notices import editors, everybody_on, tell
from casetracker.review.snapshots import build_erasure


@transaction.atomic
def ask_for_erasure(
    record_id: UUID,
    *,
    version: int,
    ground: ErasureGround,
    note: str,
    by: User,
    lock_version: int,
    words: str = "",
    with_note: bool = False,
    with_sources: bool = False,
    legal_request: LegalRequest | None = None,
) -> ErasureRequest:
    """Ask that the content of a withdrawn version is destroyed. Nothing is, until another editor does it.

    `note` is for the public, `words` (one a line) are looked for in texts about other records. `with_note` is for the
    public note of the retraction, `with_sources` for the sources that nothing else cites, with their archived copies.
    """
    record = lock_record(record_id, lock_version)
    policies.check(record, Action.ASK_ERASE, by)
    _check_version(record, version)
    if ErasureRequest.objects.open().filter(record=record, version=version).exists():
        raise WrongState(_("Somebody has asked for that already. Reload the page."))
    request = ErasureRequest(
        record=record,
        version=version,
        ground=ErasureGround(ground),
        note=require_comment(note, _("Write a note for the public: why must it be destroyed?")),
        words="\n".join(_lines(words)),
        with_note=with_note,
        with_sources=with_sources,
        legal_request=legal_request,
        asked_by=by,
    )
    _check_note(request)
    request.full_clean()
    request.save()
    digest = content_digest(record, build_content(record))
    advance(record, Action.ASK_ERASE, by=by, digest=digest, comment=request.note)
    tell(record, NoticeKind.ERASURE, editors(), by=by)
    return request


def _check_version(record: Record, version: int) -> None:
    if version not in erasable_versions(record):
        raise WrongState(
            _("Version %(version)s cannot be erased: only what a retraction or merge has withdrawn, and once.")
            % {"version": version}
        )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _check_note(request: ErasureRequest) -> None:
    """Raise `InvalidContent` if the public note says what must not be public, or what is to be destroyed."""
    for word in _lines(request.words):
        if contains_term(request.note, word):
            message = _("The public note contains “%(word)s”, which is to be destroyed.") % {"word": word}
            raise InvalidContent(message, field_errors={"note": [message]})
    about = {str(request.record_id), *linked_records(_content_of(request))}
    said = [(_("public note"), request.note)]
    require_none([*private_terms_in(said, about), *names_in(said, about)])


def _content_of(request: ErasureRequest) -> Content:
    published = request.record.published_contents.get(version=request.version)
    return parse_content(published.content)


@transaction.atomic
def withdraw_erasure(request_id: UUID, *, by: User, lock_version: int, comment: str = "") -> ErasureRequest:
    """Let a version stay: take one's own request back, or refuse that of a colleague."""
    request = ErasureRequest.objects.select_for_update().get(pk=request_id)
    record = lock_record(request.record_id, lock_version)
    policies.check(record, Action.KEEP, by)
    _check_open(request)
    request.withdrawn_at, request.withdrawn_by, request.words = timezone.now(), by, ""
    request.full_clean()
    request.save()
    digest = content_digest(record, build_content(record))
    advance(record, Action.KEEP, by=by, digest=digest, comment=comment.strip())
    return request


def _check_open(request: ErasureRequest) -> None:
    if request.withdrawn_at or request.carried_out_at:
        raise WrongState(_("This request was withdrawn or carried out meanwhile. Reload the page."))


@transaction.atomic
def erase_version(request_id: UUID, *, by: User, lock_version: int) -> LogEntry:
    """Destroy the content of a version for which another editor has asked, and its salt, in every copy at the desk.

    The log says so, and still verifies. What is in backups, and on pages of the database that are not used any more,
    goes by `manage.py vacuum_erased` and as docs/erasure.md says.
    """
    head = lock_head()
    request = ErasureRequest.objects.select_for_update().get(pk=request_id)
    record = lock_record(request.record_id, lock_version)
    policies.check(record, Action.ERASE, by)
    _check_open(request)
    if request.asked_by_id == by.pk:
        raise NotAllowed(_("You asked for this erasure, so another editor must carry it out."))
    _check_version(record, request.version)
    _check_note(request)
    new = NewEntry(
        record_kind=record.kind,
        reference=str(record.reference),
        version=request.version,
        action=LogAction.ERASE,
        snapshot=build_erasure(record.kind, str(record.reference), request.version, request.ground),
        note=request.note,
    )
    entry = append(head, new)
    erase_everywhere(_erasure(request, record, entry, by))
    record.refresh_from_db(fields=["digest_salt", "label"])
    request.carried_out_at, request.carried_out_by = timezone.now(), by
    request.entry, request.words = entry.sequence, ""
    request.full_clean()
    request.save()
    digest = content_digest(record, build_content(record))
    advance(record, Action.ERASE, by=by, digest=digest, comment=request.note)
    tell(record, NoticeKind.ERASED, everybody_on(record), by=by)
    return entry


def _erasure(request: ErasureRequest, record: Record, entry: LogEntry, by: User) -> Erasure:
    whole, sources = is_whole(record, request.version), frozenset[UUID]()
    if request.with_sources:
        sources = sources_of_this_alone(_content_of(request), record.pk, request.version, whole=whole)
    return Erasure(
        sequence=entry.sequence,
        by=by,
        record=record.pk,
        record_kind=record.kind,
        reference=str(record.reference),
        version=request.version,
        whole=whole,
        words=frozenset([*_lines(request.words), *([record.label] if whole and record.label else [])]),
        with_note=request.with_note,
        sources=sources,
    )
