"""The one way to change accounts, sessions and second factors."""

from casetracker.accounts.services.accounts import invite, save_account
from casetracker.accounts.services.events import clear_log, note
from casetracker.accounts.services.first import create_first_administrator, invitation_path
from casetracker.accounts.services.own import choose_language
from casetracker.accounts.services.recovery import agree_to_recovery, drop_recovery, propose_recovery
from casetracker.accounts.services.sessions import end_other_sessions, end_session, end_sessions_of

__all__ = [
    "agree_to_recovery",
    "choose_language",
    "clear_log",
    "create_first_administrator",
    "drop_recovery",
    "end_other_sessions",
    "end_session",
    "end_sessions_of",
    "invitation_path",
    "invite",
    "note",
    "propose_recovery",
    "save_account",
]
