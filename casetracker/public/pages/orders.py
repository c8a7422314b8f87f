"""Orders of what is computed and shown on one page: governments in a table, or on the timeline."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext

from casetracker.places.countries import name_of, name_order
from casetracker.public.pages.queries import ORDERING, Query


class Coded(Protocol):
    """What is about one government."""

    @property
    def code(self) -> str:
        """Its code."""


Item = TypeVar("Item", bound=Coded)


@dataclass(frozen=True)
class Order:
    """One order. What has no value stands at the end, whichever the direction; what has the same, by name."""

    name: str
    label: str | Promise
    value: Callable[[Any], Any]

    @property
    def descending(self) -> bool:
        """Whether the order goes down: its name says it with a minus sign."""
        return self.name.startswith("-")

    @property
    def column(self) -> str:
        """What it sorts by."""
        return self.name.removeprefix("-")

    def sort(self, items: Iterable[Item]) -> list[Item]:
        """Return the items in this order."""
        by_name = sorted(items, key=lambda item: name_order(name_of(item.code)))
        known = [item for item in by_name if self.value(item) is not None]
        unknown = [item for item in by_name if self.value(item) is None]
        return sorted(known, key=self.value, reverse=self.descending) + unknown


def chosen_order(query: Query, orders: Sequence[Order]) -> tuple[Order, list[str]]:
    """Return the order that is asked for, or the first with what is wrong."""
    name = query.given.get(ORDERING, orders[0].name)
    for order in orders:
        if order.name == name:
            return order, []
    return orders[0], [gettext("There is no order “%(name)s”. Choose one of those offered.") % {"name": name}]
