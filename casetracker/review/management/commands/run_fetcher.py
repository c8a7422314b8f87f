"""Fetch what is ordered: `manage.py run_fetcher`, a process of its own beside the worker."""

import signal
import threading
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from django.db import DatabaseError, close_old_connections

from casetracker.core.errors import ChangedMeanwhile, DomainError
from casetracker.core.management.guarded import GuardedCommand
from casetracker.review.fetcher import carry_out
from casetracker.review.services.links import fail_order, lease_order
from casetracker.sources.models import LinkOrder

_FAULT = "fault"


class Command(GuardedCommand):
    """Take one order after the other, until it is told to stop. Any number of these may run at once."""

    help = "Fetch the sources that somebody asked to be kept or looked at."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("--once", action="store_true", help="stop when nothing is left to do")
        parser.add_argument("--interval", type=float, default=5.0, help="seconds between looks for orders (5)")

    def handle(self, *args: Any, once: bool, interval: float, **options: Any) -> None:
        """Work until SIGTERM or SIGINT; what is being fetched is finished first."""
        told = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: told.set())
        done = 0
        while not told.is_set():
            order = self._next_order()
            if order is not None:
                self._carry_out(order)
                done += 1
            elif once:
                break
            else:
                close_old_connections()  # The database may go away while nothing is to be done.
                told.wait(interval)
        self.stdout.write(f"{done} orders were carried out.")

    def _carry_out(self, order: LinkOrder) -> None:
        try:
            carry_out(order)
        except ChangedMeanwhile:  # Another fetcher took it up: this one was too slow.
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, the next order is not to wait for it
            # No words of it: they may quote what was fetched.
            self.stderr.write(f"An order failed because of a fault in this program: {type(error).__name__}")
            with suppress(DomainError, DatabaseError):  # The lease is over, or the database away: it is due again.
                fail_order(order, _FAULT)

    def _next_order(self) -> LinkOrder | None:
        try:
            return lease_order()
        except DatabaseError as error:  # Such as one that is locked for long: try again later.
            self.stderr.write(f"The database does not answer: {type(error).__name__}")
            return None
