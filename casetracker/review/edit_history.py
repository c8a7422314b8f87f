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
    by_row: dict[Any, list[Any]] = {}
    for row in rows.order_by("-history_date", "-history_id"):
        by_row.setdefault(row.id, []).append(row)
    for versions in by_row.values():
        yield from _changes(versions)


def _changes(versions: Iterable[Any]) -> Iterator[Change]:
    versions = list(versions)
    for new, old in zip(versions, [*versions[1:], None], strict=True):
        fields = list(_differences(new, old))
        if fields:
            yield Change(new.history_date, str(new.history_user or ""), _what(new), fields)


def _what(row: Any) -> str:
    verbs = {"+": _("added"), "~": _("changed"), "-": _("removed")}
    return f"{row.instance_type._meta.verbose_name} {verbs[row.history_type]}"


def _differences(new: Any, old: Any) -> Iterator[tuple[str, str, str]]:
    gone = new.history_type == "-"
    for field in (*new.instance_type._meta.concrete_fields, *new._history_m2m_fields):
        if field.primary_key or not field.editable or field.name in _LEFT_OUT:
            continue
        before = _text(old, field) if old else ""
        after = "" if gone else _text(new, field)
        if before != after:
            yield str(field.verbose_name), before, after
    for field in new.instance_type._meta.many_to_many:
        before, after = _linked(old, field) if old else "", _linked(new, field)
        if before != after:
            yield str(field.verbose_name), before, after


def _linked(row: Any, field: Any) -> str:
    links = getattr(row, field.name).select_related(field.m2m_reverse_field_name())
    return "; ".join(sorted(str(getattr(link, field.m2m_reverse_field_name())) for link in links))


def _text(row: Any, field: Any) -> str:
    if field.many_to_many:
        keys = getattr(row, field.name).values_list(f"{field.m2m_reverse_field_name()}_id", flat=True)
        return ", ".join(sorted(str(related) for related in field.related_model._default_manager.filter(pk__in=keys)))
    if field.many_to_one:
        related = field.related_model._default_manager.filter(pk=getattr(row, field.attname)).first()
        return str(related or "")
    display = getattr(row, f"get_{field.name}_display", None)
    value = display() if display else getattr(row, field.name)
    return "" if value is False or value in (None, []) else str(value)
