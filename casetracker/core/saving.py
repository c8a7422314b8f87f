"""Saving with messages for people, at the price of one look; and asking whether something could be saved."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction


def save_checked(instance: models.Model) -> None:
    """Check an instance and save it. Raises `ValidationError` with all messages, at their fields.

    The database itself checks the table's constraints, in the same statement that saves. Only where it refuses, or
    something else is wrong, are they asked one after the other for their messages: that takes three statements each.
    """
    try:
        instance.full_clean(validate_constraints=False)
        with transaction.atomic():
            instance.save()
    except (IntegrityError, ValidationError):
        instance.full_clean()
        raise


@contextmanager
def taken_back() -> Iterator[None]:
    """Do what is inside in a transaction that is never committed: it only shows whether it could be."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
