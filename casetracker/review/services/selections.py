"""Acts on several records at once: what each would meet, and then all or none.

A plan asks the guards that the act itself asks, and writes nothing: no lock, no number, no decision. Acting on
a selection takes what the plan showed, those left out too: if any of them was changed meanwhile, nothing is done.
"""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import ChangedMeanwhile, DomainError
from casetracker.publication.log import lock_head
from casetracker.publication.models import LogEntry
from casetracker.review.collected import collect_contents
from casetracker.review.models import Record
from casetracker.review.references import linked_records
from casetracker.review.services.base import last_decision_on, require_none
from casetracker.review.services.editing import assign_record, check_assignment
from casetracker.review.services.pending import lock_all
from casetracker.review.services.publishing import publish_records
from casetracker.review.services.readiness import refusals_of_publication
from casetracker.review.services.reviewing import check_submission, submit_record

Seen = tuple[UUID, int]  # A record and the lock version that somebody looked at.
Refusals = dict[UUID, DomainError]


# --- Plans ----------------------------------------------------------------------


def plan_submission(records: Iterable[Record], *, by: User) -> Refusals:
    """Return what forbids submitting each of the records, where anything does."""
    return _refusals(records, lambda record: check_submission(record, by=by))


def plan_assignment(records: Iterable[Record], *, to: User | None, by: User) -> Refusals:
    """Return what forbids assigning each of the records, where anything does."""
    return _refusals(records, lambda record: check_assignment(record, to=to, by=by))


def plan_publication(records: Sequence[Record], *, by: User) -> Refusals:
    """Return what forbids publishing each of the records together with those that can be, where anything does.

    Records that go out together may link to each other. One that is refused may so hold others back.
    """
    contents = collect_contents(records)
    refused: Refusals = {}
    asked = list(records)
    while asked:
        found = refusals_of_publication(asked, contents.without(refused), by=by)
        refused |= found
        held_back = {str(key) for key in found}
        # What a guard says depends on the record itself and on those it links to.
        asked = [
            record
            for record in records
            if record.pk not in refused and not held_back.isdisjoint(linked_records(contents[record.pk]))
        ]
    return refused


def _refusals(records: Iterable[Record], guard: Callable[[Record], object]) -> Refusals:
    refused: Refusals = {}
    for record in records:
        try:
            guard(record)
        except DomainError as refusal:
            refused[record.pk] = refusal
    return refused


# --- Acts -----------------------------------------------------------------------


@transaction.atomic
def submit_selection(records: Sequence[Seen], *, by: User, left_out: Sequence[Seen] = ()) -> list[Record]:
    """Submit all of the records or none.

    `left_out` are those that the plan refused. Raises `ChangedMeanwhile` or `InvalidContent`, naming each record.
    """
    _require_unchanged([*records, *left_out])
    return _each(records, lambda key, version: submit_record(key, by=by, lock_version=version))


@transaction.atomic
def assign_selection(
    records: Sequence[Seen], *, to: User | None, by: User, left_out: Sequence[Seen] = ()
) -> list[Record]:
    """Assign all of the records to somebody, or to nobody, or leave all as they are. As `submit_selection`."""
    _require_unchanged([*records, *left_out])
    return _each(records, lambda key, version: assign_record(key, to=to, by=by, lock_version=version))


@transaction.atomic
def publish_selection(
    records: Sequence[Seen], *, by: User, note: str = "", corrects: bool = False, left_out: Sequence[Seen] = ()
) -> list[LogEntry]:
    """Publish all of the records or none, as `publish_records` does, if nothing of the plan was changed meanwhile."""
    lock_head()  # Before any record: it is the first lock of whoever publishes.
    _require_unchanged([*records, *left_out])
    return publish_records(records, by=by, note=note, corrects=corrects)


def _require_unchanged(seen: Iterable[Seen]) -> None:
    """Lock the records, in the order of everybody who locks several, and see that they are as they were shown."""
    looked_at = sorted(seen)
    locked = lock_all(key for key, _version in looked_at)
    changed = [_who_changed(locked[key]) for key, version in looked_at if locked[key].lock_version != version]
    if changed:
        raise ChangedMeanwhile("\n".join(changed))


def _who_changed(record: Record) -> str:
    last = last_decision_on(record)
    if last is None:
        return _("“%(record)s” was changed meanwhile.") % {"record": record}
    return _("“%(record)s” was changed meanwhile by %(person)s (%(action)s, %(time)s UTC).") % {
        "record": record,
        "person": last.person,
        "action": last.get_action_display(),
        "time": last.at.strftime("%H:%M:%S"),
    }


def _each(records: Iterable[Seen], act: Callable[[UUID, int], Record]) -> list[Record]:
    done, problems = [], []
    for key, version in sorted(records):
        try:
            done.append(act(key, version))
        except DomainError as refusal:
            problems.append(f"{Record.objects.get(pk=key)}: {refusal}")
    require_none(problems)
    return done
