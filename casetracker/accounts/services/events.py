"""Writing the sign-in log, and telling people by e-mail what they should know at once."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from casetracker.accounts.choices import EventKind
from casetracker.accounts.models import AccountEvent, User
from casetracker.accounts.origin import Origin, origin_of
from casetracker.accounts.tasks import tell_of

# Whoever guesses passwords fills one row an hour for each address, and not the disk.
_COUNTED = frozenset({EventKind.FAILED, EventKind.FAILED_FACTOR, EventKind.FAILED_CONFIRMATION})
_COUNTED_FOR = dt.timedelta(hours=1)
# Who did not do this themselves has to act at once.
_TOLD = frozenset(
    {
        EventKind.FAILED_FACTOR,
        EventKind.PASSWORD_CHANGED,
        EventKind.FACTOR_ADDED,
        EventKind.FACTOR_REMOVED,
        EventKind.RECOVERY_PROPOSED,
        EventKind.RECOVERED,
    }
)
_NOWHERE = Origin(None, "", "")


@transaction.atomic
def note(
    kind: EventKind,
    *,
    person: User | None,
    by: User | None,
    request: HttpRequest | None = None,
    factors: Iterable[str] = (),
) -> AccountEvent:
    """Write down what happened to an account; `person` is None where a name was typed that is nobody's.

    From where is noted for what the person does themselves. Failures are counted by the hour.
    """
    origin = origin_of(request) if request is not None and by in (None, person) else _NOWHERE
    if kind in _COUNTED and (same := _counted(kind, person, origin)):
        return same
    is_new = kind == EventKind.SIGNED_IN and not _is_known(person, origin)
    event = AccountEvent(
        kind=kind,
        person=person,
        by=None if by == person else by,
        factors=" ".join(dict.fromkeys(factors)),
        address=origin.address,
        network=origin.network,
        device=origin.device,
        is_new_device=is_new,
    )
    event.full_clean()
    event.save()
    if person and person.email and (is_new or kind in _TOLD):
        tell_of.enqueue(event.pk)
    if kind == EventKind.SIGNED_IN:
        clear_log()
    return event


def clear_log() -> int:
    """Delete what is older than the site keeps it; return how many events these were."""
    deleted, _by_model = AccountEvent.objects.outdated().delete()
    return deleted


def _is_known(person: User | None, origin: Origin) -> bool:
    known = AccountEvent.objects.sign_ins_from(person=person, network=origin.network, device=origin.device)
    return known.exists()


def _counted(kind: EventKind, person: User | None, origin: Origin) -> AccountEvent | None:
    now = timezone.now()
    same = AccountEvent.objects.filter(
        kind=kind, person=person, address=origin.address, at__gte=now - _COUNTED_FOR
    ).first()
    if same:
        AccountEvent.objects.filter(pk=same.pk).update(times=F("times") + 1)
    return same
