"""Who changed what when, from the rows that django-simple-history keeps."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext as _

from casetracker.review.content import detail_of
from casetracker.review.field_texts import texts_of_value
from casetracker.review.kinds import CITATIONS, PRIVATE_TERMS, RowKind, kind_named, label_of
from casetracker.review.models import Citation, Record

# What the objects are called that fields point to: by field, then by key.
Names = dict[str, dict[Any, str]]

_LEFT_OUT = frozenset(
    {"record", "search_text", "address_key", "host", "lock_version", "position", "date_earliest", "date_latest"}
)


class FieldChange(NamedTuple):
    """One field in words: what it is called, what it said, what it says."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One saved change of one object: `key` names it for good, `about` tells rows of one kind apart."""

    key: str
    at: dt.datetime
    person: Any
    what: str
    about: str
    fields: list[FieldChange]


def changes_of_record(record: Record) -> list[Change]:
    """Return all changes of a record and its rows, in no order. The number of queries is that of its kinds of rows."""
    kind, detail = kind_named(record.kind), detail_of(record)
    found = list(changes_of(detail))
    for spec in kind.rows.values():
        found += _row_changes(spec, detail, record.kind)
    for spec in (CITATIONS, PRIVATE_TERMS):
        found += _row_changes(spec, record, record.kind)
    return found


def changes_of(instance: models.Model) -> Iterator[Change]:
    """Yield the changes of one object, latest first."""
    return _changes(instance.history)  # type: ignore[attr-defined]


def _row_changes(spec: RowKind, parent: models.Model, kind_name: str) -> Iterator[Change]:
    history: Any = spec.model.history  # type: ignore[attr-defined]
    return _changes(history.filter(**{f"{spec.parent}_id": parent.pk}), spec.parent, kind_name)


def _changes(history: Any, parent: str = "", kind_name: str = "") -> Iterator[Change]:
    """Yield the changes in the history of objects of one model."""
    versions = list(history.select_related("history_user").order_by("-history_date", "-history_id"))
    reader = _Reader(versions, parent, kind_name)
    by_object: dict[Any, list[Any]] = {}
    for version in versions:
        by_object.setdefault(getattr(version, version.instance_type._meta.pk.attname), []).append(version)
    for its_versions in by_object.values():
        for new, old in zip(its_versions, [*its_versions[1:], None], strict=True):
            if fields := list(reader.differences(new, old)):
                key = f"{new.instance_type._meta.model_name}-{new.history_id}"
                yield Change(key, new.history_date, new.history_user, _what(new), reader.about(new), fields)


def _what(row: Any) -> str:
    sentences = {"+": _("%(thing)s added"), "~": _("%(thing)s changed"), "-": _("%(thing)s removed")}
    return sentences[row.history_type] % {"thing": row.instance_type._meta.verbose_name}


class _Reader:
    """Puts the fields of the versions of one model into words."""

    def __init__(self, versions: list[Any], parent: str, kind_name: str) -> None:
        """Look up what all objects are called that the versions point to. One query for each field."""
        self._kind_name = kind_name
        self._fields: list[Any] = []
        if versions:
            fields = versions[0].instance_type._meta.concrete_fields
            self._fields = [field for field in fields if _is_shown(field) and field.name != parent]
        self._names: Names = {
            field.name: _names(field.related_model, {getattr(version, field.attname) for version in versions} - {None})
            for field in self._fields
            if field.many_to_one
        }
        self._links = _links(versions)

    def about(self, row: Any) -> str:
        """Say which of several rows was changed, in the words of its first text; nothing where all of it is shown."""
        if not self._kind_name or row.history_type != "~":
            return ""
        return next((text for field in self._fields if not field.choices and (text := self._text(row, field))), "")

    def differences(self, new: Any, old: Any) -> Iterator[FieldChange]:
        gone = new.history_type == "-"
        for field in self._fields:
            before = self._text(old, field) if old else ""
            after = "" if gone else self._text(new, field)
            if before != after:
                yield FieldChange(str(field.verbose_name), before, after)
        for field, linked in self._links.items():
            before = "; ".join(linked.get(old.history_id, [])) if old else ""
            after = "" if gone else "; ".join(linked.get(new.history_id, []))
            if before != after:
                yield FieldChange(str(field.verbose_name), before, after)

    def _text(self, row: Any, field: Any) -> str:
        value = getattr(row, field.attname)
        if field.many_to_one:
            return self._names[field.name].get(value, "")
        if field.model is Citation and field.name == "field" and row.record_id:
            return label_of(self._kind_name, value) if value else _("the record as a whole")
        return "; ".join(texts_of_value(field, value))


def _is_shown(field: Any) -> bool:
    return not field.primary_key and field.editable and field.name not in _LEFT_OUT


def _names(model: Any, keys: Iterable[Any]) -> dict[Any, str]:
    """Return what objects are called. One query."""
    objects = model._default_manager.all()
    if any(field.name == "record" for field in model._meta.fields):
        objects = objects.select_related("record")
    return {key: str(found) for key, found in objects.in_bulk(keys).items()}


def _links(versions: list[Any]) -> dict[Any, dict[int, list[str]]]:
    """Return what versions link to: by field, then by version. One query for each field that links to many."""
    found: dict[Any, dict[int, list[str]]] = {}
    for field in versions[0].instance_type._meta.many_to_many if versions else ():
        name, by_version = field.m2m_reverse_field_name(), found.setdefault(field, {})
        rows = getattr(versions[0], field.name).model.objects.filter(history__in=versions)
        for row in rows.select_related(f"{name}__record"):
            by_version.setdefault(row.history_id, []).append(str(getattr(row, name)))
    return {field: {key: sorted(texts) for key, texts in linked.items()} for field, linked in found.items()}
