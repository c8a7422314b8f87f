"""Going through many things some at a time, so that neither statements nor memory grow with their number."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

AT_ONCE = 200

T = TypeVar("T")


def in_batches(things: Iterable[T]) -> Iterator[list[T]]:
    """Yield the things in their order, `AT_ONCE` at a time."""
    left = iter(things)
    while some := list(islice(left, AT_ONCE)):
        yield some
