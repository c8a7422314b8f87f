"""What keeps approved records from going out. It is asked by plans and by the door itself, and writes nothing."""

from collections.abc import Container, Iterable
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casetracker.accounts.models import User
from casetracker.core.batches import in_batches
from casetracker.core.errors import ChangedMeanwhile, DomainError, WrongState
from casetracker.review import policies
from casetracker.review.choices import Action, PublicStatus
from casetracker.review.collected import Contents
from casetracker.review.kinds import Content
from casetracker.review.models import Record, Release, ReleaseMember
from casetracker.review.public_text import surroundings_of, what_stays_private
from casetracker.review.references import linked_records
from casetracker.review.services.base import require_none
from casetracker.review.services.releases import pending_releases_of

_HIDDEN_LINK = gettext_lazy(
    "It links to “%(record)s”, which is not published: publish that first or together, or take out the link."
)
_MERGED_LINK = gettext_lazy("It links to “%(record)s”, which is merged into “%(target)s”: link to that instead.")


def refusals_of_publication(
    records: Iterable[Record], going_out: Contents, *, by: User, note: str = "", release: Release | None = None
) -> dict[UUID, DomainError]:
    """Return what forbids the publication of each of these records now, where anything does.

    `going_out` has the contents of all that are to be published together; `release` is the release that they go
    out with. A fixed number of queries for each batch of records.
    """
    found: dict[UUID, DomainError] = {}
    for some in in_batches(records):
        contents = {record.pk: going_out[record.pk] for record in some}
        around = surroundings_of(contents.values(), going_out=going_out)
        hidden, members = _hidden_links(contents.values(), going_out), pending_releases_of(some)
        for record in some:
            content = contents[record.pk]
            try:
                policies.check(record, Action.PUBLISH, by)
                _check_approved(record, going_out)
                private = what_stays_private(record, content, around, note)
                require_none([*private, *(hidden[key] for key in linked_records(content) if key in hidden)])
                _check_release(record, members.get(record.pk), release)
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


def changed_since_scheduled() -> ChangedMeanwhile:
    """Return the error for content that was approved after the release with it had been scheduled."""
    return ChangedMeanwhile(
        _("Other content was approved since the release was scheduled. Look at it, then schedule the release again.")
    )


def _check_release(record: Record, member: ReleaseMember | None, going_with: Release | None) -> None:
    if member is None:
        return
    if member.release != going_with:
        if member.release.is_scheduled:
            raise embargoed(member.release)
    elif member.scheduled_digest and member.scheduled_digest != record.approved_digest:
        raise changed_since_scheduled()


def _check_approved(record: Record, going_out: Contents) -> None:
    if going_out.digest(record) != record.approved_digest:
        raise ChangedMeanwhile(
            _("A source of it was changed since it was approved. Return it, so that it is checked again.")
        )


def _hidden_links(contents: Iterable[Content], going_out: Container[UUID]) -> dict[str, str]:
    """Return what is wrong with the records that contents link to and that readers would not find. One query."""
    linked = {UUID(key) for content in contents for key in linked_records(content)}
    others = [key for key in linked if key not in going_out]
    return {
        str(record.pk): (_MERGED_LINK if record.merged_into else _HIDDEN_LINK)
        % {"record": record.label, "target": record.merged_into}
        for record in Record.objects.filter(pk__in=others).select_related("merged_into")
        if record.public_status != PublicStatus.LIVE or record.merged_into_id in going_out
    }
