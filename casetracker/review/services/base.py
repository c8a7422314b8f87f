"""What every act on a record shares: lock it, check the rules, move it on, leave a decision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Case, Value, When
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import ChangedMeanwhile, InvalidContent, NotAllowed
from casetracker.review import policies
from casetracker.review.choices import Action, ParticipationRole, PublicStatus, State, SuggestionState
from casetracker.review.content import build_content, content_digest
from casetracker.review.models import Decision, Participation, Record, Suggestion
from casetracker.review.models.record import IN_WORK
from casetracker.review.transitions import TRANSITIONS

# What an update of a record names, so that it finds none that somebody else has changed.
_STANDING = ("state", "public_status", "lock_version", "round")
_STEPS = {State.SUBMITTED: "submitted", State.VERIFIED: "verified", State.APPROVED: "approved"}


def lock_record(record_id: UUID, lock_version: int) -> Record:
    """Lock a record for this transaction.

    Raises `ChangedMeanwhile`, naming who was faster, if it is no longer at `lock_version`.
    """
    record = Record.objects.select_for_update().get(pk=record_id)
    if record.lock_version != lock_version:
        raise changed_meanwhile(record)
    return record


def changed_meanwhile(*records: Record) -> ChangedMeanwhile:
    """Return the error for someone whose view of a record, or of some of several, is out of date."""
    last = last_decision_on(*records)
    if last is None:
        return ChangedMeanwhile(_("The record was changed meanwhile. Reload the page and try again."))
    return ChangedMeanwhile(
        _("Changed meanwhile by %(person)s (%(action)s, %(time)s UTC). Reload the page and try again.")
        % {"person": last.person, "action": last.get_action_display(), "time": last.at.strftime("%H:%M:%S")}
    )


def last_decision_on(*records: Record) -> Decision | None:
    """Return what was decided on these records last, if anything was."""
    return Decision.objects.filter(record__in=records).select_related("person").order_by("-at", "-id").first()


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


@dataclass(frozen=True)
class Step:
    """How one record goes on in an act: the digest of what is decided on, and further columns that are set."""

    record: Record
    digest: str
    version: int | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)


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
    """Carry out an action on one record, as `advance_all` does. `changes` are further columns to set."""
    advance_all([Step(record, digest, version, changes)], action, by=by, comment=comment)


def advance_all(steps: Sequence[Step], action: Action, *, by: User, comment: str = "") -> None:
    """Carry out an action whose guards have passed: participation, new state, decision.

    Each update names the state and lock version that were checked, so that of two people who act at
    once only one succeeds, also where rows cannot be locked. Records that stood alike share one.
    """
    rule = TRANSITIONS[action]
    for step in steps:
        policies.check(step.record, action, by)
    if rule.needs_comment:
        require_comment(comment, _("Say why."))
    if rule.participation:
        for step in steps:
            participate(step.record, by, rule.participation)
    before = [State(step.record.state) for step in steps]
    alike: dict[tuple[Any, ...], list[Step]] = {}
    for step in steps:
        alike.setdefault(tuple(getattr(step.record, name) for name in _STANDING), []).append(step)
    for standing, some in alike.items():
        _move(some, dict(zip(_STANDING, standing, strict=True)), action, by)
    _decline_suggestions([step.record for step in steps if step.record.state not in IN_WORK], by)
    Decision.objects.bulk_create(
        Decision(
            record=step.record,
            round=step.record.round,
            action=action,
            from_state=state,
            to_state=step.record.state,
            person=by,
            digest=step.digest,
            version=step.version,
            comment=comment,
        )
        for step, state in zip(steps, before, strict=True)
    )


def _move(steps: Sequence[Step], standing: Mapping[str, Any], action: Action, by: User) -> None:
    """Set the columns of records that stand alike. Raises `ChangedMeanwhile` if one of them does so no more."""
    after = {
        step.record.pk: {
            **_moved(step.record, action, by, step.digest),
            **step.changes,
            "lock_version": step.record.lock_version + 1,
        }
        for step in steps
    }
    names = next(iter(after.values()))
    columns = {name: _column(name, {key: values[name] for key, values in after.items()}) for name in names}
    moved = Record.objects.filter(pk__in=after, **standing).update(**columns, changed_at=timezone.now())
    if moved != len(steps):
        raise changed_meanwhile(*(step.record for step in steps))
    for step in steps:
        for name, value in after[step.record.pk].items():
            setattr(step.record, name, value)


def _column(name: str, values: Mapping[UUID, Any]) -> Any:
    """Return what a column is set to, where it is not the same for all rows by their keys."""
    first, *others = values.values()
    if all(other == first for other in others):
        return first
    column: Any = Record._meta.get_field(name)
    return Cast(Case(*(When(pk=key, then=Value(value, column)) for key, value in values.items())), column)


def _decline_suggestions(records: Sequence[Record], by: User) -> None:
    """Close the suggestions for records that are no longer in work: nobody can take those words over any more."""
    if records:
        open_ones = Suggestion.objects.filter(record__in=records, state=SuggestionState.OPEN)
        open_ones.update(state=SuggestionState.DECLINED, decided_by=by, decided_at=timezone.now())


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
