"""What is counted once per state of the log: it cannot change until the head moves."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, TypeVar, cast

from django.conf import settings
from django.core.cache import BaseCache, cache
from django.db.models import Model

from casetracker.public.rendering.values import as_text
from casetracker.public.view import View
from casetracker.publication.reading import Head

Value = TypeVar("Value")


def once_per_head(head: Head, name: str, compute: Callable[[], Value], store: BaseCache = cache) -> Value:
    """Return `compute()`, from a cache of Django's if it was computed at this head before.

    `head` must have been read before `compute` reads anything, so that a count is never older than its
    key says. `name` says what is computed, filters included.
    """
    key = sha256("\n".join((settings.BUILD, head.entry_hash, name)).encode()).hexdigest()
    return cast(Value, store.get_or_set(f"public:{key}", compute, timeout=None))


def count_of(head: Head, model: type[Model], filters: Mapping[str, Any], view: View, count: Callable[[], int]) -> int:
    """Return `count()`, the number of rows that a view shows of a model, narrowed by `filters`. Once per head."""
    given = sorted((name, str(value)) for name, value in filters.items())
    return once_per_head(head, f"{model.__name__} {view} {as_text(given)}", count)
