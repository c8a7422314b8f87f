"""Settings, keys and the mail server."""

import smtplib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.mail import get_connection
from django.db import DEFAULT_DB_ALIAS

from casetracker.operations.doctor.findings import Asked, Finding, fail, ok, warn

_KEY_FILES = ("CONFIDENTIAL_KEYS_FILE", "CHECKPOINT_KEY_FILE")
_OTHERS = 0o077


def check_settings(_asked: Asked) -> Iterator[Finding]:
    """Ask all of Django's and our own checks of settings, and what only a real site must have."""
    if settings.DEMO:
        yield fail(
            "These are the settings of the demonstration, whose keys and passwords everybody knows.",
            "Set DJANGO_SETTINGS_MODULE=casetracker.settings.production.",
        )
    yield from _asked_of_django(None)
    if not settings.DESK_URL:
        yield warn(
            "E-mails name no address of the desk.",
            "Set DESK_URL, for example https://cases.example.org/desk/.",
        )


def check_database(_asked: Asked) -> Iterator[Finding]:
    """Ask the checks that look into the database: the triggers of the log, and keys of sealed rows."""
    yield from _asked_of_django([DEFAULT_DB_ALIAS])


def _asked_of_django(databases: list[str] | None) -> Iterator[Finding]:
    """Ask the checks with a database, or all others."""
    tags = [checks.Tags.database] if databases else None
    messages = checks.run_checks(tags=tags, databases=databases, include_deployment_checks=not databases)
    told = [message for message in messages if not message.is_silenced() and message.level >= checks.WARNING]
    for message in told:
        found = fail if message.level >= checks.ERROR else warn
        yield found(f"{message.msg} ({message.id})", message.hint or "See the documentation of Django for this code.")
    if not told:
        what = "Triggers and sealed rows are what they should be" if databases else "Nothing is wrong with the settings"
        yield ok(f"{what}.")


def check_key_files(_asked: Asked) -> Iterator[Finding]:
    """See that no one else on the machine reads the files with keys."""
    for name in _KEY_FILES:
        file = getattr(settings, name)
        if not file:
            continue
        try:
            mode = Path(file).stat().st_mode
            Path(file).read_bytes()
        except OSError as error:
            yield fail(f"The file that {name} names cannot be read ({error.strerror}).", "Put it back, or its rights.")
            continue
        if mode & _OTHERS:
            yield fail(f"Others on this machine may read the keys of {name}.", f"chmod 600 {file}")
        else:
            yield ok(f"{name} is for one user alone.")


def check_mail(_asked: Asked) -> Iterator[Finding]:
    """See that the mail server answers."""
    connection = get_connection()
    try:
        connection.open()
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        yield fail(
            f"The mail server does not answer ({type(error).__name__}): nobody gets an invitation, or a warning.",
            "See that EMAIL_URL is right, and that the server lets this machine in.",
        )
    else:
        yield ok("The mail server answers.")
