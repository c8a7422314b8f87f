"""Orders of what is computed."""

from dataclasses import dataclass

import pytest
from django.http import QueryDict

from casetracker.public.pages.orders import Order, chosen_order
from casetracker.public.pages.queries import read_query


@dataclass
class Item:
    code: str
    value: int | None = None


UP = Order("value", "Up", lambda item: item.value)
DOWN = Order("-value", "Down", lambda item: item.value)
ITEMS = [Item("CH", 2), Item("AT"), Item("AU", 1), Item("DE", 2)]


@pytest.mark.parametrize(("order", "codes"), [(UP, "AU DE CH AT"), (DOWN, "DE CH AU AT")])
def test_what_has_no_value_is_last_and_the_rest_of_one_value_by_name(order, codes):
    assert [item.code for item in order.sort(ITEMS)] == codes.split()


@pytest.mark.parametrize(
    ("sent", "order", "problems"),
    [("", UP, 0), ("ordering=-value", DOWN, 0), ("ordering=value", UP, 0), ("ordering=code", UP, 1)],
)
def test_an_order_is_one_of_a_closed_list(sent, order, problems):
    chosen, told = chosen_order(read_query(QueryDict(sent), {}), [UP, DOWN])
    assert (chosen, len(told)) == (order, problems)
