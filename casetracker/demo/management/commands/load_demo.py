"""Load the reference data into the demonstration."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from casetracker.accounts.models import User
from casetracker.core.management.guarded import GuardedCommand
from casetracker.demo.desk import Desk
from casetracker.demo.loader import load_reference_data
from casetracker.demo.team import PASSWORD, existing_accounts
from casetracker.review.choices import State
from casetracker.review.models import Record


class Command(GuardedCommand):
    """Load the reference data once, and say who can sign in."""

    help = "Load the reference data into an empty database, and print the accounts. For demo settings only."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load, unless there are records already. Raises `CommandError` where it could be a real site."""
        if not settings.DEMO:
            raise CommandError(
                "The demonstration has accounts whose password is public. It is loaded under demo settings only."
            )
        if User.objects.exists() and not existing_accounts():
            raise CommandError(
                "This database has accounts, and none of the demonstration: it looks like a real site's. "
                "Name another one in DATABASE_URL or CASETRACKER_DATA."
            )
        desk = load_reference_data()
        if desk is None:
            self.stdout.write("There are records already; the reference data is not loaded again.")
        else:
            self._summarise(desk)
        self._print_accounts()

    def _summarise(self, desk: Desk) -> None:
        live = Record.objects.live()
        published = {name: live.filter(kind=name).count() for name in ("station", "response", "claim", "agreement")}
        waiting = [f"{Record.objects.filter(state=state).count()} {state.label}" for state in _QUEUES]
        self.stdout.write(
            f"Loaded: {len(desk.sources)} sources; {published['station']} stations, {published['response']} responses, "
            f"{published['claim']} claims and {published['agreement']} agreements published; "
            f"on the desk {', '.join(waiting)}."
        )
        for key, reason in desk.refused.items():
            self.stdout.write(f"  not published: {desk.records[key]} ({key}). {reason}")

    def _print_accounts(self) -> None:
        accounts = existing_accounts()
        if accounts:
            self.stdout.write(f"Accounts of the demonstration, all with the password {PASSWORD}")
        for account in accounts:
            cleared = ", cleared for confidential sources" if account.is_cleared else ""
            self.stdout.write(f"  {account.username:<14} {account.role.label}{cleared}")


_QUEUES = (State.DRAFT, State.SUBMITTED, State.VERIFIED, State.APPROVED)
