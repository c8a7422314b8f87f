"""Whole lists as files, sent while they are made: the memory that one takes does not depend on its length."""

import json
from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Sequence

from django.db.models import QuerySet
from rest_framework.serializers import Serializer

from casetracker.public.api import formats
from casetracker.public.api.tables import chosen_columns
from casetracker.public.csv import csv_lines
from casetracker.public.keyset import Ordering
from casetracker.public.rendering.values import Rendered, as_text

ROWS_AT_ONCE = 200
CHUNK = 64 * 1024  # characters that are sent together


def bodies_of(queryset: QuerySet, ordering: Ordering) -> Iterator[str]:
    """Return the stored texts of all rows, as they are when this is called.

    Keeps the keys alone, eight bytes each, and no transaction: a slow reader holds up nobody. A stored text
    never changes. What is retracted meanwhile is left out.
    """
    keys = queryset.order_by(*ordering.order_by).values_list("pk", flat=True)
    return _bodies(queryset, array("Q", keys.iterator(chunk_size=ROWS_AT_ONCE)))


def _bodies(queryset: QuerySet, keys: Sequence[int]) -> Iterator[str]:
    rows = queryset.model._base_manager.values_list("pk", "body", "retracted_seq")
    for start in range(0, len(keys), ROWS_AT_ONCE):
        part = keys[start : start + ROWS_AT_ONCE]
        found = {key: row for key, *row in rows.filter(pk__in=list(part))}
        for key in part:
            # A row that is gone (the documents were made anew) breaks the file off, instead of shortening it unseen.
            body, retracted_seq = found[key]
            if retracted_seq is None:
                yield body


def picked(body: str | bytes, fields: Container[str]) -> str:
    """Return a JSON object with some of its keys, in its own order."""
    return as_text(_picked(json.loads(body), fields))


def as_file(form: str, texts: Iterable[str], row: type[Serializer], fields: list[str]) -> Iterator[str]:
    """Return rows, given as JSON objects, as the parts of a file."""
    return _together(_WRITERS[form](texts, row, fields))


def _ndjson(texts: Iterable[str], _row: type[Serializer], fields: list[str]) -> Iterator[str]:
    return (f"{picked(text, fields) if fields else text}\n" for text in texts)


def _csv(texts: Iterable[str], row: type[Serializer], fields: list[str]) -> Iterator[str]:
    columns = chosen_columns(row, fields)
    contents = (json.loads(text) for text in texts)
    cells = ([column.cell(content) for column in columns] for content in contents)
    return csv_lines([column.name for column in columns], cells)


def _geojson(texts: Iterable[str], _row: type[Serializer], fields: list[str]) -> Iterator[str]:
    yield '{"type":"FeatureCollection","features":['
    separator = "\n"
    for text in texts:
        yield separator + as_text(_feature(json.loads(text), fields))
        separator = ",\n"
    yield "\n]}\n"


def _feature(content: Rendered, fields: list[str]) -> Rendered:
    """Return a record as a feature. Without a public point it has no geometry, so that the list is whole."""
    point = [content["longitude"], content["latitude"]]
    return {
        "type": "Feature",
        "id": content["reference"],
        "geometry": None if None in point else {"type": "Point", "coordinates": point},
        "properties": _picked(content, fields) if fields else content,
    }


def _picked(content: Rendered, fields: Container[str]) -> Rendered:
    return {name: value for name, value in content.items() if name in fields}


def _together(texts: Iterable[str]) -> Iterator[str]:
    """Join small parts: each that is sent costs a turn of every layer above."""
    waiting: list[str] = []
    size = 0
    for text in texts:
        waiting.append(text)
        size += len(text)
        if size >= CHUNK:
            yield "".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield "".join(waiting)


_WRITERS: dict[str, Callable[[Iterable[str], type[Serializer], list[str]], Iterator[str]]] = {
    formats.Ndjson.format: _ndjson,
    formats.Csv.format: _csv,
    formats.GeoJson.format: _geojson,
}
