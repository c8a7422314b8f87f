"""Tables that hold nothing of any version, each with its reason. A test asks for one for every new table."""

from casetracker.publication.erasers import exempt

_REASONS = {
    "accounts, roles and sign-in: of colleagues, not of records": (
        "accounts.User",
        "accounts.User_groups",
        "accounts.User_user_permissions",
        "accounts.AccountEvent",
        "accounts.FactorRecovery",
        "auth.Group",
        "auth.Group_permissions",
        "auth.Permission",
        "account.EmailAddress",
        "account.EmailConfirmation",
        "mfa.Authenticator",
        "usersessions.UserSession",
        "axes.AccessAttempt",
        "axes.AccessAttemptExpiration",
        "axes.AccessFailureLog",
        "axes.AccessLog",
        "contenttypes.ContentType",
    ),
    "ends within hours, and vacuum_erased takes out those that have ended": ("sessions.Session",),
    "nothing writes into it: the decisions are the log of the desk": ("admin.LogEntry",),
    "names of tasks and codes, never a word of a record": ("django_tasks_database.DBTaskResult",),
    "who stands behind sources that many records cite; an editor empties what must go": (
        "sources.Publisher",
        "sources.HistoricalPublisher",
    ),
    "belongs to people whom cleared colleagues protect; it is sealed, and theirs to take out": (
        "sources.ConfidentialSource",
        "review.ConfidentialEvent",
    ),
    "who did something to which record and when, in codes and hashes": (
        "review.Participation",
        "review.Notice",
        "review.FileExport",
        "review.ListExport",
        "review.ReleaseMember",
        "review.LegalEvent",
    ),
    "names of columns in spreadsheets": ("review.ImportMapping",),
    "the request that demanded it: proof of the answer, emptied by forget_request once that is not needed": (
        "review.LegalRequest",
        "review.LegalRequest_records",
    ),
}


def exempt_the_rest() -> None:
    """Say of which tables nothing is erased, and why."""
    for reason, labels in _REASONS.items():
        exempt(reason, *labels)
