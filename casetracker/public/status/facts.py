"""What a response says about the government that it concerns, as codes: the first half of the status rule.

A response decides about its government if it speaks for the whole country and sets a status. An operator or
a private party speaks for no country, nor does a response about named stations or an unrelated offence.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from casetracker.public.labels import STATUSES
from casetracker.public.models import OPEN_END, OPEN_START, ResponseDocument

# Every response that concerns a government is recorded; some are its own.
RECORDED = "recorded"
RESPONDED = "responded"
# Said beside a status, or without one: the inquiry is over; activity is reported to continue.
ENDED = "inquiry over"
CONTINUES = "continues"


class Fact(NamedTuple):
    """One thing that an act says. Of two, the one at the greater position is the later."""

    government: str
    says: str
    position: str
    reference: str
    level: str


def code_of(value: str, basis: str) -> str:
    """Return the code of a status that a response sets."""
    return f"{value} {basis}".strip()


# Code to value and basis.
DECIDING = {code_of(value, basis): (value, basis) for value, basis in STATUSES}
CLOSED = tuple(code for code, (value, _basis) in DECIDING.items() if value == "closed")
CLAIMED, ORDERED = code_of("closed", "claimed"), code_of("closed", "ordered")
RUNNING = (code_of("investigating", ""),)
OVER = (code_of("no_action", "inquiry_ended"), code_of("no_action", "nothing_found"), ENDED)

# They speak for no government, whatever country they are in.
_NO_GOVERNMENT = frozenset({"operator", "press", "private_party"})
_DECIDE_NOTHING = frozenset({"operator", "private_party"})
# A date that leaves more than a year open says nothing about what may already have happened.
_MOST_OPEN = dt.timedelta(days=366)
_DAY_DIGITS, _ORDER_DIGITS, _NUMBER_DIGITS = 8, 5, 9
_POSITION_LENGTH = _DAY_DIGITS + _ORDER_DIGITS + _NUMBER_DIGITS


def facts_of(response: ResponseDocument) -> Iterator[str]:
    """Yield what a response says, each code once."""
    if not response.concerns:
        return
    yield RECORDED
    if response.responder == response.concerns and response.level not in _NO_GOVERNMENT:
        yield RESPONDED
    if response.scope != "country" or response.unrelated_offence or response.level in _DECIDE_NOTHING:
        return
    status = code_of(response.sets_status, response.basis)
    if status:
        yield status
    if response.kind == "investigation_ended" and status not in (*RUNNING, *OVER):
        yield ENDED
    if response.activity_continues or response.kind == "activity_continues":
        yield CONTINUES


def position_of(day: dt.date, order_in_day: int, number: int) -> str:
    """Return the place in the order of the rule, as a text of digits that sorts alike on every database."""
    return f"{_digits(day)}{order_in_day:0{_ORDER_DIGITS}}{number:0{_NUMBER_DIGITS}}"


def day_of(position: str) -> dt.date | None:
    """Return the day from which the act at a position counts; None where none is known."""
    day = dt.date.fromisoformat(position[:_DAY_DIGITS])
    return None if day == OPEN_START else day


def fact_told(government: str, says: str, told: str) -> Fact:
    """Return a fact from its position and level in one text, as an index has them. The number is in the position."""
    position, level = told[:_POSITION_LENGTH], told[_POSITION_LENGTH:]
    return Fact(government, says, position, f"R-{int(position[-_NUMBER_DIGITS:])}", level)


def until(day: dt.date) -> str:
    """Return the last position of a day."""
    return _digits(day) + "9" * (_ORDER_DIGITS + _NUMBER_DIGITS)


def possible_from(response: ResponseDocument) -> dt.date | None:
    """Return the first day on which a deciding act may have happened, if that is before it surely had."""
    open_days = response.counts_from - response.date_earliest
    return response.date_earliest if dt.timedelta() < open_days <= _MOST_OPEN else None


def last_possible(day: dt.date) -> dt.date:
    """Return the last day from which an act may count that may have happened by `day`."""
    return dt.date.max if dt.date.max - day < _MOST_OPEN else day + _MOST_OPEN


def confirmed_on(response: ResponseDocument) -> dt.date:
    """Return the last day on which an act shows what it says: a negative fact has a day of its own."""
    known_true = response.last_known_true_latest
    # An interval without an end says no day.
    return response.counts_from if known_true in (None, OPEN_END) else max(response.counts_from, known_true)


def _digits(day: dt.date) -> str:
    return day.isoformat().replace("-", "")
