"""The orders of the table of governments: a closed list, offered as links on the heads of its columns."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casetracker.places.countries import name_of, name_order
from casetracker.public.governments import Summary
from casetracker.public.labels import STATUSES
from casetracker.public.pages.orders import Order

_STATUS_ORDER = {key: place for place, key in enumerate([*STATUSES, "responded", "no_response"])}


def _name(summary: Summary) -> str:
    return name_order(name_of(summary.code))


def _status(summary: Summary) -> int:
    status = summary.status
    return _STATUS_ORDER[(status.value, status.basis) if status.value else status.reason]


def _since(summary: Summary) -> dt.date | None:
    return summary.status.since


def _stations(summary: Summary) -> int:
    return summary.station_count


def _reported(summary: Summary) -> int | None:
    return summary.coverage.reported["value"] if summary.coverage.reported else None


def _last_response(summary: Summary) -> dt.date | None:
    return summary.last_response.day if summary.last_response else None


def _last_looked_on(summary: Summary) -> dt.date | None:
    return summary.status.last_looked_on


# The first is the default. What a head of a column leads to first is the first of its two orders.
ORDERS = (
    Order("name", _("By name"), _name),
    Order("-name", _("By name, from Z to A"), _name),
    Order("status", _("By status"), _status),
    Order("-status", _("By status, none first"), _status),
    Order("-since", _("Latest change of status first"), _since),
    Order("since", _("Earliest change of status first"), _since),
    Order("-stations", _("Most stations listed first"), _stations),
    Order("stations", _("Fewest stations listed first"), _stations),
    Order("-reported", _("Highest reported count first"), _reported),
    Order("reported", _("Lowest reported count first"), _reported),
    Order("-last_response", _("Latest response first"), _last_response),
    Order("last_response", _("Earliest last response first"), _last_response),
    Order("last_looked_on", _("Looked on longest ago first"), _last_looked_on),
    Order("-last_looked_on", _("Looked on last first"), _last_looked_on),
)


@dataclass(frozen=True)
class Head:
    """The head of a column: what it is called, how it is sorted now, and the address that sorts by it."""

    label: str | Promise
    sorted: str
    is_number: bool
    address: str


COLUMNS: dict[str, str | Promise] = {
    "name": pgettext_lazy("heading", "Government"),
    "status": _("Response status"),
    "since": pgettext_lazy("heading", "Since"),
    "stations": _("Stations listed"),
    "reported": _("Reported count"),
    "last_response": _("Last response"),
    "last_looked_on": _("Last looked on"),
}
_NUMBERS = frozenset({"stations", "reported"})


def heads(chosen: Order, address: Callable[[str], str]) -> list[Head]:
    """Return the heads of the columns, while the table is in an order. `address` gives that of the table in another."""
    return [
        Head(label, _direction(column, chosen), column in _NUMBERS, address(_next_order(column, chosen).name))
        for column, label in COLUMNS.items()
    ]


def _direction(column: str, chosen: Order) -> str:
    if column != chosen.column:
        return ""
    return "descending" if chosen.descending else "ascending"


def _next_order(column: str, chosen: Order) -> Order:
    """Return the first order of a column, or the second if the table is in the first."""
    first, second = (order for order in ORDERS if order.column == column)
    return second if chosen == first else first
