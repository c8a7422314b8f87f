"""What the public reads as still so, although nobody has looked for long: by the same rule as the public status."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from casetracker.places.countries import name_of
from casetracker.public.models import OPEN_END, OPEN_START, ResponseDocument
from casetracker.public.status import Status, statuses
from casetracker.review.choices import PublicStatus, State
from casetracker.review.models import Record

_DAYS_OF_A_MONTH = 30.44
# Closures that still lack a confirmation.
_UNCONFIRMED = ("ordered", "claimed")
_NEGATIVE = ("no_action",)


@dataclass(frozen=True)
class Due:
    """One live record to look at again: why, and the last day on which it was known to be so."""

    record: UUID
    why: str
    last_known: dt.date | None


class _Reason(NamedTuple):
    why: str
    last_known: dt.date | None


def months_until_another_look() -> int:
    """Return for how many months a fact stands without another look."""
    months: int = settings.LOOK_AGAIN_MONTHS
    return months


def due_for_another_look() -> list[Due]:
    """Return what is due, longest unknown first: a handful of queries, whatever the number of records.

    A status “no action”, or a closure that was only ordered or claimed, is due by the day that last
    confirmed it; every other negative fact by the day on which it was last known true. What is being
    revised already is not due.
    """
    limit = timezone.now().date() - dt.timedelta(days=round(months_until_another_look() * _DAYS_OF_A_MONTH))
    reasons = {reference: reason for reference, reason in _reasons() if _is_before(reason.last_known, limit)}
    records = Record.objects.filter(
        reference__in=reasons, state=State.IDLE, public_status=PublicStatus.LIVE
    ).values_list("reference", "pk")
    found = [Due(key, *reasons[str(reference)]) for reference, key in records]
    return sorted(found, key=lambda due: (due.last_known or OPEN_START, due.record))


def _is_before(last_known: dt.date | None, limit: dt.date) -> bool:
    return last_known is None or last_known < limit


def _reasons() -> Iterator[tuple[str, _Reason]]:
    # A fact that sets a status is told by the status that stands: what was overtaken needs no look.
    facts = ResponseDocument.objects.live().filter(sets_status="", last_known_true_latest__isnull=False)
    known = facts.exclude(Q(last_known_true_latest=OPEN_END)).values_list("reference", "last_known_true_latest")
    for reference, last_known in known:
        yield reference, _Reason(_("A negative fact."), last_known)
    for government, status in statuses().items():
        if status.set_by and _stays_open(status):
            yield (
                status.set_by,
                _Reason(
                    _("%(government)s: %(status)s.")
                    % {
                        "government": name_of(government),
                        "status": gettext(status.label),
                    },
                    status.last_confirmed,
                ),
            )


def _stays_open(status: Status) -> bool:
    return status.value in _NEGATIVE or (status.value == "closed" and status.basis in _UNCONFIRMED)
