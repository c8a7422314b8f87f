"""Writing publishers, with an eye on the records that cite their sources."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import ChangedMeanwhile, InvalidContent, NotAllowed
from casetracker.review import policies
from casetracker.review.choices import State
from casetracker.review.models import Record
from casetracker.review.services.sources import edit_source, lock_in_order, note_change_of_evidence
from casetracker.sources.models import Publisher, Source
from casetracker.sources.publisher_services import create_publisher, update_publisher


@transaction.atomic
def log_publisher(*, fields: Mapping[str, Any], by: User) -> Publisher:
    """Log a publisher that sources can name. Sources that are logged already are linked by `link_sources`."""
    _require_role(by)
    return create_publisher(fields=fields, by=by)


@transaction.atomic
def edit_publisher(publisher_id: UUID, *, fields: Mapping[str, Any], by: User, lock_version: int) -> Publisher:
    """Change a publisher.

    What is public of it (its country, and who controls it) stands in every record that cites a source of it: a
    change of that is a change of these records, as in `edit_source`, with the same refusals.
    """
    _require_role(by)
    before = Publisher.objects.get(pk=publisher_id)
    is_public = any(
        getattr(before, name) != fields.get(name, getattr(before, name)) for name in Publisher.public_fields
    )
    touched = lock_in_order(_citing(publisher_id) if is_public else set())
    publisher = update_publisher(publisher_id, fields=fields, by=by, lock_version=lock_version)
    if is_public and _citing(publisher_id) - {record.pk for record in touched}:
        raise ChangedMeanwhile(_("Somebody began to cite a source of it at this moment. Make your change again."))
    for record in touched:
        note_change_of_evidence(record, by, comment=f"Changed the publisher {publisher}")
    return publisher


@transaction.atomic
def link_sources(publisher_id: UUID, seen: Iterable[tuple[UUID, int]], *, by: User) -> int:
    """Say of sources that this publisher stands behind them; return how many. `seen` has each with its version.

    Each is an edit of the source, with all that follows from one.
    """
    _require_role(by)
    publisher = Publisher.objects.get(pk=publisher_id)
    chosen = sorted(seen)
    if not chosen:
        raise InvalidContent(_("Choose at least one source."))
    keys = [source_id for source_id, _lock_version in chosen]
    if Source.objects.filter(pk__in=keys).count() != len(keys):
        raise InvalidContent(_("One of the sources is not there. Reload the page."))
    # All records before any source: whoever edits several of both locks them in this order.
    lock_in_order(set(Record.objects.citing(keys).exclude(state=State.DISCARDED).values_list("pk", flat=True)))
    for source_id, lock_version in chosen:
        edit_source(source_id, fields={"published_by": publisher}, by=by, lock_version=lock_version)
    return len(chosen)


def _citing(publisher_id: UUID) -> set[UUID]:
    sources = Source.objects.filter(published_by=publisher_id).values_list("pk", flat=True)
    # What was discarded stays in the files as it was decided on.
    return set(Record.objects.citing(sources).exclude(state=State.DISCARDED).values_list("pk", flat=True))


def _require_role(by: User) -> None:
    if not policies.may_log(by):
        raise NotAllowed(_("Only researchers and editors write publishers. Ask an administrator for the role."))
