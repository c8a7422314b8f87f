"""Acts at the same moment: threads that start together, each with its own connection to the database."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from casetracker.core.errors import DomainError


@dataclass
class Outcome:
    """What became of one act: its result, or the error that refused it."""

    number: int
    result: Any = None
    error: BaseException | None = None


def race(*acts: Callable[[], Any]) -> list[Outcome]:
    """Run acts at once; return their outcomes, in the order of the acts.

    Raises what is not a refusal by the rules: a race must never end in an error of the database.
    """
    start, outcomes = threading.Barrier(len(acts)), [Outcome(number) for number in range(len(acts))]

    def run(outcome: Outcome, act: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            outcome.result = act()
        except Exception as error:  # noqa: BLE001 - raised again in the thread of the test
            outcome.error = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in zip(outcomes, acts, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for outcome in outcomes:
        if outcome.error and not isinstance(outcome.error, DomainError):
            raise outcome.error
    return outcomes


def winner_and_loser(*acts: Callable[[], Any]) -> tuple[Outcome, Outcome]:
    """Run two acts of which exactly one must succeed."""
    one, other = race(*acts)
    assert (one.error is None) != (other.error is None), f"not exactly one won: {one}, {other}"
    return (one, other) if one.error is None else (other, one)
