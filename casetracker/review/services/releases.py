"""Putting releases together: which approved records go out with which.

Whoever acts on a release locks the log first, as whoever publishes does, then the release, then its records. So no two
wait for each other, and nothing is published while it is being scheduled.
"""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import ChangedMeanwhile, InvalidContent, NotAllowed, WrongState
from casetracker.core.saving import save_checked
from casetracker.publication.log import lock_head
from casetracker.review import policies
from casetracker.review.choices import Action, ReleaseAction, ReleaseState
from casetracker.review.models import Record, Release, ReleaseDecision, ReleaseMember
from casetracker.review.models.releases import PENDING
from casetracker.review.services.base import require_none

# What a release forgets when it is opened again or scheduled anew; its decisions remember.
NO_SCHEDULE: dict[str, Any] = {"embargo_until": None, "scheduled_at": None, "scheduled_by": None}
NO_PROBLEMS: dict[str, Any] = {"held_back_at": None, "held_back_for": None, "problems": ""}


@transaction.atomic
def create_release(*, title: str, by: User, note: str = "", record_ids: Collection[UUID] = ()) -> Release:
    """Open a release, with these approved records if there are any.

    Title and note are for colleagues; the public sees neither.
    """
    require_editor(by)
    release = Release(title=title.strip(), note=note.strip(), created_by=by)
    save_release(release)
    decide(release, ReleaseAction.CREATE, by, comment=release.title)
    if record_ids:
        release = add_to_release(release.pk, record_ids, by=by, lock_version=release.lock_version)
    return release


@transaction.atomic
def rename_release(release_id: UUID, *, title: str, by: User, lock_version: int, note: str = "") -> Release:
    """Give a release that has not gone out another title and note."""
    release = lock_release(release_id, by, lock_version, PENDING)
    save_release(release, title=title.strip(), note=note.strip())
    decide(release, ReleaseAction.RENAME, by, comment=release.title)
    return release


@transaction.atomic
def add_to_release(release_id: UUID, record_ids: Collection[UUID], *, by: User, lock_version: int) -> Release:
    """Put approved records into an open release, all or none.

    Raises `InvalidContent` naming each record that cannot go in, and why.
    """
    release = lock_release(release_id, by, lock_version, (ReleaseState.OPEN,))
    if not record_ids:
        raise InvalidContent(_("Choose the records first."))
    records = list(Record.objects.filter(pk__in=record_ids).order_by("pk").select_for_update())
    elsewhere = pending_releases_of(records)
    require_none(_problems_of_adding(release, records, elsewhere))
    for record in records:
        if record.pk not in elsewhere:
            save_checked(ReleaseMember(release=release, record=record, added_by=by))
            decide(release, ReleaseAction.ADD, by, record=record)
    save_release(release)
    return release


def _problems_of_adding(
    release: Release, records: Iterable[Record], elsewhere: dict[UUID, ReleaseMember]
) -> Iterable[str]:
    for record in records:
        member = elsewhere.get(record.pk)
        if member and member.release_id != release.pk:
            yield _("%(record)s: it is in the release “%(release)s”. Take it out there first.") % {
                "record": record,
                "release": member.release.title,
            }
        elif not member:
            try:
                policies.check_state(record, Action.PUBLISH)
            except WrongState as error:
                yield f"{record}: {error}"


@transaction.atomic
def remove_from_release(release_id: UUID, record_id: UUID, *, by: User, lock_version: int) -> Release:
    """Take a record out of an open release. It stays as it is, and can be published on its own."""
    release = lock_release(release_id, by, lock_version, (ReleaseState.OPEN,))
    member = release.members.select_related("record").filter(record=record_id).first()
    if member is None:
        raise ChangedMeanwhile(_("This record is not in the release any more. Reload the page."))
    member.delete()
    decide(release, ReleaseAction.REMOVE, by, record=member.record)
    save_release(release)
    return release


@transaction.atomic
def cancel_release(release_id: UUID, *, by: User, lock_version: int, comment: str = "") -> Release:
    """Give up a release that has not gone out. Its records are free again; nothing else happens to them."""
    release = lock_release(release_id, by, lock_version, PENDING)
    save_release(release, state=ReleaseState.CANCELLED, **NO_SCHEDULE, **NO_PROBLEMS)
    release.members.update(is_pending=False, scheduled_digest="")
    decide(release, ReleaseAction.CANCEL, by, comment=comment.strip())
    return release


# --- Shared by what is done to releases ------------------------------------------


def require_editor(person: User) -> None:
    """Raise `NotAllowed` unless this person may put releases together: who may publish may."""
    if not policies.may_release(person):
        raise NotAllowed(_("Only editors put releases together and publish them. Ask an administrator for the role."))


def lock_release(release_id: UUID, by: User, lock_version: int, states: Collection[ReleaseState]) -> Release:
    """Lock the log and a release for this transaction, for an act of an editor that is possible in these states.

    Raises `ChangedMeanwhile` if it is no longer as this person saw it.
    """
    require_editor(by)
    lock_head()
    release = Release.objects.select_for_update().get(pk=release_id)
    if release.lock_version != lock_version:
        last = release.decisions.order_by("-at", "-id").select_related("person").first()
        raise ChangedMeanwhile(
            _("The release was changed meanwhile by %(person)s (%(action)s). Reload the page and try again.")
            % {
                "person": (last and last.person) or _("the background task"),
                "action": last.get_action_display() if last else _("change"),
            }
        )
    require_state(release, states)
    return release


def require_state(release: Release, states: Collection[ReleaseState]) -> None:
    """Raise `WrongState` with the way out unless the release is in one of these states."""
    if release.state in states:
        return
    if release.state == ReleaseState.SCHEDULED:
        raise WrongState(_("The release is scheduled. Take back its schedule first."))
    raise WrongState(_("This is not possible: the release is %(state)s.") % {"state": release.get_state_display()})


def pending_releases_of(records: Iterable[Record]) -> dict[UUID, ReleaseMember]:
    """Return the membership of each of these records in a release that may still go out. One query."""
    members = ReleaseMember.objects.filter(record__in=[record.pk for record in records], is_pending=True)
    return {member.record_id: member for member in members.select_related("release")}


def take_out_what_went_alone(records: Iterable[Record], *, by: User) -> None:
    """Take records that were just published on their own out of the open releases that they were in."""
    for member in pending_releases_of(records).values():
        comment = "Published on its own."
        decide(member.release, ReleaseAction.REMOVE, by, record=Record(pk=member.record_id), comment=comment)
        member.delete()
        save_release(member.release)


def reopen(release: Release, **changes: Any) -> None:
    """Open a scheduled release again."""
    save_release(release, state=ReleaseState.OPEN, **NO_SCHEDULE, **changes)
    release.members.update(scheduled_digest="")


def decide(
    release: Release, action: ReleaseAction, by: User | None, *, record: Record | None = None, comment: str = ""
) -> None:
    """Leave a row that says who did what. `by` is None for the background task."""
    ReleaseDecision(release=release, action=action, person=by, record=record, comment=comment).save()


def save_release(release: Release, **changes: Any) -> None:
    """Save a new release, or a locked one with these changes as its next version."""
    for name, value in changes.items():
        setattr(release, name, value)
    if not release._state.adding:
        release.lock_version += 1
    try:
        save_checked(release)
    except ValidationError as error:
        raise InvalidContent(" ".join(error.messages), field_errors=error.message_dict) from error
