"""What the public side reads from the database, said in one place: router, authorizer and grants all ask here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models


class NotPublished(TypeError):
    """Code of the public side reached for a table that is not public, or wanted to write: a mistake of ours."""


def published_models() -> list[type[models.Model]]:
    """Return the models that say of themselves that the public side reads them.

    Their `read_by_public` is True, or the columns that it reads.
    """
    return [model for model in apps.get_models() if _is_published(model)]


def published_columns() -> dict[str, frozenset[str] | None]:
    """Return the tables of these models with their readable columns, None for all, in alphabetical order.

    With them stand the tables that index them (`index_tables`), where the database has such.
    """
    found: dict[str, frozenset[str] | None] = {}
    for model in published_models():
        columns: Any = getattr(model, "read_by_public", True)
        found[model._meta.db_table] = None if columns is True else columns
        found.update(dict.fromkeys(getattr(model, "index_tables", ())))
    return dict(sorted(found.items()))


def _is_published(model: type[models.Model]) -> bool:
    return bool(getattr(model, "read_by_public", False))


_asked_by_public = ContextVar("asked_by_public", default=False)


def read_published(*, by_public: bool) -> None:
    """Say on whose behalf this thread reads until somebody says otherwise: a stream is read after its view returned."""
    _asked_by_public.set(by_public)


@contextmanager
def reading_published() -> Iterator[None]:
    """Read as the public side does, for what does so before its requests are known."""
    token = _asked_by_public.set(True)
    try:
        yield
    finally:
        _asked_by_public.reset(token)


class PublishedRouter:
    """Sends what public pages read to their own connection, where there is one.

    On the public side that is everything. In a process with both sides it is what is asked during public requests: the
    desk and the projections must see what was written a moment ago, which a replica may not have yet.
    """

    def db_for_read(self, model: type[models.Model], **_hints: Any) -> str | None:
        """Return the public connection for what is published. Raises `NotPublished` for all else."""
        if not _applies():
            return None
        if not _is_published(model):
            raise NotPublished(f"{model._meta.label} is not public")
        return str(settings.PUBLIC_DB_ALIAS)

    def db_for_write(self, model: type[models.Model], **_hints: Any) -> None:
        """Raise `NotPublished` where the public side asks."""
        if _applies():
            raise NotPublished(f"the public side writes nothing, no {model._meta.label} either")

    def allow_migrate(self, db: str, *_args: Any, **_hints: Any) -> bool | None:
        """Refuse to migrate through the public connection."""
        return False if db == settings.PUBLIC_DB_ALIAS != "default" else None


def _applies() -> bool:
    apart = settings.PUBLIC_DB_ALIAS != "default"
    return apart and (settings.SIDE == "public" or _asked_by_public.get())
