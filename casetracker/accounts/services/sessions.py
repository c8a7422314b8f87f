"""Where people are signed in, and ending that."""

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from casetracker.accounts.choices import EventKind
from casetracker.accounts.models import User
from casetracker.accounts.policies import may_keep
from casetracker.accounts.services.events import note
from casetracker.core.errors import NotAllowed


@transaction.atomic
def end_session(session_id: int, *, by: User) -> User:
    """Sign somebody out in one place: oneself, or anybody if one keeps accounts. Return whom.

    Raises `UserSession.DoesNotExist`, also for a session of which this person may not know.
    """
    session = UserSession.objects.select_related("user").get(pk=session_id)
    if session.user != by and not may_keep(session.user, by):
        raise UserSession.DoesNotExist
    session.end()
    note(EventKind.ENDED, person=session.user, by=by)
    return session.user


def end_other_sessions(*, by: User, this: str) -> int:
    """Sign a person out everywhere but in the session with this key; return in how many places."""
    return _end(by, by=by, but=this)


def end_sessions_of(person: User, *, by: User) -> int:
    """Sign a person out everywhere; return in how many places. Raises `NotAllowed`."""
    if person != by and not may_keep(person, by):
        raise NotAllowed(_("Only an administrator signs others out."))
    return _end(person, by=by)


@transaction.atomic
def end_all(person: User, *, by: User) -> int:
    """Sign a person out everywhere, because their rights changed: whoever may change these may do that."""
    return _end(person, by=by)


@transaction.atomic
def _end(person: User, *, by: User, but: str | None = None) -> int:
    sessions = list(UserSession.objects.filter(user=person).exclude(session_key=but))
    for session in sessions:
        session.end()
    if sessions:
        note(EventKind.ENDED, person=person, by=by)
    return len(sessions)
