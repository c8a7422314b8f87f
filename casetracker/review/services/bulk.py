"""Logging many records at once: what `log_record` does to each, in a few statements for all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from casetracker.accounts.models import User
from casetracker.core.errors import InvalidContent, NotAllowed
from casetracker.core.languages import in_data_language
from casetracker.core.saving import taken_back
from casetracker.review import policies
from casetracker.review.choices import Action
from casetracker.review.content import build_contents, content_digest
from casetracker.review.kinds import PRIVATE_TERMS, RecordKind, RowKind, kind_named
from casetracker.review.models import Decision, Participation, PrivateTerm, Record
from casetracker.review.rows import set_values
from casetracker.review.services.editing import Edit
from casetracker.review.transitions import TRANSITIONS

_BATCH = 500


@dataclass(frozen=True)
class NewRecord:
    """A record that is to be logged under an identity that is known before, so that others can link to it.

    Its edit has no citations: those are added by `edit_record`.
    """

    id: UUID
    edit: Edit


class InvalidRecords(InvalidContent):
    """Some of many records do not meet the rules: `errors` has what is wrong, by the record's place in the list."""

    def __init__(self, errors: Mapping[int, InvalidContent]) -> None:
        """Take the errors."""
        super().__init__("\n".join(map(str, errors.values())))
        self.errors = dict(errors)


@dataclass
class _Parts:
    """One new record with everything that is to be inserted for it."""

    record: Record
    detail: Any
    rows: dict[str, list[Any]]
    lists: dict[str, Any]
    terms: list[PrivateTerm]


@transaction.atomic
def log_records(kind_name: str, new: Sequence[NewRecord], *, by: User, comment: str = "") -> list[Record]:
    """Log new records of one kind as drafts, all or none. `by` becomes the author of each.

    Raises `InvalidRecords` with the messages at their fields, `NotAllowed` without the role.
    """
    if not policies.may_log(by):
        raise NotAllowed(_("Only researchers and editors log records. Ask an administrator for the role."))
    kind, records, errors = kind_named(kind_name), list[Record](), dict[int, InvalidContent]()
    for start in range(0, len(new), _BATCH):
        parts = _parts_from(kind, new, start, errors)
        if errors:  # What is logged already is taken back; the others are looked at for their messages.
            continue
        errors |= _insert(kind, parts, by, start)
        logged = [one.record for one in parts]
        if not errors:
            _decide(logged, by, comment)
        records += logged
    if errors:
        raise InvalidRecords(errors)
    return records


def check_records(kind_name: str, new: Sequence[NewRecord]) -> None:
    """Raise the `InvalidRecords` that logging new records would raise, and leave nothing behind."""
    kind, errors = kind_named(kind_name), dict[int, InvalidContent]()
    for start in range(0, len(new), _BATCH):
        parts = _parts_from(kind, new, start, errors)
        if len(parts) < len(new[start : start + _BATCH]):
            continue
        try:
            with taken_back():
                kind.model._default_manager.bulk_create([one.detail for one in parts])
                for name, spec in kind.rows.items():
                    spec.model._default_manager.bulk_create([row for one in parts for row in one.rows.get(name, ())])
        except IntegrityError:
            errors |= _broken_rules(parts, start)
    if errors:
        raise InvalidRecords(errors)


def _parts_from(
    kind: RecordKind, new: Sequence[NewRecord], start: int, errors: dict[int, InvalidContent]
) -> list[_Parts]:
    """Return the parts of some of the records; what is wrong with others of them is noted in `errors`."""
    parts = []
    for number, one in enumerate(new[start : start + _BATCH], start=start):
        try:
            parts.append(_parts_of(kind, one))
        except InvalidContent as error:
            errors[number] = error
    return parts


def _parts_of(kind: RecordKind, new: NewRecord) -> _Parts:
    record = Record(pk=new.id, kind=kind.name)
    detail: Any = kind.model(record=record)
    lists = set_values(kind, detail, new.edit.fields)
    problems: dict[str, list[str]] = {}
    rows = {
        name: [_checked(kind.rows[name], detail, values, f"{name} {number} ", problems) for number, values in each]
        for name, each in ((name, enumerate(values, start=1)) for name, values in new.edit.rows.items())
    }
    terms = [
        _checked(PRIVATE_TERMS, record, values, f"private_terms {number} ", problems)
        for number, values in enumerate(new.edit.private_terms or (), start=1)
    ]
    _note(problems, "", lambda: _check(detail, kind.derive))
    if problems:
        raise InvalidContent(_("Please correct the fields that are marked."), field_errors=problems)
    with in_data_language():
        record.label = kind.describe(_with_rows(kind, detail, rows))
    return _Parts(record, detail, rows, lists, terms)


def _checked(spec: RowKind, parent: Any, values: Mapping[str, Any], prefix: str, problems: dict[str, list[str]]) -> Any:
    row = spec.model(**{spec.parent: parent}, **values)
    _note(problems, prefix, lambda: row.clean_fields(exclude={spec.parent}))
    return row


def _check(detail: Any, derive: Any) -> None:
    # Whether what it points to is there, the database says: it may be inserted by the same statement.
    pointing = {field.name for field in detail._meta.concrete_fields if field.is_relation}
    detail.clean_fields(exclude=pointing)
    derive(detail)
    detail.clean()


def _note(problems: dict[str, list[str]], prefix: str, check: Any) -> None:
    try:
        check()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            problems.setdefault(f"{prefix}{name}", []).extend(messages)


def _with_rows(kind: RecordKind, detail: Any, rows: Mapping[str, Sequence[Any]]) -> Any:
    """Let an instance that is not saved find its rows, in their order, as if they had been fetched with it."""
    detail._prefetched_objects_cache = {}
    for name, spec in kind.rows.items():
        found = spec.model._default_manager.all()
        found._result_cache = _in_order(spec.model, rows.get(name, ()))
        detail._prefetched_objects_cache[name] = found
    return detail


def _in_order(model: type[models.Model], rows: Sequence[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: [getattr(row, str(name)) for name in model._meta.ordering or ("pk",)])


def _insert(kind: RecordKind, parts: Sequence[_Parts], by: User, start: int) -> dict[int, InvalidContent]:
    """Insert records; return which of them break rules of the tables, if any does."""
    try:
        with transaction.atomic():
            _insert_all(kind, parts, by)
    except IntegrityError as error:
        broken = _broken_rules(parts, start)
        if not broken:
            raise InvalidContent(_("Something that the records link to is not there any more.")) from error
        return broken
    return {}


def _insert_all(kind: RecordKind, parts: Sequence[_Parts], by: User) -> None:
    Record.objects.bulk_create([one.record for one in parts])
    _keep([one.detail for one in parts], kind.model, by)
    for name, spec in kind.rows.items():
        _keep([row for one in parts for row in one.rows.get(name, ())], spec.model, by)
    _keep([term for one in parts for term in one.terms], PrivateTerm, by)
    for one in parts:
        for name, value in one.lists.items():
            if value:
                one.detail._history_user = by
                getattr(one.detail, name).set(value)


def _keep(instances: list[Any], model: type[models.Model], by: User) -> None:
    if instances:
        bulk_create_with_history(instances, model, batch_size=_BATCH, default_user=by)


def _broken_rules(parts: Sequence[_Parts], start: int) -> dict[int, InvalidContent]:
    """Ask the rules of the tables one after the other, for their messages."""
    found = {}
    for number, one in enumerate(parts, start=start):
        problems: dict[str, list[str]] = {}
        if Record.objects.filter(pk=one.record.pk).exists():
            problems["__all__"] = [_("It was logged meanwhile. Plan the import again.")]
        _note(problems, "", one.detail.validate_constraints)
        for name, rows in one.rows.items():
            for place, row in enumerate(rows, start=1):
                _note(problems, f"{name} {place} ", row.validate_constraints)
        if problems:
            found[number] = InvalidContent(_("Please correct the fields that are marked."), field_errors=problems)
    return found


def _decide(records: Sequence[Record], by: User, comment: str) -> None:
    rule = TRANSITIONS[Action.LOG]
    if rule.participation:
        Participation.objects.bulk_create(
            Participation(record=record, round=record.round, person=by, role=rule.participation) for record in records
        )
    contents = build_contents(records)
    Decision.objects.bulk_create(
        Decision(
            record=record,
            round=record.round,
            action=Action.LOG,
            to_state=record.state,
            person=by,
            digest=content_digest(record, contents[record.pk]),
            comment=comment,
        )
        for record in records
    )
