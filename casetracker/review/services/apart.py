"""Telling records apart that look alike."""

from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import InvalidContent, NotAllowed, WrongState
from casetracker.core.told_apart import ToldApart, in_order
from casetracker.review import policies
from casetracker.review.models import Distinction, Record

Pair = TypeVar("Pair", bound=ToldApart)


@transaction.atomic
def tell_apart(one: UUID, other: UUID, *, by: User, reason: str = "") -> Distinction:
    """Remember that two records are not the same, so that nobody is asked again.

    It changes neither record. Who has said so already is kept.
    """
    _require_role(by)
    records = {record.pk: record for record in Record.objects.filter(pk__in=(one, other))}
    if len(records) != 2 or records[one].kind != records[other].kind:
        raise InvalidContent(_("Choose two records of the same kind."))
    if records[one].merged_into_id == other or records[other].merged_into_id == one:
        raise WrongState(_("One of the two is to be merged into the other. Drop the merge first."))
    return remember(Distinction, one, other, by=by, reason=reason)


@transaction.atomic
def forget_distinction(one: UUID, other: UUID, *, by: User) -> None:
    """Let two records be proposed as duplicates again. It is no error if they are already."""
    _require_role(by)
    Distinction.objects.between(one, other).delete()


def remember(pairs: type[Pair], one: UUID, other: UUID, *, by: User, reason: str) -> Pair:
    """Return the row that tells two things apart: that of whoever has said so already, or a new one."""
    known: Pair | None = pairs.objects.between(one, other).first()
    if known:
        return known
    distinction = pairs(**in_order(one, other), person=by, reason=reason.strip())
    distinction.full_clean()
    distinction.save()
    return distinction


def _require_role(by: User) -> None:
    if not policies.may_log(by):
        raise NotAllowed(_("Only researchers and editors say what is the same. Ask an administrator for the role."))
