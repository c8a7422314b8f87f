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
    """Return the models that say of themselves that the public side reads them (`read_by_public`)."""
    return [model for model in apps.get_models() if _is_published(model)]


def published_tables() -> list[str]:
    """Return the tables of these models in alphabetical order, with those that index them (`index_tables`)."""
    found = published_models()
    indexes = (name for model in found for name in getattr(model, "index_tables", ()))
    return sorted({*(model._meta.db_table for model in found), *indexes})


def _is_published(model: type[models.Model]) -> bool:
    return getattr(model, "read_by_public", False)


_asked_by_public = ContextVar("asked_by_public", default=False)


def read_published(*, by_public: bool) -> None:
    """Say on whose behalf this thread reads until somebody says otherwise: a stream is read after its view returned."""
    _asked_by_public.set(by_public)


@contextmanager
def reading_published() -> Iterator[None]:
    """Read as the public side does, for what does so outside of its requests."""
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
