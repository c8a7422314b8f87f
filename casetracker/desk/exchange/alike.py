"""Rows that say what is logged already, and rows that may: recognised by what they say, where they have no key."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from casetracker.core.batches import in_batches
from casetracker.core.text_index import TextIndex
from casetracker.desk.duplicates.crowds import Crowd, New
from casetracker.desk.duplicates.likeness import LIKELY
from casetracker.desk.exchange.comparing import Comparer, said_by
from casetracker.desk.exchange.parsing import ParsedRow, Sheet
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

    def __init__(self, comparer: Comparer, sheet: Sheet) -> None:
        """Take what compares a row with a record, and the sheet whose rows are compared with each other."""
        self.comparer, self.kind, self.sheet = comparer, comparer.record_kind, sheet
        self.anchors = _ANCHORS.get(self.kind.name, ())
        self.contents = TextIndex()
        self.crowd = Crowd(self._station_again) if self.kind.name == "station" else None

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
                _settle(planned[place], same[0].record)
                continue
            if same or (near and self.crowd is None):
                why = _("It says the same.") if same else self._common(anchors[place])
                for one in same or near:
                    _mark(planned[place], Alike(str(one.record), why, record=one.record.pk))
            self._remember(rows[place])

    def _remember(self, row: ParsedRow) -> None:
        """Note what a new row says, for the rows behind it."""
        self.contents.add(repr((row.fields, row.links, row.rows, row.terms, row.notes)), row.place)
        if self.crowd:
            self.crowd.add(row.place, *self._station(row))

    def among_rows(self) -> Iterator[tuple[int, Alike]]:
        """Yield the places of rows that are like earlier ones, or like stations, with what they are like."""
        self.contents.sort()
        for first, *others in self.contents.groups():
            number = self._number(first)
            why = _("Row %(row)d says the same.") % {"row": number}
            yield from ((place, _like_row(number, why)) for place in others)
        for found in self.crowd.look_alikes(LIKELY) if self.crowd else ():
            why = "; ".join(found.likeness.reasons)
            if found.other_number is None:
                yield found.number, Alike(str(found.other.record), why, record=found.other.record.pk)
            else:
                yield found.number, _like_row(self._number(found.other_number), why)

    def _number(self, place: int) -> int:
        return self.sheet.table.rows[place].number

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
        for some in in_batches(anchors):
            conditions = {f"{name}__in": {anchor[place] for anchor in some} for place, name in enumerate(self.anchors)}
            rows: Any = self.kind.model._default_manager.filter(record__in=kept, **conditions)
            for key, *anchor in rows.values_list("pk", *self.anchors):
                found[tuple(anchor)].append(key)
        return found

    def _station_again(self, place: int) -> New:
        return self._station(self.sheet.row(place))

    def _station(self, row: ParsedRow) -> New:
        """Return what is compared of a station that is not logged yet, and its names. Models cost more."""
        record = SimpleNamespace(pk=None, label="")
        station = SimpleNamespace(pk=None, record=record, **{**self._empty, **row.fields})
        return station, [str(name["text"]) for name in row.rows.get("names", ()) if name.get("text")]

    @cached_property
    def _empty(self) -> dict[str, Any]:
        nothing = self.kind.model()
        lists = {field.name for field in nothing._meta.many_to_many}
        return {name: getattr(nothing, name) for name in self.kind.fields if name not in lists}


def _like_row(number: int, why: str) -> Alike:
    return Alike(_("row %(row)d") % {"row": number}, why, row=number)


def _settle(planned: PlannedRow, record: Record) -> None:
    planned.status, planned.edit = RowStatus.UNCHANGED, None
    planned.target, planned.lock_version, planned.existing = record.pk, record.lock_version, record.pk
    planned.label = str(record)


def _mark(planned: PlannedRow, alike: Alike) -> None:
    planned.status = RowStatus.DUPLICATE
    known = {(one.record, one.row) for one in planned.alike}
    if (alike.record, alike.row) not in known:
        planned.alike.append(alike)
