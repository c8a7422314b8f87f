"""What each government did, on any day: the one place where the rule stands.

The status of a government is what the latest live response says that concerns it, has the whole country
as its scope and sets a status. Who responded does not matter: an embassy's answer in London counts for
Britain. Latest is by the day from which a response counts, then by its order within that day, then by
the order of first publication (a corrected typing error makes no response later).

A response counts on a day from `counts_from` on. One without it is never counted by date; without a day
asked for there is no cut by date, and it stands before all others. So nothing changes at midnight.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from django.conf import settings

from casetracker.public.labels import NO_STATUS, status_words
from casetracker.public.models import OPEN_START, ResponseDocument
from casetracker.public.models.base import VersionedQuerySet

Reason = Literal["", "no_response", "responded", "accused_state"]

LATEST_FIRST = ("-counts_from", "-order_in_day", "-number")

# They speak for no government, whatever country they are in.
_NO_GOVERNMENT = frozenset({"operator", "press", "private_party"})


@dataclass(frozen=True)
class Status:
    """A government's response status. Either `value` or `reason` is set; `label` says both in words.

    `since` is the day from which the first response of the unbroken run with this value and basis
    counts; None if its day is not known. `set_by` is the reference of the response that sets the status.
    """

    value: str = ""
    basis: str = ""
    label: str = ""
    since: dt.date | None = None
    set_by: str = ""
    activity_continues: bool = False
    reason: Reason = ""


def without(reason: Reason) -> Status:
    """Return a status without a value, and why."""
    return Status(reason=reason, label=NO_STATUS[reason])


NO_RESPONSE = without("no_response")


class _Act(NamedTuple):
    """The columns of a response that the rule uses."""

    concerns: str
    responder: str
    level: str
    scope: str
    sets_status: str
    basis: str
    activity_continues: bool
    counts_from: dt.date
    reference: str

    @property
    def decides(self) -> bool:
        """Whether it sets the status of the government that it concerns."""
        return self.scope == "country" and bool(self.sets_status)

    @property
    def is_own(self) -> bool:
        """Whether the government that it concerns has responded itself."""
        return self.responder == self.concerns and self.level not in _NO_GOVERNMENT


def status_of(government: str, on: dt.date | None = None) -> Status:
    """Return the status of one government: now, or as it counts on a day. One query at most."""
    if government == settings.ACCUSED_STATE:
        return without("accused_state")
    acts = _acts(on).filter(concerns=government).order_by(*LATEST_FIRST)
    return _status(_read(acts))


def statuses(on: dt.date | None = None) -> dict[str, Status]:
    """Return the status of every government that a live response concerns, by code. One query.

    The accused state is left out; governments that are missing have `NO_RESPONSE`.
    """
    acts = _acts(on).exclude(concerns__in=["", settings.ACCUSED_STATE]).order_by("-concerns", *LATEST_FIRST)
    by_government = groupby(_read(acts), key=lambda act: act.concerns)
    return {government: _status(its_acts) for government, its_acts in by_government}


def _acts(on: dt.date | None) -> VersionedQuerySet:
    live = ResponseDocument.objects.live()
    return live.filter(counts_from__gt=OPEN_START, counts_from__lte=on) if on else live


def _read(acts: VersionedQuerySet) -> Iterator[_Act]:
    return map(_Act._make, acts.values_list(*_Act._fields).iterator(chunk_size=100))


def _status(acts: Iterable[_Act]) -> Status:
    """Return the status from the acts that concern one government, latest first."""
    latest = first_of_run = None
    responded = False
    for act in acts:
        responded = responded or act.is_own
        if not act.decides:
            continue
        latest = latest or act
        if (act.sets_status, act.basis) != (latest.sets_status, latest.basis):
            break
        first_of_run = act
    if latest is None or first_of_run is None:
        return without("responded") if responded else NO_RESPONSE
    return Status(
        value=latest.sets_status,
        basis=latest.basis,
        label=status_words(latest.sets_status, latest.basis, latest.level),
        since=None if first_of_run.counts_from == OPEN_START else first_of_run.counts_from,
        set_by=latest.reference,
        activity_continues=latest.activity_continues,
    )
