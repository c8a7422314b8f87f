"""People, what happened to their accounts, and how a lost second factor is replaced."""

from casetracker.accounts.models.events import AccountEvent
from casetracker.accounts.models.recovery import FactorRecovery
from casetracker.accounts.models.user import User, UserManager

__all__ = ["AccountEvent", "FactorRecovery", "User", "UserManager"]
