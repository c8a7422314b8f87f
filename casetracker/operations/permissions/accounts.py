"""Signing in, one's own account, and the accounts of others."""

from casetracker.operations.permissions.model import (
    EVERYBODY,
    KEEPERS_OF_ACCOUNTS,
    NOBODY,
    SIGNED_IN,
    Answer,
    Of,
    Person,
    Rule,
    each,
)

RULES = (
    Rule(
        "Sign in, and get back in",
        "GET",
        (
            *("account_login", "account_inactive", "account_reset_password", "account_reset_password_done"),
            *("account_reset_password_from_key", "account_reset_password_from_key_done"),
        ),
        EVERYBODY,
    ),
    Rule(
        "Show the second factor",
        "GET",
        ("mfa_authenticate", "mfa_login_webauthn"),
        SIGNED_IN | {Person.HALF, Person.NO_FACTOR},
    ),
    Rule(
        "Set up a second factor",
        "GET",
        ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn"),
        SIGNED_IN | {Person.NO_FACTOR},
    ),
    Rule("Sign out", "GET", ("account_logout",), SIGNED_IN | {Person.NO_FACTOR}),
    Rule(
        "One's own account, password and factors",
        "GET",
        (
            *("account_overview", "account_change_password", "mfa_view_recovery_codes"),
            *(
                "mfa_generate_recovery_codes",
                "mfa_download_recovery_codes",
                "mfa_deactivate_totp",
                "mfa_remove_webauthn",
            ),
        ),
        SIGNED_IN,
    ),
    Rule("End the other sessions of one's own", "POST", ("account_end_others",), SIGNED_IN),
    Rule("End a session", "POST", ("account_end_session",), SIGNED_IN, of=Of.OWN),
    Rule(
        "End a session",
        "POST",
        ("account_end_session",),
        KEEPERS_OF_ACCOUNTS,
        otherwise=Answer.NOT_FOUND,
        but={Person.NO_ROLE: Answer.NOT_FOUND},
        of=Of.OTHER,
    ),
    Rule(
        "Accounts and roles",
        "GET",
        (
            *each(("accounts_user",), "changelist", "add", "history", "change"),
            *each(("auth_group",), "changelist", "history", "change"),
            "account_sign_ins",
        ),
        KEEPERS_OF_ACCOUNTS,
    ),
    Rule("Add and change accounts", "POST", ("accounts_user_add", "accounts_user_change"), KEEPERS_OF_ACCOUNTS),
    Rule("End the sessions of an account, say that a factor is lost", "POST", ("account_act",), KEEPERS_OF_ACCOUNTS),
    Rule("Add or change a role", "GET", ("auth_group_add",), NOBODY),
    Rule("Add or change a role", "POST", ("auth_group_add", "auth_group_change"), NOBODY),
    Rule(
        "See who lost a factor",
        "GET",
        ("account_recoveries",),
        KEEPERS_OF_ACCOUNTS | {Person.EDITOR},
    ),
    Rule("Agree that a factor was lost", "POST", ("recovery_act",), KEEPERS_OF_ACCOUNTS | {Person.EDITOR}),
    Rule("The lists of one part of the desk", "GET", ("app_list",), KEEPERS_OF_ACCOUNTS, otherwise=Answer.NOT_FOUND),
)
