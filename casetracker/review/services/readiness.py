"""What keeps approved records from going out. It is asked by plans and by the door itself, and writes nothing."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casetracker.accounts.models import User
from casetracker.core.errors import ChangedMeanwhile, DomainError, WrongState
from casetracker.review import policies
from casetracker.review.choices import Action, PublicStatus
from casetracker.review.content import content_digest
from casetracker.review.kinds import Content
from casetracker.review.models import Record, Release, ReleaseMember
from casetracker.review.references import Known, known_of, linked_records
from casetracker.review.services.base import require_none
from casetracker.review.services.releases import pending_releases_of
from casetracker.review.services.reviewing import private_term_problems

_HIDDEN_LINK = gettext_lazy(
    "It links to “%(record)s”, which is not published: publish that first or together, or take out the link."
)
_MERGED_LINK = gettext_lazy("It links to “%(record)s”, which is merged into “%(target)s”: link to that instead.")


def refusals_of_publication(
    records: Iterable[Record],
    going_out: Mapping[UUID, Content],
    *,
    by: User,
    note: str = "",
    release: Release | None = None,
) -> dict[UUID, DomainError]:
    """Return what forbids the publication of each of these records now, where anything does.

    `going_out` has the contents of all that are to be published together, by record; `release` is the
    release that they go out with.
    """
    asked, known = list(records), known_of(going_out.values())
    found: dict[UUID, DomainError] = {}
    members = pending_releases_of(asked)
    for record in asked:
        try:
            _check_ready(record, going_out, known, by, note)
            _check_no_embargo(members.get(record.pk), release)
        except DomainError as error:
            found[record.pk] = error
    return found


def embargoed(release: Release) -> WrongState:
    """Return the error for what waits in a release until its time has come."""
    return WrongState(
        _(
            "It is in the release “%(release)s”, which is scheduled for %(time)s UTC: nothing of it goes out before. "
            "To publish it now, take back the schedule of that release first."
        )
        % {"release": release.title, "time": f"{release.embargo_until:%Y-%m-%d %H:%M}"}
    )


def _check_no_embargo(member: ReleaseMember | None, going_with: Release | None) -> None:
    if member and member.release.is_scheduled and member.release != going_with:
        raise embargoed(member.release)


def _check_ready(record: Record, contents: Mapping[UUID, Content], known: Known, by: User, note: str) -> None:
    content = contents[record.pk]
    policies.check(record, Action.PUBLISH, by)
    if content_digest(record, content) != record.approved_digest:
        raise ChangedMeanwhile(
            _("A source of it was changed since it was approved. Return it, so that it is checked again.")
        )
    terms = private_term_problems(record, content, note, going_out=contents.values(), known=known)
    require_none([*terms, *_links_not_public(content, going_out=contents)])


def _links_not_public(content: Content, going_out: Collection[UUID]) -> list[str]:
    others = [key for key in linked_records(content) if UUID(key) not in going_out]
    return [
        (_MERGED_LINK if record.merged_into else _HIDDEN_LINK) % {"record": record.label, "target": record.merged_into}
        for record in Record.objects.filter(pk__in=others).select_related("merged_into")
        if record.public_status != PublicStatus.LIVE or record.merged_into_id in going_out
    ]
