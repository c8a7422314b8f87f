"""The working record and its edit history."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from casetracker.core.languages import in_data_language
from casetracker.publication.erasers import Erasure
from casetracker.review.kinds import CITATIONS, PRIVATE_TERMS, all_kinds, kind_named
from casetracker.review.models import ConfidentialCheck, ConfidentialCitation, ImportKey, PublishedContent, Record
from casetracker.review.models.record import new_salt


def erase_history(erasure: Erasure) -> None:
    """Destroy the whole edit history of a record, of every round.

    Each of its rows is a copy of all that stood in a part of the record at that moment, whoever wrote it and when: the
    words of one version cannot be told from those of another. Who acted when stays, in the decisions. Where the
    working record stays, its history begins anew with what it says now.
    """
    kind = kind_named(erasure.record_kind)
    parts = {spec.model: f"{spec.parent}_id" for spec in (*kind.rows.values(), CITATIONS, PRIVATE_TERMS)}
    for model, parent in {kind.model: "record_id", **parts}.items():
        _delete_history(model, **{parent: erasure.record})
        if not erasure.whole:
            standing = list(model._default_manager.filter(**{parent: erasure.record}))
            model.history.bulk_history_create(standing, default_user=erasure.by)  # type: ignore[attr-defined]
    content = PublishedContent.objects.filter(record=erasure.record, version=erasure.version)
    erasure.empty(content)


def erase_working_record(erasure: Erasure) -> None:
    """Empty the working record, where it says what the version said."""
    if erasure.whole:
        empty_record(Record.objects.get(pk=erasure.record))


def empty_record(record: Record) -> None:
    """Take everything out of a working record, without a trace in its history. A revision can write it anew."""
    kind = kind_named(record.kind)
    detail = kind.model._default_manager.get(pk=record.pk)
    for field in kind.model._meta.many_to_many:
        getattr(detail, field.name).clear()
    empty = {name: _nothing(field) for name, field in _own_fields(kind.model)} | dict(kind.emptied)
    kind.model._default_manager.filter(pk=record.pk).update(**empty)
    for spec in kind.rows.values():
        _delete_rows(spec.model, **{spec.parent: record.pk})
    ImportKey.objects.filter(Q(record=record) | Q(citation__record=record)).delete()
    for spec in (CITATIONS, PRIVATE_TERMS):
        _delete_rows(spec.model, record=record.pk)
    # Checks and events point to them, and stay. Without its key, nobody opens what was sealed.
    confidential = ConfidentialCitation.objects.filter(record=record)
    confidential.update(key_id="", wrapped_key="", sealed="", seal="", is_current=False)
    with in_data_language():
        label = _("(erased)")
    # With the old salt, a guess could be compared with the digests of decisions.
    Record.objects.filter(pk=record.pk).update(label=label, digest_salt=new_salt(), needs_revision=False)


def _own_fields(model: type[models.Model]) -> Iterator[tuple[str, Any]]:
    return ((field.name, field) for field in model._meta.concrete_fields if not field.primary_key)


def _nothing(field: Any) -> Any:
    """Return what a field of a new record holds before anybody has written anything."""
    return field.get_default() if field.has_default() or not field.null else None


def _delete_rows(model: Any, **which: Any) -> None:
    """Delete rows of a record without a trace: `QuerySet.delete` would write what they said into their history."""
    rows = model._default_manager.filter(**which)
    rows._raw_delete(rows.db)


def _delete_history(model: Any, **which: Any) -> None:
    rows = model.history.filter(**which)
    for linked in _link_histories(model.history.model):
        linked._default_manager.filter(history__in=rows.values("history_id")).delete()
    rows.delete()


def _link_histories(history: type[models.Model]) -> list[Any]:
    """Return the tables with the history of the links of one model to many."""
    found = [model for model in apps.get_models() if hasattr(model, "m2m_history_id")]
    return [model for model in found if model._meta.get_field("history").related_model is history]


def parts() -> Iterator[type[models.Model]]:
    """Yield the tables of working records."""
    yield Record
    yield ConfidentialCitation
    yield ConfidentialCheck
    for spec in (CITATIONS, PRIVATE_TERMS):
        yield spec.model
    for kind in all_kinds():
        yield kind.model
        yield from (spec.model for spec in kind.rows.values())
        for field in kind.model._meta.many_to_many:
            through: Any = field.remote_field.through
            yield through


def histories() -> Iterator[type[models.Model]]:
    """Yield the tables of their edit history, and of what was published."""
    yield PublishedContent
    for model in parts():
        if hasattr(model, "history"):
            yield model.history.model
            yield from _link_histories(model.history.model)
