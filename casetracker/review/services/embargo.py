"""Scheduling a release for the end of an embargo, and taking that back."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import InvalidContent, WrongState
from casetracker.review.choices import ReleaseAction, ReleaseState
from casetracker.review.models import Release
from casetracker.review.models.releases import PENDING
from casetracker.review.services.base import require_none
from casetracker.review.services.release_publication import lock_members, problems_of
from casetracker.review.services.releases import NO_PROBLEMS, decide, lock_release, reopen, save_release
from casetracker.review.tasks import publish_what_is_due


@transaction.atomic
def schedule_release(release_id: UUID, *, embargo_until: dt.datetime, by: User, lock_version: int) -> Release:
    """Let a release go out by itself at a moment in the future, or move that moment.

    `by` stands as the publisher, and must still be an active editor then. What goes out is what the records say
    now. Raises `InvalidContent` if the moment has passed, or naming each record that could not go out today.
    """
    release = lock_release(release_id, by, lock_version, PENDING)
    now = timezone.now()
    if embargo_until <= now:
        message = _("This moment has passed: in UTC it is %(now)s now. Choose a later one, or publish the release now.")
        text = message % {"now": f"{now:%Y-%m-%d %H:%M}"}
        raise InvalidContent(text, field_errors={"embargo_until": [text]})
    records = lock_members(release)
    require_none(problems_of(release, records, by=by))
    save_release(
        release,
        state=ReleaseState.SCHEDULED,
        embargo_until=embargo_until,
        scheduled_at=now,
        scheduled_by=by,
        **NO_PROBLEMS,
    )
    for record in records:
        release.members.filter(record=record).update(scheduled_digest=record.approved_digest)
    decide(release, ReleaseAction.SCHEDULE, by, comment=f"{embargo_until.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC")
    # In this transaction: if it is rolled back, the task is gone with it. A task that comes early or late, or that
    # another made needless, finds nothing due and does nothing.
    publish_what_is_due.using(run_after=embargo_until).enqueue()
    return release


@transaction.atomic
def unschedule_release(release_id: UUID, *, by: User, lock_version: int) -> Release:
    """Open a scheduled release again: it does not go out by itself any more."""
    release = lock_release(release_id, by, lock_version, PENDING)
    if not release.is_scheduled:
        raise WrongState(_("The release is not scheduled."))
    reopen(release)
    decide(release, ReleaseAction.UNSCHEDULE, by)
    return release
