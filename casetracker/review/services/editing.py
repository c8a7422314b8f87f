"""Writing records: log, edit, assign, revise, abandon, discard."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.accounts.roles import Role, roles_of
from casetracker.core.errors import InvalidContent, NotAllowed
from casetracker.core.languages import in_data_language
from casetracker.review import policies
from casetracker.review.choices import Action, NoticeKind, ParticipationRole, PublicStatus
from casetracker.review.confidential import restore_entries
from casetracker.review.content import build_content, content_digest, detail_of, editable_values, parse_content
from casetracker.review.erasing.records import empty_record
from casetracker.review.kinds import CITATIONS, PRIVATE_TERMS, Content, kind_named
from casetracker.review.models import Decision, PrivateTerm, PublishedContent, Record
from casetracker.review.models.record import new_salt
from casetracker.review.rows import save_detail, sync_rows
from casetracker.review.services.base import advance, lock_record, participate, require_comment
from casetracker.review.services.notices import authors_of, holder_of, tell
from casetracker.review.services.pending import let_go, lock_with_duplicates
from casetracker.review.services.sources import writers_of_sources
from casetracker.review.transitions import TRANSITIONS
from casetracker.sources.models import Source


@dataclass(frozen=True)
class Edit:
    """What a record is to say. What is None, or not named in a mapping, stays as it is.

    `rows`, `citations` and `private_terms` are complete lists: a row with the `id` of one that exists
    changes it, a row without is new, and a row that is not in the list is removed.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    citations: Sequence[Mapping[str, Any]] | None = None
    private_terms: Sequence[Mapping[str, Any]] | None = None


@transaction.atomic
def log_record(kind_name: str, edit: Edit, *, by: User) -> Record:
    """Log a new record as a draft. `by` becomes its author.

    Raises `InvalidContent` with the messages at their fields, `NotAllowed` without the role.
    """
    rule = TRANSITIONS[Action.LOG]
    if not policies.may_log(by):
        raise NotAllowed(_("Only researchers and editors log records. Ask an administrator for the role."))
    kind = kind_named(kind_name)
    record = Record(kind=kind.name)
    record.save(force_insert=True)
    write_edit(record, kind.model(record=record), edit, by)
    if rule.participation:
        participate(record, by, rule.participation)
    Decision(
        record=record,
        round=record.round,
        action=Action.LOG,
        to_state=record.state,
        person=by,
        digest=content_digest(record, build_content(record)),
    ).save()
    return record


@transaction.atomic
def edit_record(record_id: UUID, edit: Edit, *, by: User, lock_version: int, comment: str = "") -> Record:
    """Change a draft. `by` becomes an author of the round, and so cannot review it.

    Raises `InvalidContent` with the messages at their fields.
    """
    record = lock_record(record_id, lock_version)
    policies.check(record, Action.EDIT, by)
    write_edit(record, detail_of(record), edit, by)
    advance(record, Action.EDIT, by=by, digest=content_digest(record, build_content(record)), comment=comment)
    return record


def write_edit(record: Record, detail: Any, edit: Edit, by: User) -> None:
    """Write what a locked record is to say. Part of services: rules and decision are theirs."""
    kind = kind_named(record.kind)
    save_detail(kind, detail, edit.fields, by)
    for name, rows in edit.rows.items():
        sync_rows(kind.rows[name], detail, rows, by, name)
    if edit.citations is not None:
        numbered = [{**row, "position": position} for position, row in enumerate(edit.citations, start=1)]
        _check_cited_fields(record, numbered)
        _hold_sources(numbered)
        sync_rows(CITATIONS, record, numbered, by, "citations")
    if edit.private_terms is not None:
        sync_rows(PRIVATE_TERMS, record, edit.private_terms, by, "private_terms")
    with in_data_language():
        record.label = kind.describe(detail)
    Record.objects.filter(pk=record.pk).update(label=record.label)


def _check_cited_fields(record: Record, citations: Sequence[Mapping[str, Any]]) -> None:
    allowed = {"", *kind_named(record.kind).citable}
    for number, citation in enumerate(citations, start=1):
        if citation.get("field", "") not in allowed:
            message = _("“%(field)s” is no field that can be cited.") % {"field": citation["field"]}
            raise InvalidContent(message, field_errors={f"citations {number} field": [message]})


def _hold_sources(citations: Sequence[Mapping[str, Any]]) -> None:
    """Keep what is about to be cited from being changed unseen: whoever changes it becomes an author here."""
    cited = {citation["source"].pk for citation in citations if "source" in citation}
    list(Source.objects.filter(pk__in=cited).order_by("pk").select_for_update().values_list("pk"))


@transaction.atomic
def mark_publishable(term_id: UUID, *, reason: str, by: User, lock_version: int) -> PrivateTerm:
    """Let a private term be published, for a reason. An editor does this in a draft, and becomes an author.

    It then stands in the record's public content, and no longer keeps texts that contain it back.
    """
    record = lock_record(PrivateTerm.objects.get(pk=term_id).record_id, lock_version)
    term = PrivateTerm.objects.get(pk=term_id)  # As it is now that nobody else can change it.
    policies.check(record, Action.DISCLOSE, by)
    reason = require_comment(reason, _("Say why the public must know this."))
    _save_term(term, reason=reason, allowed_by=by, at=timezone.now(), by=by)
    advance(
        record,
        Action.DISCLOSE,
        by=by,
        digest=content_digest(record, build_content(record)),
        comment=reason,
    )
    return term


@transaction.atomic
def assign_record(record_id: UUID, *, to: User | None, by: User, lock_version: int) -> Record:
    """Make someone responsible for the next step of a record; None takes it from everybody."""
    record = lock_record(record_id, lock_version)
    check_assignment(record, to=to, by=by)
    had_it = record.assigned_to_id
    comment = f"to {to}" if to else "to nobody"
    digest = content_digest(record, build_content(record))
    advance(record, Action.ASSIGN, by=by, digest=digest, comment=comment, assigned_to=to)
    if record.assigned_to_id != had_it:
        tell(record, NoticeKind.ASSIGNED, holder_of(record), by=by)
    return record


def check_assignment(record: Record, *, to: User | None, by: User) -> None:
    """Raise the `DomainError` that forbids giving a record to somebody, if there is one."""
    policies.check(record, Action.ASSIGN, by)
    if to is not None and not roles_of(to) & {Role.RESEARCHER, Role.EDITOR}:
        message = _("%(person)s is no active researcher or editor. Choose somebody else.") % {"person": to}
        raise InvalidContent(message, field_errors={"assigned_to": [message]})


@transaction.atomic
def revise_record(record_id: UUID, *, by: User, lock_version: int) -> Record:
    """Start a new round on a published record. The public goes on seeing the published version.

    `by` becomes an author of the round, and so does everybody who changed its sources since it was published.
    """
    record = lock_record(record_id, lock_version)
    policies.check(record, Action.REVISE, by)
    # The round changes first: authors and reviewers of the last one are free again.
    record.round, record.digest_salt = record.round + 1, new_salt()
    Record.objects.filter(pk=record.pk).update(round=record.round, digest_salt=record.digest_salt)
    for writer in writers_of_sources(record):
        participate(record, writer, ParticipationRole.AUTHOR)
    advance(record, Action.REVISE, by=by, digest=content_digest(record, build_content(record)))
    return record


@transaction.atomic
def abandon_revision(record_id: UUID, *, by: User, lock_version: int) -> Record:
    """Give up a revision: the working record says again what was last published.

    Private notes and terms stay as they are, except that exactly those terms are publishable again that were.
    So do the words of its sources, which other records share.
    What was to be merged into it is so no more.
    Raises `InvalidContent` if what was published does not fit what other records say by now.
    """
    record, duplicates = lock_with_duplicates(record_id, lock_version)
    policies.check(record, Action.ABANDON, by)
    last = PublishedContent.objects.get(record=record, version=record.published_version)
    content = parse_content(last.content) if last.content else None  # It may have been erased.
    if content:
        _restore(record, content, by)
        _restore_disclosures(record, content, by)
        restore_entries(record.pk, content.get("confidential", ()))
    else:
        empty_record(record)
        record.refresh_from_db(fields=["label", "digest_salt"])
    restored = build_content(record)
    advance(
        record,
        Action.ABANDON,
        by=by,
        digest=content_digest(record, restored),
        # One of its sources may have been changed while the revision did not cite it.
        needs_revision=record.needs_revision or (record.public_status == PublicStatus.LIVE and restored != content),
    )
    _let_all_go(duplicates, record, by)
    tell(record, NoticeKind.ABANDONED, authors_of(record), by=by)
    return record


def _let_all_go(duplicates: Sequence[Record], record: Record, by: User) -> None:
    for duplicate in duplicates:
        let_go(duplicate, by=by, comment=f"“{record}” was given up")


def _restore(record: Record, content: Content, by: User) -> None:
    try:
        write_edit(record, detail_of(record), _edit_from(content), by)
    except InvalidContent as error:
        problems = " ".join(message for messages in error.field_errors.values() for message in messages)
        raise InvalidContent(
            _("What was published does not fit another record any more: %(problems)s") % {"problems": problems}
        ) from error


def _edit_from(content: Content) -> Edit:
    kind = kind_named(content["kind"])
    citations = [
        {**citation, "source": citation["source"]["id"], **_private_of_removed(citation["id"])}
        for citation in content["citations"]
    ]
    return Edit(
        fields=editable_values(kind.model, content["fields"]),
        rows={name: _restored(kind.rows[name].model, rows) for name, rows in content["rows"].items()},
        citations=_restored(CITATIONS.model, citations),
    )


def _private_of_removed(citation_id: str) -> dict[str, str]:
    """Return the notes and the grade that a citation had when it was taken out; nothing if it is still there."""
    last = CITATIONS.model.history.filter(id=citation_id).latest()  # type: ignore[attr-defined]
    return {name: getattr(last, name) for name in CITATIONS.private} if last.history_type == "-" else {}


def _restored(model: Any, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [editable_values(model, row) for row in rows]


def _restore_disclosures(record: Record, content: Content, by: User) -> None:
    published = {(disclosure["kind"], disclosure["text"]) for disclosure in content["disclosures"]}
    for term in record.private_terms.filter(publishable_at__isnull=False):
        if (term.kind, term.text) in published:
            published.remove((term.kind, term.text))
        else:
            _save_term(term, reason="", allowed_by=None, at=None, by=by)
    for kind, text in sorted(published):
        # Who allowed it, and why, is in the history: this revision changed the term or took it out.
        allowed = PrivateTerm.history.filter(record=record, kind=kind, text=text, publishable_at__isnull=False).latest()
        term = record.private_terms.filter(kind=kind, text=text).first() or PrivateTerm(
            record=record, kind=kind, text=text
        )
        _save_term(
            term, reason=allowed.publishable_reason, allowed_by=allowed.publishable_by, at=allowed.publishable_at, by=by
        )


def _save_term(term: PrivateTerm, *, reason: str, allowed_by: User | None, at: dt.datetime | None, by: User) -> None:
    term.publishable_reason, term.publishable_by, term.publishable_at = reason, allowed_by, at
    term._history_user = by  # type: ignore[attr-defined]  # The name that django-simple-history reads.
    term.save()


@transaction.atomic
def discard_record(record_id: UUID, *, by: User, lock_version: int, comment: str = "") -> Record:
    """Give up a draft that was never published. It stays on the desk, readable, for the files.

    It is to be merged no more, and neither is what was to be merged into it.
    """
    record, duplicates = lock_with_duplicates(record_id, lock_version)
    policies.check(record, Action.DISCARD, by)
    digest = content_digest(record, build_content(record))
    advance(record, Action.DISCARD, by=by, digest=digest, comment=comment, merged_into=None)
    _let_all_go(duplicates, record, by)
    tell(record, NoticeKind.DISCARDED, authors_of(record), by=by)
    return record
