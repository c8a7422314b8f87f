"""Make the first administrator: `manage.py create_first_administrator NAME`, once, on the server."""

import getpass
from argparse import ArgumentParser
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError

from casetracker.accounts.services import create_first_administrator, invitation_path
from casetracker.core.errors import DomainError
from casetracker.core.management.guarded import GuardedCommand


class Command(GuardedCommand):
    """Print the link with which the first administrator sets a password, or ask for the password."""

    help = "Make the first administrator of a site, who invites all others. Refused once there is one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add who it is, and how they get their password."""
        parser.add_argument("username", help="the name to sign in with")
        parser.add_argument("--name", default="", help="the name that colleagues see")
        parser.add_argument("--email", default="", help="for links and warnings")
        parser.add_argument("--password", action="store_true", help="ask for a password instead of printing a link")

    def handle(self, *args: Any, username: str, name: str, email: str, password: bool, **options: Any) -> None:
        """Exit with an error, and make nobody, if there is an administrator or the password is too weak."""
        try:
            person = create_first_administrator(
                username, name=name, email=email, password=_typed() if password else None
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError("The database has no tables yet, or does not answer: run manage.py migrate.") from error
        self.stdout.write(f"{username} is administrator. The first sign-in leads to a second factor.")
        if not password:
            hours = settings.PASSWORD_RESET_TIMEOUT // 3600
            link = urljoin(settings.DESK_URL or "https://YOUR-SITE/", invitation_path(person))
            self.stdout.write(f"Set the password here, once, within {hours} hours; show the link to nobody:\n{link}")


def _typed() -> str:
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise CommandError("They are not the same. Nobody was made.")
    return password
