"""Asking the services whether they would do something, without doing it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def taken_back() -> Iterator[None]:
    """Do what is inside in a transaction that is never committed: it only shows whether it could be."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
