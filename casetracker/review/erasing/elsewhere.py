"""Tables that hold nothing of any version, each with its reason. A test asks for one for every new table."""

from casetracker.publication.erasers import exempt


def exempt_the_rest() -> None:
    """Say of which tables nothing is erased, and why."""
    exempt(
        "accounts, roles and sign-in: of colleagues, not of records",
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
    )
    exempt("ends within hours, and vacuum_erased takes out those that have ended", "sessions.Session")
    exempt("nothing writes into it: the decisions are the log of the desk", "admin.LogEntry")
    exempt(
        "names of tasks and codes, never a word of a record",
        "django_tasks_database.DBTaskResult",
    )
    exempt(
        "who stands behind sources that many records cite; an editor empties what must go",
        "sources.Publisher",
        "sources.HistoricalPublisher",
    )
    exempt(
        "belongs to people whom cleared colleagues protect; it is sealed, and theirs to take out",
        "sources.ConfidentialSource",
        "review.ConfidentialEvent",
    )
    exempt(
        "who did something to which record and when, in codes and hashes",
        "review.Participation",
        "review.Notice",
        "review.FileExport",
        "review.ListExport",
        "review.ReleaseMember",
        "review.LegalEvent",
    )
    exempt("names of columns in spreadsheets", "review.ImportMapping")
    exempt("the erasure itself: the words to look for are gone once it is carried out", "review.ErasureRequest")
    exempt(
        "the request that demanded it: proof that it was answered, taken out by forget_request once that is not needed",
        "review.LegalRequest",
        "review.LegalRequest_records",
    )
