"""Copies of invented stations, made by the database itself: inventing a million would take an hour."""

from django.db import connection

import bench  # noqa: F401 - sets Django up
from casetracker.public.models import SearchEntry, StationDocument
from casetracker.public.search.places import entry_of
from casetracker.publication.models import PublicationHead

MOST = 100_000  # stations that are invented


def multiply(times: int, rare: str) -> None:
    """Copy all stations under other numbers, until there are so many times as many. Copies lack the `rare` word."""
    head = PublicationHead.objects.get()
    documents, entries = StationDocument._meta, SearchEntry._meta
    columns = [field.column for field in documents.fields if not field.primary_key]
    for step in range(1, times):
        values = {name: f"{name} + {step * MOST}" for name in ("number", "last_number")}
        values |= {name: f"{name} + {step * head.sequence}" for name in ("from_seq", "to_seq", "retracted_seq")}
        new = f"'S-' || ({values['number']})"
        body = f"replace(body, '\"' || reference || '\"', '\"' || {new} || '\"')"
        values |= {"reference": new, "body": f"replace({body}, '/' || reference || '/', '/' || {new} || '/')"}
        chosen = ", ".join(values.get(name, name) for name in columns)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {documents.db_table} ({', '.join(columns)}) SELECT {chosen} FROM {documents.db_table} "
                f"WHERE number <= {MOST} ORDER BY id"
            )
            cursor.execute(
                f"INSERT INTO {entries.db_table} (id, names, words, passages) SELECT id + {step * MOST}, names, "
                f"replace(words, '{rare} ', ''), passages FROM {entries.db_table} WHERE id BETWEEN %s AND %s",
                [entry_of("station", 1), entry_of("station", MOST)],
            )
    PublicationHead.objects.update(sequence=times * head.sequence)
