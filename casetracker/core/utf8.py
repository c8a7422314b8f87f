"""Stored texts as they are sent."""

from typing import Any

from django.db import models


class Utf8(models.Func):
    """A text as its bytes: what is sent as it is stored need not be decoded and encoded on its way."""

    template = "convert_to(%(expressions)s, 'UTF8')"
    output_field = models.BinaryField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """Say it as SQLite does, which stores the bytes."""
        return self.as_sql(compiler, connection, template="CAST(%(expressions)s AS BLOB)", **context)
