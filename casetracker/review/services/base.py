"""What every act on a record shares: lock it, check the rules, move it on, leave a decision."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import ChangedMeanwhile, InvalidContent, NotAllowed
from casetracker.review import policies
from casetracker.review.choices import Action, ParticipationRole, PublicStatus, State, SuggestionState
from casetracker.review.content import build_content, content_digest
from casetracker.review.models import Decision, Participation, Record
from casetracker.review.models.record import IN_WORK
from casetracker.review.transitions import TRANSITIONS

_STEPS = {State.SUBMITTED: "submitted", State.VERIFIED: "verified", State.APPROVED: "approved"}


def lock_record(record_id: UUID, lock_version: int) -> Record:
    """Lock a record for this transaction.

    Raises `ChangedMeanwhile`, naming who was faster, if it is no longer at `lock_version`.
    """
    record = Record.objects.select_for_update().get(pk=record_id)
    if record.lock_version != lock_version:
        raise changed_meanwhile(record)
    return record


def changed_meanwhile(record: Record) -> ChangedMeanwhile:
    """Return the error for someone whose view of the record is out of date."""
    last = last_decision_on(record)
    if last is None:
        return ChangedMeanwhile(_("The record was changed meanwhile. Reload the page and try again."))
    return ChangedMeanwhile(
        _("Changed meanwhile by %(person)s (%(action)s, %(time)s UTC). Reload the page and try again.")
        % {"person": last.person, "action": last.get_action_display(), "time": last.at.strftime("%H:%M:%S")}
    )


def last_decision_on(record: Record) -> Decision | None:
    """Return what was decided on a record last, if anything was."""
    return Decision.objects.filter(record=record).select_related("person").order_by("-at", "-id").first()


def require_comment(comment: str, message: str) -> str:
    """Return the comment without blanks around it. Raises `InvalidContent` if it says nothing."""
    if not comment.strip():
        raise InvalidContent(message, field_errors={"comment": [message]})
    return comment.strip()


def require_none(problems: Iterable[str]) -> None:
    """Raise `InvalidContent` with all problems, one a line, if there are any."""
    found = list(problems)
    if found:
        raise InvalidContent("\n".join(found))


def advance(
    record: Record,
    action: Action,
    *,
    by: User,
    digest: str,
    comment: str = "",
    version: int | None = None,
    **changes: Any,
) -> None:
    """Carry out an action whose guards have passed: participation, new state, decision.

    The update names the state and lock version that were checked, so that of two people who act at
    once only one succeeds, also where rows cannot be locked. `changes` are further columns to set.
    """
    rule = TRANSITIONS[action]
    policies.check(record, action, by)
    if rule.needs_comment:
        require_comment(comment, _("Say why."))
    if rule.participation:
        participate(record, by, rule.participation)
    before = {name: getattr(record, name) for name in ("state", "public_status", "lock_version", "round")}
    after = {**_moved(record, action, by, digest), **changes, "lock_version": record.lock_version + 1}
    moved = Record.objects.filter(pk=record.pk, **before).update(**after, changed_at=timezone.now())
    if moved != 1:
        raise changed_meanwhile(record)
    for name, value in after.items():
        setattr(record, name, value)
    if record.state not in IN_WORK:  # Nobody can take suggested words over any more.
        open_ones = record.suggestions.filter(state=SuggestionState.OPEN)
        open_ones.update(state=SuggestionState.DECLINED, decided_by=by, decided_at=timezone.now())
    Decision(
        record=record,
        round=record.round,
        action=action,
        from_state=before["state"],
        to_state=record.state,
        person=by,
        digest=digest,
        version=version,
        comment=comment,
    ).save()


def note_change_elsewhere(record: Record, action: Action, *, by: User, comment: str) -> None:
    """Note that what a record cites or links to has changed. It stays in its state; a live one needs a revision."""
    record.needs_revision = record.needs_revision or record.public_status == PublicStatus.LIVE
    record.lock_version += 1
    record.save(update_fields=["needs_revision", "lock_version", "changed_at"])
    Decision(
        record=record,
        round=record.round,
        action=action,
        from_state=record.state,
        to_state=record.state,
        person=by,
        digest=content_digest(record, build_content(record)),
        comment=comment,
    ).save()


def _moved(record: Record, action: Action, by: User, digest: str) -> dict[str, Any]:
    rule = TRANSITIONS[action]
    target = rule.target_from(State(record.state))
    changes: dict[str, Any] = {}
    if target in _STEPS:
        step = _STEPS[target]
        changes = {f"{step}_at": timezone.now(), f"{step}_by": by, f"{step}_digest": digest}
    elif target is not None:  # Back on the author's table, or out: nothing of the review holds any longer.
        for step in _STEPS.values():
            changes.update({f"{step}_at": None, f"{step}_by": None, f"{step}_digest": ""})
    if target is not None:
        changes["state"] = target
    if rule.public_target is not None:
        changes["public_status"] = rule.public_target
    return changes


def participate(record: Record, person: User, role: ParticipationRole) -> None:
    """Put a person on one side of the four eyes in the present round.

    Raises `NotAllowed` if this person stands on the other side: nobody can be both.
    """
    side = policies.side_of(record, person)
    if side is None:
        policies.forget_sides(record)
        try:
            with transaction.atomic():
                Participation(record=record, round=record.round, person=person, role=role).save()
        except IntegrityError:  # The same person, at the same moment, in another window.
            side = policies.side_of(record, person)
    if side not in (None, role):
        raise NotAllowed(_("You are on the other side of this round: nobody writes and reviews the same content."))
