"""Saving the parts of a record, with messages at their fields and an entry in the edit history."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import InvalidContent
from casetracker.core.saving import save_checked
from casetracker.review.kinds import PRIVATE_TERMS, RecordKind, RowKind


def save_detail(kind: RecordKind, detail: Any, values: Mapping[str, Any], by: User) -> None:
    """Set fields of a station, response or other, check them and save.

    Raises `InvalidContent` with the messages at their fields.
    """
    lists = set_values(kind, detail, values)
    _save(detail, by, prefix="", derive=kind.derive)
    for name, value in lists.items():
        getattr(detail, name).set(value)


def set_values(kind: RecordKind, detail: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Set fields of a station, response or other. Return the lists of links: they can be set once it is saved."""
    _refuse_unknown(values, {*kind.fields, *kind.private})
    lists = {name: value for name, value in values.items() if _is_list(detail, name)}
    for name in values.keys() - lists.keys():
        setattr(detail, name, values[name])
    return lists


def sync_rows(spec: RowKind, parent: models.Model, rows: Sequence[Mapping[str, Any]], by: User, name: str) -> None:
    """Make the rows under `parent` exactly these; only rows that differ are written.

    Raises `InvalidContent` with each message under the rows' `name`, number and field.
    """
    existing = {row.pk: row for row in spec.model._default_manager.filter(**{spec.parent: parent})}
    for number, values in enumerate(rows, start=1):
        row = existing.pop(values.get("id"), None)
        if row is None:
            row = spec.model(**{spec.parent: parent}, **({"pk": values["id"]} if values.get("id") else {}))
        _save_row(spec, row, values, by, f"{name} {number} ")
    for row in existing.values():
        row._history_user = by  # type: ignore[attr-defined]  # The name that django-simple-history reads.
        row.delete()


def _save_row(spec: RowKind, row: Any, values: Mapping[str, Any], by: User, prefix: str) -> None:
    own = {name: value for name, value in values.items() if name != "id"}
    _refuse_unknown(own, {*spec.fields, *spec.private})
    changed = [name for name, value in own.items() if getattr(row, name) != value] if _is_saved(row) else list(own)
    if not changed and _is_saved(row):
        return
    for name in changed:
        setattr(row, name, own[name])
    if spec is PRIVATE_TERMS:
        # Allowed was another text: a changed one is private again.
        row.publishable_reason, row.publishable_by, row.publishable_at = "", None, None
    _save(row, by, prefix=prefix)


def _is_saved(row: models.Model) -> bool:
    return not row._state.adding


def _is_list(detail: models.Model, name: str) -> bool:
    return isinstance(detail._meta.get_field(name), models.ManyToManyField)


def _refuse_unknown(values: Mapping[str, Any], known: set[str]) -> None:
    unknown = values.keys() - known
    if unknown:
        raise ValueError(f"not fields of this record: {sorted(unknown)}")


def _save(instance: Any, by: User, *, prefix: str, derive: Any = None) -> None:
    try:
        if derive:
            instance.clean_fields()
            derive(instance)
        instance._history_user = by
        save_checked(instance)
    except ValidationError as error:
        messages = {f"{prefix}{name}": texts for name, texts in error.message_dict.items()}
        raise InvalidContent(_("Please correct the fields that are marked."), field_errors=messages) from error
