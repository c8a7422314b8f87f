"""Merging one record into another, with four eyes: proposed by an author, carried out with the publication.

Whoever proposes it writes what the other record gains into that record's draft, and so becomes an author there.
Nothing public changes until somebody else has checked and approved that draft and it is published.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import InvalidContent, WrongState
from casetracker.publication.log import NewEntry, append
from casetracker.publication.models import LogAction, LogEntry, PublicationHead
from casetracker.review import policies
from casetracker.review.choices import Action, NoticeKind, PublicStatus, State
from casetracker.review.content import build_content, content_digest, detail_of
from casetracker.review.kinds import kind_named
from casetracker.review.merging import MergePlan, plan_merge
from casetracker.review.models import Distinction, Record
from casetracker.review.references import records_linking_to
from casetracker.review.services.base import advance, changed_meanwhile, note_change_elsewhere, require_comment
from casetracker.review.services.editing import Edit, revise_record, write_edit
from casetracker.review.services.notices import everybody_on, tell
from casetracker.review.services.pending import let_go, lock_all
from casetracker.review.snapshots import build_merge
from casetracker.review.transitions import IN_REVIEW


@transaction.atomic
def propose_merge(
    record_id: UUID, *, into: UUID, by: User, lock_version: int, target_version: int, comment: str
) -> Record:
    """Propose that `into` takes over a record, and write what it gains into its draft.

    `into` is revised if it is idle; `by` becomes an author of its round. From now on the record stands still.
    It is retracted, or discarded if it was never published, when `into` is published. Returns `into`.
    Raises `WrongState` or `InvalidContent` if the two cannot be merged now, and says what to do.
    """
    comment = require_comment(comment, _("Say why the two are the same."))
    locked = lock_all([record_id, into])
    duplicate, target = locked[record_id], locked[into]
    for record, version in ((duplicate, lock_version), (target, target_version)):
        if record.lock_version != version:
            raise changed_meanwhile(record)
    policies.check(duplicate, Action.PROPOSE, by)
    check_pair(duplicate, target)
    if target.state == State.IDLE:
        target = revise_record(target.pk, by=by, lock_version=target.lock_version)
    policies.check(target, Action.EDIT, by)
    _take_over(target, duplicate, plan_merge(duplicate, target), by)
    digest = content_digest(duplicate, build_content(duplicate))
    advance(duplicate, Action.PROPOSE, by=by, digest=digest, comment=comment, merged_into=target)
    said = _("Takes over “%(record)s”: %(comment)s") % {"record": duplicate, "comment": comment}
    advance(target, Action.EDIT, by=by, digest=content_digest(target, build_content(target)), comment=said)
    return target


def check_pair(duplicate: Record, target: Record) -> None:
    """Raise the error for which these two records cannot be merged as they stand now, if there is one."""
    if duplicate.pk == target.pk or duplicate.kind != target.kind or not kind_named(target.kind).merges:
        raise InvalidContent(_("Choose another record of the same kind: only two stations can be merged."))
    if duplicate.state == State.DRAFT and duplicate.public_status == PublicStatus.LIVE:
        raise WrongState(_("“%(record)s” is under revision: publish or abandon that first.") % {"record": duplicate})
    _check_target(duplicate, target)
    if Record.objects.to_be_merged_into([duplicate.pk]).exists():
        raise WrongState(
            _("Another record is to be merged into “%(record)s”. Finish or drop that first.") % {"record": duplicate}
        )
    told_apart = Distinction.objects.between(duplicate.pk, target.pk).select_related("person").first()
    if told_apart:
        raise WrongState(
            _("%(person)s marked the two as not the same. Undo that first if it was wrong.")
            % {"person": told_apart.person}
        )


def _check_target(duplicate: Record, target: Record) -> None:
    if target.merged_into is not None:
        raise WrongState(
            _("“%(record)s” is merged into “%(target)s” itself: choose that one.")
            % {"record": target, "target": target.merged_into}
        )
    if target.state in IN_REVIEW:
        raise WrongState(
            _("“%(record)s” is in review: return or withdraw it first, so that all is reviewed together.")
            % {"record": target}
        )
    both_drafts = duplicate.public_status == target.public_status == PublicStatus.NEVER
    if target.state == State.DISCARDED or not (both_drafts or target.public_status == PublicStatus.LIVE):
        raise WrongState(
            _("“%(record)s” is not published: publish it first, or merge the other way round.") % {"record": target}
        )


def _kept(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    return [{"id": key} for key in rows.values_list("pk", flat=True)]


def _take_over(target: Record, duplicate: Record, plan: MergePlan, by: User) -> None:
    detail, kind = detail_of(target), kind_named(target.kind)
    rows = {}
    for name, new in plan.rows.items():
        spec = kind.rows[name]
        rows[name] = [
            *_kept(spec.model._default_manager.filter(**{spec.parent: detail})),
            *({part: getattr(row, part) for part in (*spec.fields, *spec.private)} for row in new),
        ]
    edit = Edit(
        fields=plan.fields,
        rows=rows,
        citations=[*_kept(target.citations.all()), *plan.citations],
        private_terms=[*_kept(target.private_terms.all()), *plan.private_terms],
    )
    try:
        write_edit(target, detail, edit, by)
    except InvalidContent as error:
        problems = " ".join(message for messages in error.field_errors.values() for message in messages)
        raise InvalidContent(
            _("What “%(record)s” says does not fit here: %(problems)s Correct one of the two records first.")
            % {"record": duplicate, "problems": problems}
        ) from error


@transaction.atomic
def drop_merge(record_id: UUID, *, by: User, lock_version: int, comment: str = "") -> Record:
    """Give up a merge that was proposed. What the other record gained stays in its draft, for its authors to judge."""
    into = Record.objects.values_list("merged_into", flat=True).get(pk=record_id)
    locked = lock_all(filter(None, [record_id, into]))
    duplicate = locked[record_id]
    if duplicate.lock_version != lock_version:
        raise changed_meanwhile(duplicate)
    policies.check(duplicate, Action.DROP, by)
    target = locked[duplicate.merged_into_id]  # type: ignore[index]  # The check has seen that there is one.
    if target.state in IN_REVIEW:
        raise WrongState(
            _("“%(record)s” is in review: return or withdraw it first. What reviewers saw must not change under them.")
            % {"record": target}
        )
    let_go(duplicate, by=by, comment=comment.strip())
    return duplicate


def carry_out_merge(
    head: PublicationHead, duplicate: Record, target: Record, *, by: User, release: int | None
) -> LogEntry | None:
    """Let a record end in the one that takes it over and has just been published. Part of `publish_records`."""
    digest = content_digest(duplicate, build_content(duplicate))
    comment = f"into {target}"
    if duplicate.public_status == PublicStatus.NEVER:
        advance(duplicate, Action.DISCARD, by=by, digest=digest, comment=comment)
        tell(duplicate, NoticeKind.MERGED, everybody_on(duplicate), by=by)
        return None
    policies.check(duplicate, Action.MERGE, by)
    new = NewEntry(
        record_kind=duplicate.kind,
        reference=str(duplicate.reference),
        version=None,
        action=LogAction.MERGE,
        snapshot=build_merge(duplicate.kind, str(duplicate.reference), str(target.reference)),
        release=release,
    )
    entry = append(head, new)
    advance(duplicate, Action.MERGE, by=by, digest=digest, comment=comment)
    tell(duplicate, NoticeKind.MERGED, everybody_on(duplicate), by=by)
    _flag_links(duplicate, target, by)
    return entry


def _flag_links(duplicate: Record, target: Record, by: User) -> None:
    """Ask for a revision of the live records that link to a merged one: they should link to its successor."""
    for record in Record.objects.filter(pk__in=records_linking_to([duplicate])).order_by("pk"):
        note_change_elsewhere(
            record,
            Action.MERGE,
            by=by,
            comment=f"It links to “{duplicate}”, which was merged into “{target}”: link to that instead.",
        )
