"""Fill the tables from the documents that are published: `python -m usual.fill`."""

import json
import os
from collections.abc import Iterator
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "usual.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402

from usual.models import Citation, Name, Source, Station  # noqa: E402

_BATCH = 2_000
_LIVE = "SELECT {columns} FROM {table} WHERE to_seq IS NULL AND number > %s ORDER BY number LIMIT %s"


def fill() -> None:
    """Write every live source and station."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    sources: dict[str, int] = {}
    for bodies in _batches("public_sourcedocument"):
        rows = [Source(**_columns(Source, body)) for body in bodies]
        sources |= {row.reference: row.pk for row in Source.objects.bulk_create(rows)}
    for bodies in _batches("public_stationdocument"):
        stations = [Station(**_columns(Station, body), **_verification(body)) for body in bodies]
        written = list(zip(Station.objects.bulk_create(stations), bodies, strict=True))
        Name.objects.bulk_create(
            Name(station=row, **_columns(Name, name)) for row, body in written for name in body["names"]
        )
        Citation.objects.bulk_create(
            Citation(station=row, source_id=sources[citation["source"]["reference"]], **_columns(Citation, citation))
            for row, body in written
            for citation in body["citations"]
        )


def _columns(model: type[models.Model], body: dict[str, Any]) -> dict[str, Any]:
    """Return what a table has of a document."""
    own = [field.name for field in model._meta.fields if not field.is_relation]
    return {name: body[name] for name in own if name in body}


def _verification(body: dict[str, Any]) -> dict[str, Any]:
    found = body["verification"]
    return {"verification_level": found["level"], "verification_reason": found["reason"], "disputed": found["disputed"]}


def _batches(table: str) -> Iterator[list[dict[str, Any]]]:
    last = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_LIVE.format(columns="number, body", table=table), [last, _BATCH])
            rows = cursor.fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield [json.loads(body) for _number, body in rows]


if __name__ == "__main__":
    fill()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
