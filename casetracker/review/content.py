"""The canonical content of a record: what people check, approve and publish, and nothing else."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from casetracker.core.canonical import canonical_json, salted_hash
from casetracker.review.kinds import CITATIONS, Content, RowKind, kind_named
from casetracker.review.models import Record
from casetracker.sources.models import Source
from casetracker.sources.origins import origins_of

SCHEMA = 1
# The reference is left out: it is given at publication and would change what was approved.
_SOURCE_FIELDS = ("title", "publisher", "author", "published", "url", "language", "type", "derived_from", "derivation")


def detail_of(record: Record) -> models.Model:
    """Return the station, response or other that the record is about. One query."""
    return kind_named(record.kind).model._default_manager.get(pk=record.pk)


def build_content(record: Record) -> Content:
    """Collect the content of a record as it stands now in the database.

    Private fields, notes and positions of the desk are not in it. Links are UUIDs, because references
    come with publication.
    """
    kind, detail = kind_named(record.kind), detail_of(record)
    return {
        "schema": SCHEMA,
        "kind": kind.name,
        "record": str(record.pk),
        "fields": _values(detail, kind.fields),
        "rows": {name: [_row(row, spec) for row in _rows(detail, spec)] for name, spec in kind.rows.items()},
        "citations": _citations(record),
        "disclosures": [
            {"kind": term.kind, "text": term.text} for term in record.private_terms.filter(publishable_at__isnull=False)
        ],
    }


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


def _rows(detail: models.Model, spec: RowKind) -> Iterable[models.Model]:
    return spec.model._default_manager.filter(**{spec.parent: detail})


def _row(row: models.Model, spec: RowKind) -> dict[str, Any]:
    return {"id": str(row.pk), **_values(row, spec.fields)}


def _values(instance: models.Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: _to_json(instance, name) for name in names}


def _to_json(instance: models.Model, name: str) -> Any:
    field: Any = instance._meta.get_field(name)
    if field.many_to_many:
        return sorted(str(key) for key in getattr(instance, name).values_list("pk", flat=True))
    value = getattr(instance, field.attname)
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _citations(record: Record) -> list[dict[str, Any]]:
    citations = list(record.citations.select_related("source"))
    sources = {citation.source_id: citation.source for citation in citations}
    origins = origins_of(sources, known={key: source.derived_from_id for key, source in sources.items()})
    distant = Source.objects.filter(pk__in=set(origins.values()) - sources.keys()).values_list("pk", "type")
    types = {key: source.type for key, source in sources.items()} | dict(distant)
    return [
        {
            **_row(citation, CITATIONS),
            "source": {
                "id": str(citation.source_id),
                **_values(citation.source, _SOURCE_FIELDS),
                "origin": str(origins[citation.source_id]),
                "origin_type": types[origins[citation.source_id]],
            },
        }
        for citation in citations
    ]
