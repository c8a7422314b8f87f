"""The canonical content of a record: what people check, approve and publish, and nothing else."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from casetracker.core.canonical import canonical_json, salted_hash
from casetracker.review.confidential import entries_of
from casetracker.review.kinds import CITATIONS, Content, RecordKind, RowKind, kind_named
from casetracker.review.models import Citation, PrivateTerm, Record
from casetracker.sources.models import Publisher, Source
from casetracker.sources.origins import origins_of

SCHEMA = 1
# The reference is left out: it is given at publication and would change what was approved.
_SOURCE_FIELDS = (
    "title",
    "publisher",
    "published_by",
    "author",
    "published",
    "url",
    "language",
    "type",
    "derived_from",
    "derivation",
)


def detail_of(record: Record) -> models.Model:
    """Return the station, response or other that the record is about. One query."""
    return kind_named(record.kind).model._default_manager.get(pk=record.pk)


def build_content(record: Record) -> Content:
    """Collect the content of a record as it stands now in the database.

    Private fields, notes and positions of the desk are not in it. Links are UUIDs, because references
    come with publication.
    """
    return build_contents([record])[record.pk]


def build_contents(records: Sequence[Record]) -> dict[UUID, Content]:
    """Collect the contents of records of one kind, by their keys. The number of queries is fixed."""
    if not records:
        return {}
    kind, keys = kind_named(records[0].kind), [record.pk for record in records]
    details = kind.model._default_manager.prefetch_related(*_lists(kind)).in_bulk(keys)
    rows = {name: _rows(spec, keys) for name, spec in kind.rows.items()}
    citations = _citations(keys)
    disclosures, confidential = _disclosures(keys), entries_of(keys)
    return {
        key: {
            "schema": SCHEMA,
            "kind": kind.name,
            "record": str(key),
            "fields": _values(details[key], kind.fields),
            "rows": {name: found[key] for name, found in rows.items()},
            "citations": citations[key],
            "disclosures": disclosures[key],
            "confidential": confidential[key],
        }
        for key in keys
    }


def _rows(spec: RowKind, keys: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = {key: [] for key in keys}
    for row in spec.model._default_manager.filter(**{f"{spec.parent}__in": keys}):
        found[getattr(row, f"{spec.parent}_id")].append(_row(row, spec))
    return found


def _lists(kind: RecordKind) -> list[str]:
    return [name for name in kind.fields if kind.model._meta.get_field(name).many_to_many]


def _disclosures(keys: Sequence[UUID]) -> dict[UUID, list[dict[str, str]]]:
    found: dict[UUID, list[dict[str, str]]] = {key: [] for key in keys}
    for term in PrivateTerm.objects.filter(record__in=keys, publishable_at__isnull=False):
        found[term.record_id].append({"kind": term.kind, "text": term.text})
    return found


def content_digest(record: Record, content: Content) -> str:
    """Return the salted digest of a content. The salt is new in each round and never leaves the desk."""
    return salted_hash(record.digest_salt, canonical_json(content))


def parse_content(text: str) -> Content:
    """Read a canonical content that was stored."""
    content: Content = json.loads(text)
    return content


def editable_values(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn the JSON values of a content back into what the model's fields take."""
    return {name: _from_json(model, name, value) for name, value in values.items()}


def _from_json(model: type[models.Model], name: str, value: Any) -> Any:
    field: Any = model._meta.get_field(name)
    if field.many_to_many:
        return list(field.related_model._default_manager.filter(pk__in=value))
    if field.many_to_one:
        return field.related_model._default_manager.get(pk=value) if value else None
    return field.to_python(value)


def _row(row: models.Model, spec: RowKind) -> dict[str, Any]:
    return {"id": str(row.pk), **_values(row, spec.fields)}


def _values(instance: models.Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: _to_json(instance, name) for name in names}


def _to_json(instance: models.Model, name: str) -> Any:
    field: Any = instance._meta.get_field(name)
    if field.many_to_many:
        return sorted(str(linked.pk) for linked in getattr(instance, name).all())
    value = getattr(instance, field.attname)
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _behind(publisher: Publisher | None) -> dict[str, Any] | None:
    """Return what the public may know of who stands behind a source."""
    return _values(publisher, sorted(Publisher.public_fields)) if publisher else None


def _citations(keys: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    citations = list(Citation.objects.filter(record__in=keys).select_related("source__published_by"))
    sources = {citation.source_id: citation.source for citation in citations}
    origins = origins_of(sources, known={key: source.derived_from_id for key, source in sources.items()})
    distant = Source.objects.filter(pk__in=set(origins.values()) - sources.keys()).values_list("pk", "type")
    types = {key: source.type for key, source in sources.items()} | dict(distant)
    found: dict[UUID, list[dict[str, Any]]] = {key: [] for key in keys}
    for citation in citations:
        source = {
            "id": str(citation.source_id),
            **_values(citation.source, _SOURCE_FIELDS),
            "published_by": _behind(citation.source.published_by),
            "origin": str(origins[citation.source_id]),
            "origin_type": types[origins[citation.source_id]],
        }
        found[citation.record_id].append({**_row(citation, CITATIONS), "source": source})
    return found
