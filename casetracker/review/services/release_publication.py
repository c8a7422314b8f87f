"""Releases on their way out: at once, or when their embargo has passed. All of a release, or nothing of it."""

import logging
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import DomainError, InvalidContent, NotAllowed
from casetracker.publication.log import lock_head
from casetracker.review import policies
from casetracker.review.choices import ReleaseAction, ReleaseState
from casetracker.review.collected import collect_contents
from casetracker.review.models import Record, Release
from casetracker.review.services.publishing import publish_records
from casetracker.review.services.readiness import refusals_of_publication
from casetracker.review.services.releases import NO_PROBLEMS, decide, lock_release, reopen, save_release

logger = logging.getLogger(__name__)


@transaction.atomic
def publish_release(release_id: UUID, *, by: User, lock_version: int) -> Release:
    """Publish an open release now, all of it or nothing.

    Raises `InvalidContent` naming each record that cannot go out, and why.
    """
    release = lock_release(release_id, by, lock_version, (ReleaseState.OPEN,))
    _publish(release, by=by)
    return release


@dataclass(frozen=True)
class Outcome:
    """What became of the releases whose embargo had passed."""

    published: tuple[UUID, ...] = ()
    held_back: tuple[UUID, ...] = ()


def publish_due_releases() -> Outcome:
    """Publish every release whose embargo has passed, each in its own transaction and in the name of who scheduled it.

    One that cannot go out is opened again with the reasons, and its editor sees it on the desk. May run any number of
    times, and in several processes at once: each release goes out once.
    """
    published, held_back = [], []
    for release_id in Release.objects.due(timezone.now()).values_list("pk", flat=True):
        try:
            if _publish_if_due(release_id):
                published.append(release_id)
        except DomainError as error:
            if _hold_back(release_id, str(error)):
                held_back.append(release_id)
        except Exception as error:  # noqa: BLE001 - a fault of ours in one release must not keep the others back
            logger.error("A release could not be published: %s", place_of(error))
            reason = _(
                "A fault of the program kept it back (%(fault)s). Tell whoever runs this site, then schedule it again."
            )
            if _hold_back(release_id, reason % {"fault": type(error).__name__}):
                held_back.append(release_id)
    return Outcome(tuple(published), tuple(held_back))


@transaction.atomic
def _publish_if_due(release_id: UUID) -> bool:
    release = _lock_due(release_id)
    if release is None or release.scheduled_by is None:
        return False
    _publish(release, by=release.scheduled_by)
    return True


@transaction.atomic
def _hold_back(release_id: UUID, problems: str) -> bool:
    """Open a release that could not go out, with the reasons. Whoever wants to tell its editor does so here."""
    release = _lock_due(release_id)
    if release is None:  # Somebody dealt with it meanwhile.
        return False
    reopen(release, held_back_at=timezone.now(), held_back_for=release.scheduled_by, problems=problems)
    decide(release, ReleaseAction.HOLD_BACK, None, comment=problems)
    return True


def _lock_due(release_id: UUID) -> Release | None:
    """Lock a release that is still due; None if somebody published it, or took its schedule back, meanwhile."""
    lock_head()
    return Release.objects.due(timezone.now()).select_for_update().filter(pk=release_id).first()


def _publish(release: Release, *, by: User) -> None:
    _require_publisher(by)
    records = lock_members(release)
    entries = publish_records([(record.pk, record.lock_version) for record in records], by=by, release=release)
    save_release(
        release,
        state=ReleaseState.PUBLISHED,
        published_at=timezone.now(),
        published_by=by,
        number=entries[0].release,
        **NO_PROBLEMS,
    )
    release.members.update(is_pending=False)
    decide(release, ReleaseAction.PUBLISH, by)


def lock_members(release: Release) -> list[Record]:
    """Lock the records of a release for this transaction. Raises `InvalidContent` if it has none."""
    records = Record.objects.filter(release_members__release=release).order_by("pk")
    found = list(records.select_for_update(of=("self",)))
    if not found:
        raise InvalidContent(_("There is no record in the release yet. Put some in first."))
    return found


def _require_publisher(person: User) -> None:
    if not policies.may_release(person):
        message = _("%(person)s is no active editor any more, and so cannot publish. Another editor must schedule it.")
        raise NotAllowed(message % {"person": person})


def problems_of(release: Release, records: Sequence[Record], *, by: User) -> list[str]:
    """Return why a release could not go out now, with one line for each record that keeps it back."""
    _require_publisher(by)
    found = refusals_in(release, records, by=by)
    return [f"{record}: {line}" for record in records for line in found.get(record.pk, [])]


def refusals_in(release: Release, records: Sequence[Record], *, by: User) -> dict[UUID, list[str]]:
    """Return why records of a release could not go out with it now. Writes nothing."""
    found = refusals_of_publication(records, collect_contents(records), by=by, release=release)
    return {record_id: str(error).split("\n") for record_id, error in found.items()}


def place_of(error: Exception) -> str:
    """Return where and what an error was, without its message: that may quote the record."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
