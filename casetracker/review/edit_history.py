"""Who changed what when, from the rows that django-simple-history keeps."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from casetracker.review.content import detail_of
from casetracker.review.kinds import CITATIONS, PRIVATE_TERMS, RowKind, kind_named
from casetracker.review.models import Record

# What the objects are called that fields point to: by field, then by key.
Names = dict[str, dict[Any, str]]

_LEFT_OUT = frozenset({"search_text", "lock_version", "position", "date_earliest", "date_latest"})


@dataclass(frozen=True)
class Change:
    """One saved change of one object: field label, old text, new text."""

    at: dt.datetime
    person: str
    what: str
    fields: list[tuple[str, str, str]]


def changes_of_record(record: Record) -> list[Change]:
    """Return all changes of a record and its rows, latest first."""
    kind, detail = kind_named(record.kind), detail_of(record)
    found = list(changes_of(detail))
    for spec in kind.rows.values():
        found += _row_changes(spec, detail)
    for spec in (CITATIONS, PRIVATE_TERMS):
        found += _row_changes(spec, record)
    return sorted(found, key=lambda change: change.at, reverse=True)


def changes_of(instance: models.Model) -> Iterator[Change]:
    """Yield the changes of one object, latest first."""
    return _changes(instance.history.select_related("history_user"))  # type: ignore[attr-defined]


def _row_changes(spec: RowKind, parent: models.Model) -> Iterator[Change]:
    history: Any = spec.model.history  # type: ignore[attr-defined]
    rows = history.filter(**{f"{spec.parent}_id": parent.pk}).select_related("history_user")
    return _changes(rows.order_by("-history_date", "-history_id"))


def _changes(versions: Iterable[Any]) -> Iterator[Change]:
    """Yield the changes in the versions of objects of one model, given latest first."""
    versions = list(versions)
    names = _names_of_related(versions)
    by_object: dict[Any, list[Any]] = {}
    for version in versions:
        by_object.setdefault(getattr(version, version.instance_type._meta.pk.attname), []).append(version)
    for its_versions in by_object.values():
        for new, old in zip(its_versions, [*its_versions[1:], None], strict=True):
            fields = list(_differences(new, old, names))
            if fields:
                yield Change(new.history_date, str(new.history_user or ""), _what(new), fields)


def _names_of_related(versions: list[Any]) -> Names:
    """Return what all objects are called that the versions point to. One query for each field."""
    if not versions:
        return {}
    links = [field for field in _shown_fields(versions[0]) if field.many_to_one]
    return {
        field.name: {
            key: str(related)
            for key, related in field.related_model._default_manager.in_bulk(
                {getattr(version, field.attname) for version in versions} - {None}
            ).items()
        }
        for field in links
    }


def _shown_fields(row: Any) -> list[Any]:
    fields = row.instance_type._meta.concrete_fields
    return [field for field in fields if not field.primary_key and field.editable and field.name not in _LEFT_OUT]


def _what(row: Any) -> str:
    verbs = {"+": _("added"), "~": _("changed"), "-": _("removed")}
    return f"{row.instance_type._meta.verbose_name} {verbs[row.history_type]}"


def _differences(new: Any, old: Any, names: Names) -> Iterator[tuple[str, str, str]]:
    gone = new.history_type == "-"
    for field in _shown_fields(new):
        before = _text(old, field, names) if old else ""
        after = "" if gone else _text(new, field, names)
        if before != after:
            yield str(field.verbose_name), before, after
    for field in new.instance_type._meta.many_to_many:
        before, after = _linked(old, field) if old else "", "" if gone else _linked(new, field)
        if before != after:
            yield str(field.verbose_name), before, after


def _linked(row: Any, field: Any) -> str:
    links = getattr(row, field.name).select_related(field.m2m_reverse_field_name())
    return "; ".join(sorted(str(getattr(link, field.m2m_reverse_field_name())) for link in links))


def _text(row: Any, field: Any, names: Names) -> str:
    if field.many_to_one:
        return names[field.name].get(getattr(row, field.attname), "")
    display = getattr(row, f"get_{field.name}_display", None)
    value = display() if display else getattr(row, field.name)
    return "" if value is False or value in (None, []) else str(value)
