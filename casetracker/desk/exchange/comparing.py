"""What a row says beside what a record says now."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from casetracker.core.batches import in_batches
from casetracker.desk.exchange.columns import Column
from casetracker.desk.exchange.headers import NOTES
from casetracker.desk.exchange.parsing import ParsedRow, Sheet
from casetracker.desk.exchange.plan import Difference
from casetracker.review.kinds import RecordKind
from casetracker.review.models import PrivateTerm
from casetracker.review.services import Edit


@dataclass
class Said:
    """What a record says now: its fields, its rows of each kind, its private terms."""

    detail: Any
    rows: dict[str, list[Any]]
    terms: list[PrivateTerm]

    @property
    def record(self) -> Any:
        """The record itself."""
        return self.detail.record


@dataclass
class Change:
    """The edit that makes a record say what a row says, and how the two differ."""

    fields: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    terms: list[dict[str, Any]] | None = None
    differences: list[Difference] = field(default_factory=list)

    @property
    def edit(self) -> Edit:
        """The edit."""
        return Edit(fields=self.fields, rows=self.rows, private_terms=self.terms)


def said_by(kind: RecordKind, keys: Sequence[UUID]) -> dict[UUID, Said]:
    """Return what records say now."""
    found: dict[UUID, Said] = {}
    lists = [name for name in kind.fields if kind.model._meta.get_field(name).many_to_many]
    for some in in_batches(keys):
        details: Any = kind.model._default_manager.select_related("record").prefetch_related(*lists, *kind.rows)
        for detail in details.filter(pk__in=some):
            found[detail.pk] = Said(detail, {name: list(getattr(detail, name).all()) for name in kind.rows}, [])
        for term in PrivateTerm.objects.filter(record__in=some):
            found[term.record_id].terms.append(term)
    return found


class Comparer:
    """Compares rows of one sheet with records."""

    def __init__(self, sheet: Sheet) -> None:
        """Take the sheet, for its kind and the columns that are there."""
        assert sheet.kind.record is not None  # noqa: S101 - only records are compared; for the type checker
        self.record_kind, self.columns = sheet.kind.record, sheet.columns
        self.by_field = {column.field: column for column in self.columns if not column.part}

    def change(self, row: ParsedRow, links: Mapping[str, Any], said: Said) -> Change:
        """Return what a row would change in a record."""
        change = Change()
        for name, value in {**self._fields(row, said), **links}.items():
            compare_field(change, name, value, said.detail, self.by_field.get(name))
        for part, given in row.rows.items():
            self._compare_rows(change, part, given, said.rows[part])
        if row.terms is not None:
            self._compare_terms(change, row.terms, said.terms)
        return change

    def new(self, row: ParsedRow, links: Mapping[str, Any]) -> Edit:
        """Return what a new record would say."""
        rows = {part: [self._filled(part, values) for values in given] for part, given in row.rows.items()}
        fields = {**row.fields, **links, **with_notes(row, "")}
        return Edit(fields=fields, rows=rows, private_terms=row.terms or [])

    def is_all(self, row: ParsedRow, links: Mapping[str, Any], said: Said) -> bool:
        """Tell whether a record says exactly what a row says, and nothing that the row does not."""
        if self.change(row, links, said).differences:
            return False
        given = {*row.fields, *links, *({NOTES} if row.notes else ())}
        others = (said.detail._meta.get_field(name) for name in self.record_kind.fields if name not in given)
        return (
            not any(_says_something(said.detail, one) for one in others)
            and all(part in row.rows or not rows for part, rows in said.rows.items())
            and (row.terms is not None or not said.terms)
        )

    def _fields(self, row: ParsedRow, said: Said) -> dict[str, Any]:
        return {**row.fields, **with_notes(row, said.detail.notes)}

    def _compare_rows(
        self, change: Change, part: str, given: Sequence[dict[str, Any]], existing: Sequence[Any]
    ) -> None:
        wanted, left = [self._filled(part, values) for values in given], list(existing)
        rows: list[dict[str, Any] | None] = [_take(left, values, values.keys()) for values in wanted]
        # Then those that begin alike, then those that stand in the same place: a row that is corrected stays that row,
        # with what the sheet has no columns for.
        for names in (self.record_kind.rows[part].fields[:1], ()):
            for place, values in enumerate(wanted):
                if rows[place] is None and (taken := _take(left, values, names)):
                    rows[place] = {**taken, **values}
        rows = [row or values for row, values in zip(rows, wanted, strict=True)]
        if all(row and row.keys() == {"id"} for row in rows) and not left:
            return
        change.rows[part] = [row for row in rows if row is not None]
        label = str(self.record_kind.rows[part].model._meta.verbose_name_plural)
        before, after = listed([_row_values(row, wanted) for row in existing]), listed(wanted)
        change.differences.append(Difference(part, label, before, after))

    def _filled(self, part: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of a row of a record, with what an empty cell means."""
        model = self.record_kind.rows[part].model
        columns = {column.field: column for column in self.columns if column.part == part}
        return {name: values.get(name, _default(model, name, column)) for name, column in columns.items()}

    def _compare_terms(self, change: Change, given: Sequence[dict[str, str]], existing: Sequence[PrivateTerm]) -> None:
        spoken_of = {column.field for column in self.columns if column.part == "private_terms"}
        wanted = {(term["kind"], term["text"]) for term in given}
        here = {(term.kind, term.text): term for term in existing}
        concerned = {key for key in here if key[0] in spoken_of}
        if concerned == wanted:
            return
        kept = [{"id": term.pk} for key, term in here.items() if key not in concerned or key in wanted]
        change.terms = [*kept, *({"kind": kind, "text": text} for kind, text in sorted(wanted - concerned))]
        before, after = (listed([{"text": text} for _kind, text in sorted(keys)]) for keys in (concerned, wanted))
        change.differences.append(Difference("private_terms", _("private terms"), before, after))


def with_notes(row: ParsedRow, now: str) -> dict[str, str]:
    """Return the notes with the cells that go there and do not stand there yet; nothing if there are none.

    They go behind the column of notes where the sheet has one, else behind what colleagues have noted.
    """
    if not row.notes:
        return {}
    base = row.fields.get(NOTES, now)
    missing = [line for line in row.notes if f"\n{_plain(line)}\n" not in f"\n{_plain(base)}\n"]
    return {NOTES: "\n".join(filter(None, (base, *missing)))}


def compare_field(change: Change, name: str, value: Any, thing: Any, column: Column | None) -> None:
    """Note what a field would say instead of what it says, if that differs."""
    now = _value(thing, name)
    if _same(now, value):
        return
    change.fields[name] = value
    label = column.label if column else thing._meta.get_field(name).verbose_name
    before, after = shown(now, column), shown(value, column)
    change.differences.append(Difference(column.name if column else name, str(label), before, after))


def _take(left: list[Any], values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any] | None:
    """Take a row that says the same in these fields out of those that are left, and return its identity."""
    for row in left:
        if all(_same(getattr(row, name), values[name]) for name in names):
            left.remove(row)
            return {"id": row.pk}
    return None


def _default(model: type[models.Model], name: str, column: Column) -> Any:
    model_field: Any = model._meta.get_field(name)
    return model_field.get_default() if model_field.has_default() else column.widget.empty


def _value(detail: Any, name: str) -> Any:
    model_field = detail._meta.get_field(name)
    return list(getattr(detail, name).all()) if model_field.many_to_many else getattr(detail, name)


def _says_something(detail: Any, model_field: Any) -> bool:
    value = _value(detail, model_field.name)
    default = model_field.get_default() if model_field.has_default() else None
    return value not in (default, None, "", [])


def _same(now: Any, value: Any) -> bool:
    if isinstance(now, str) and isinstance(value, str):
        return _plain(now) == _plain(value)
    if _are_things(now) or _are_things(value):
        return {one.pk for one in now} == {one.pk for one in value}
    return bool(now == value)


def _are_things(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, models.Model) for one in value)


def _plain(text: str) -> str:
    """Browsers send line breaks of their own, and a spreadsheet keeps no blanks at the ends."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def shown(value: Any, column: Column | None) -> str:
    """Return how a value is shown to people."""
    if isinstance(value, models.Model):
        return str(value)
    if _are_things(value):
        return "; ".join(sorted(map(str, value)))
    return str(column.widget.render(value)) if column else str(value or "")


def _row_values(row: Any, wanted: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    names = wanted[0].keys() if wanted else [field.name for field in row._meta.concrete_fields[2:]]
    return {name: getattr(row, name) for name in names}


def listed(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return how the rows of a record are shown to people."""
    said = []
    for values in rows:
        first, *others = [str(value) for value in values.values() if value not in ("", None)] or [""]
        said.append(f"{first} ({', '.join(others)})" if others else first)
    return "; ".join(said)
