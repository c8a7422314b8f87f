"""Rows that say what is logged already, and rows that may: recognised by what they say, where they have no key."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.desk.duplicates.likeness import LIKELY
from casetracker.desk.duplicates.pairs import look_alikes
from casetracker.desk.exchange.comparing import Comparer, said_by
from casetracker.desk.exchange.finding import in_parts
from casetracker.desk.exchange.parsing import ParsedRow
from casetracker.desk.exchange.plan import Alike, PlannedRow, RowStatus
from casetracker.review.kinds import label_of
from casetracker.review.models import Record

# Two records of a kind that say the same in these fields may be the same. Of stations, far more is compared.
_ANCHORS = {
    "station": ("country", "locality", "kind"),
    "response": ("concerns", "responder", "date", "kind"),
    "agreement": ("country", "counterpart", "type", "signed"),
    "claim": ("topic", "country", "as_of", "claimed_by"),
}

_Anchor = tuple[Any, ...]


class Recogniser:
    """Compares the new rows of a sheet with what is there, and with each other."""

    def __init__(self, comparer: Comparer, by: User) -> None:
        """Take what compares a row with a record."""
        self.comparer, self.kind, self.by = comparer, comparer.record_kind, by
        self.anchors = _ANCHORS.get(self.kind.name, ())

    def recognise(
        self, rows: Sequence[ParsedRow], links: Sequence[Mapping[str, Any]], planned: Sequence[PlannedRow]
    ) -> None:
        """Mark rows that say exactly what a record says as unchanged, those that nearly do as possible duplicates."""
        places = [place for place, row in enumerate(planned) if row.status == RowStatus.CREATE]
        anchors = {place: self._anchor(rows[place]) for place in places}
        there = self._records_at(set(anchors.values()))
        said = said_by(self.kind, [key for keys in there.values() for key in keys])
        for place in places:
            near = [said[key] for key in there.get(anchors[place], ())]
            same = [one for one in near if self.comparer.is_all(rows[place], links[place], one)]
            if same and not rows[place].key:
                self._settle(planned[place], same[0].record)
            elif same or (near and self.kind.name != "station"):
                why = _("It says the same.") if same else self._common(anchors[place])
                for one in same or near:
                    _mark(planned[place], Alike(str(one.record), why, record=one.record.pk))
        self._repetitions(rows, planned)
        if self.kind.name == "station":
            self._stations(planned)

    def _anchor(self, row: ParsedRow) -> _Anchor:
        return tuple(row.fields.get(name, self._empty[name]) for name in self.anchors)

    def _common(self, anchor: _Anchor) -> str:
        """Say in which fields something is the same."""
        names = [name for name, value in zip(self.anchors, anchor, strict=True) if value]
        labels = ", ".join(label_of(self.kind.name, name) for name in names)
        return _("It is the same in: %(fields)s.") % {"fields": labels}

    def _records_at(self, anchors: Iterable[_Anchor]) -> dict[_Anchor, list[UUID]]:
        kept = Record.objects.not_gone().filter(kind=self.kind.name).values("pk")
        found: dict[_Anchor, list[UUID]] = defaultdict(list)
        for some in in_parts(anchors):
            conditions = {f"{name}__in": {anchor[place] for anchor in some} for place, name in enumerate(self.anchors)}
            rows: Any = self.kind.model._default_manager.filter(record__in=kept, **conditions)
            for key, *anchor in rows.values_list("pk", *self.anchors):
                found[tuple(anchor)].append(key)
        return found

    def _settle(self, planned: PlannedRow, record: Record) -> None:
        planned.status, planned.edit = RowStatus.UNCHANGED, None
        planned.target, planned.lock_version, planned.existing = record.pk, record.lock_version, record.pk
        planned.label = str(record)

    def _repetitions(self, rows: Sequence[ParsedRow], planned: Sequence[PlannedRow]) -> None:
        """Mark a row that says what an earlier one of the same file says."""
        first: dict[str, int] = {}
        for row, one in zip(rows, planned, strict=True):
            if one.status not in (RowStatus.CREATE, RowStatus.DUPLICATE):
                continue
            content = repr((row.fields, row.links, row.rows, row.terms, row.notes))
            if content in first:
                why = _("Row %(row)d says the same.") % {"row": first[content]}
                _mark(one, Alike(_("row %(row)d") % {"row": first[content]}, why, row=first[content]))
            first.setdefault(content, row.number)

    def _stations(self, planned: Sequence[PlannedRow]) -> None:
        new = {row.target: row for row in planned if row.status in (RowStatus.CREATE, RowStatus.DUPLICATE)}
        stations = [self._station(row) for row in new.values()]
        for one, other, alike in look_alikes(stations, at_least=LIKELY):
            why = "; ".join(alike.reasons)
            row = new[one.record.pk]
            behind = new.get(other.record.pk)
            if behind is None:
                _mark(row, Alike(str(other.record), why, record=other.record.pk))
            else:
                later, earlier = (row, behind) if row.number > behind.number else (behind, row)
                _mark(later, Alike(_("row %(row)d") % {"row": earlier.number}, why, row=earlier.number))

    def _station(self, row: PlannedRow) -> tuple[Any, list[str]]:
        """Return what is compared of a station that is not logged yet, and its names. Models cost more."""
        edit = row.edit
        assert edit  # noqa: S101 - a new row has one
        record = SimpleNamespace(pk=row.target, label=row.label)
        station = SimpleNamespace(pk=row.target, record=record, **{**self._empty, **edit.fields})
        return station, [str(name["text"]) for name in edit.rows.get("names", ()) if name.get("text")]

    @cached_property
    def _empty(self) -> dict[str, Any]:
        nothing = self.kind.model()
        lists = {field.name for field in nothing._meta.many_to_many}
        return {name: getattr(nothing, name) for name in self.kind.fields if name not in lists}


def _mark(planned: PlannedRow, alike: Alike) -> None:
    planned.status = RowStatus.DUPLICATE
    known = {(one.record, one.row) for one in planned.alike}
    if (alike.record, alike.row) not in known:
        planned.alike.append(alike)
