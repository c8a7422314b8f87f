"""Writing sources, with an eye on the records that cite them."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby, pairwise
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import ChangedMeanwhile, NotAllowed
from casetracker.review import policies
from casetracker.review.choices import Action, ConfidentialAct, ParticipationRole, State
from casetracker.review.models import ConfidentialCitation, ConfidentialEvent, Record
from casetracker.review.models.record import IN_WORK
from casetracker.review.services.base import note_change_elsewhere, participate
from casetracker.sources.models import Publisher, Source
from casetracker.sources.origins import line_of
from casetracker.sources.services import EDITABLE_FIELDS, create_source, update_source

_PRIVATE = frozenset({"notes", "reliability"})
_GRAPH = frozenset({"derived_from", "type"})


@transaction.atomic
def log_source(*, fields: Mapping[str, Any], by: User, source_id: UUID | None = None) -> Source:
    """Log a source that records can cite; under an identity that is known before, where others refer to it already."""
    _require_role(by)
    return create_source(fields=fields, by=by, source_id=source_id)


@transaction.atomic
def edit_source(source_id: UUID, *, fields: Mapping[str, Any], by: User, lock_version: int) -> Source:
    """Change a source.

    What is published stays as it is: live records that cite the source are flagged for revision. In
    records that are being worked on, `by` becomes an author, because their content changes; what was
    verified or approved with the old words must be returned and checked again. Raises `NotAllowed` if
    `by` reviews one of them, and `ChangedMeanwhile` if somebody began to cite the source at that moment.
    """
    _require_role(by)
    before = Source.objects.get(pk=source_id)
    changed = {name for name, value in fields.items() if getattr(before, name) != value} - _PRIVATE
    # Records are locked before sources, as in every other service; so more of them may cite it by now.
    touched = lock_in_order(_citing_records(source_id, changed))
    source = update_source(source_id, fields=fields, by=by, lock_version=lock_version)
    if _citing_records(source_id, changed) - {record.pk for record in touched}:
        raise ChangedMeanwhile(_("Somebody began to cite this source at this moment. Make your change again."))
    for record in touched:
        note_change_of_evidence(record, by, comment=f"Changed the source {source}")
    return source


def _require_role(by: User) -> None:
    if not policies.may_log(by):
        raise NotAllowed(_("Only researchers and editors write sources. Ask an administrator for the role."))


def _citing_records(source_id: UUID, changed: set[str]) -> set[UUID]:
    """Return the records whose content changes with these fields of a source."""
    if not changed:
        return set()
    sources = {source_id}
    if changed & _GRAPH:
        sources |= _descendants(source_id)
    # What was discarded stays in the files as it was decided on.
    return set(Record.objects.citing(sources).exclude(state=State.DISCARDED).values_list("pk", flat=True))


def lock_in_order(records: set[UUID]) -> list[Record]:
    """Lock records for this transaction, always in the same order."""
    return list(Record.objects.filter(pk__in=records).order_by("pk").select_for_update())


def _descendants(source_id: UUID) -> set[UUID]:
    found: set[UUID] = set()
    latest = {source_id}
    while latest:
        latest = set(Source.objects.filter(derived_from__in=latest).values_list("pk", flat=True)) - found
        found |= latest
    return found


def writers_of_sources(record: Record) -> Collection[User]:
    """Return everybody who changed what a published record says of its sources since it was last published.

    Each of them is an author of what it says now, whether the record was idle then or under a revision that
    was abandoned: abandoning does not take the words of shared sources back.
    """
    since = record.decisions.filter(action=Action.PUBLISH).latest("id").at
    cited = set(record.citations.values_list("source", flat=True))
    above = {ancestor for source in cited for ancestor in line_of(source)} - cited
    behind = set(Source.objects.filter(pk__in=cited, published_by__isnull=False).values_list("published_by", flat=True))
    people = {
        *_changed_by(Source, cited, EDITABLE_FIELDS - _PRIVATE, since),
        *_changed_by(Source, above, _GRAPH, since),
        *_changed_by(Publisher, behind, Publisher.public_fields, since),
        *_who_changed_shown_ones(record, since),
    }
    return User.objects.filter(pk__in=people)


def _who_changed_shown_ones(record: Record, since: dt.datetime) -> Iterator[int]:
    """Yield who changed a confidential source of which the public reads. What else it says is nobody's to know."""
    shown = ConfidentialCitation.objects.standing().filter(record=record, shown=True).values("source")
    events = ConfidentialEvent.objects.filter(act=ConfidentialAct.CHANGED, source__in=shown, at__gt=since)
    yield from events.values_list("person_id", flat=True)


def _changed_by(model: Any, keys: Collection[UUID], fields: Collection[str], since: dt.datetime) -> Iterator[int]:
    names = [model._meta.get_field(name).attname for name in fields]
    rows = model.history.filter(id__in=keys).order_by("id", "history_date", "history_id")
    for _thing, versions in groupby(rows, key=lambda row: row.id):
        for old, new in pairwise(versions):
            if new.history_date > since and any(getattr(old, name) != getattr(new, name) for name in names):
                yield new.history_user_id


def note_change_of_evidence(record: Record, by: User, *, comment: str) -> None:
    """Note that a source of a record, or who stands behind it, was changed: `by` becomes an author of one in work.

    Raises `NotAllowed` if `by` reviews it.
    """
    if record.state in IN_WORK:
        if policies.side_of(record, by) == ParticipationRole.REVIEWER:
            raise NotAllowed(
                _("You review “%(record)s”, which cites this source. Ask a colleague to change it.")
                % {"record": record.label}
            )
        participate(record, by, ParticipationRole.AUTHOR)
    note_change_elsewhere(record, Action.EDIT, by=by, comment=comment)
