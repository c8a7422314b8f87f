"""Replacing a second factor that was lost: an act of two people."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casetracker.accounts.choices import EventKind
from casetracker.accounts.models import FactorRecovery, User
from casetracker.accounts.models.recovery import RECOVERY_LASTS
from casetracker.accounts.policies import may_agree, may_drop, may_keep_accounts
from casetracker.accounts.services.events import note
from casetracker.accounts.services.sessions import end_all
from casetracker.core.errors import ChangedMeanwhile, InvalidContent, NotAllowed


@transaction.atomic
def propose_recovery(person: User, *, reason: str, by: User) -> FactorRecovery:
    """Propose that somebody's second factors are taken away. They are told by e-mail, in case it was not their wish.

    Raises `NotAllowed`, and `InvalidContent` if there is nothing to take away or it is proposed already.
    """
    if not may_keep_accounts(by):
        raise NotAllowed(_("Only an administrator proposes this. Ask one."))
    if not Authenticator.objects.filter(user=person).exists():
        raise InvalidContent(_("This person has no second factor."))
    _close_outdated(person)
    recovery = FactorRecovery(person=person, reason=reason, proposed_by=by)
    try:
        recovery.full_clean()
        with transaction.atomic():
            recovery.save()
    except (ValidationError, IntegrityError) as error:
        if FactorRecovery.objects.filter(person=person).waiting().exists():
            raise InvalidContent(_("It is proposed already, and waits for a second colleague.")) from error
        messages = getattr(error, "messages", [])
        raise InvalidContent("\n".join(messages), field_errors=getattr(error, "message_dict", {})) from error
    note(EventKind.RECOVERY_PROPOSED, person=person, by=by)
    return recovery


@transaction.atomic
def agree_to_recovery(recovery_id: int, *, by: User) -> FactorRecovery:
    """Take the second factors away, as the second of two people. The person signs in with the password alone once,
    and is made to set up new ones before anything else.

    Raises `NotAllowed`, and `ChangedMeanwhile` if it is closed or too old.
    """
    recovery = _locked(recovery_id)
    if not may_agree(recovery, by):
        raise NotAllowed(_("Another administrator or an editor must agree: not who proposed it, nor whom it is about."))
    _close(recovery, by=by, is_agreed=True)
    Authenticator.objects.filter(user=recovery.person).delete()
    end_all(recovery.person, by=by)
    note(EventKind.RECOVERED, person=recovery.person, by=by)
    return recovery


@transaction.atomic
def drop_recovery(recovery_id: int, *, by: User) -> FactorRecovery:
    """Say no to a proposal, or take it back. Raises `NotAllowed` and `ChangedMeanwhile`."""
    recovery = _locked(recovery_id)
    if not may_drop(recovery, by):
        raise NotAllowed(_("Only those who could agree, and who proposed it, can drop it."))
    _close(recovery, by=by, is_agreed=False)
    return recovery


def _locked(recovery_id: int) -> FactorRecovery:
    recovery = FactorRecovery.objects.select_for_update().filter(pk=recovery_id).waiting().first()
    if recovery is None:
        raise ChangedMeanwhile(_("This proposal is closed, or older than a day. Propose it again if need be."))
    return recovery


def _close(recovery: FactorRecovery, *, by: User, is_agreed: bool) -> None:
    recovery.closed_by, recovery.closed_at, recovery.is_agreed = by, timezone.now(), is_agreed
    recovery.full_clean()
    recovery.save()


def _close_outdated(person: User) -> None:
    outdated = FactorRecovery.objects.filter(
        person=person, closed_at=None, proposed_at__lt=timezone.now() - RECOVERY_LASTS
    )
    for recovery in outdated:
        _close(recovery, by=recovery.proposed_by, is_agreed=False)
