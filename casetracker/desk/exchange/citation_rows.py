"""Planning rows that are citations: each adds a source to a record, or changes how a record cites it."""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.batches import in_batches
from casetracker.core.errors import DomainError
from casetracker.core.saving import taken_back
from casetracker.core.spreadsheets import Problem
from casetracker.core.text import fold
from casetracker.desk.exchange.columns import SOURCE
from casetracker.desk.exchange.comparing import Change, compare_field, with_notes
from casetracker.desk.exchange.finding import find_things, in_bulk
from casetracker.desk.exchange.identifying import Identifier
from casetracker.desk.exchange.parsing import ParsedRow, Sheet, texts_of_links
from casetracker.desk.exchange.plan import Alike, Plan, PlannedRow, RowStatus
from casetracker.desk.exchange.refusals import problems_of
from casetracker.review.choices import State
from casetracker.review.kinds import all_kinds, kind_named, label_of
from casetracker.review.models import Citation, Record
from casetracker.review.services import Edit, change_record
from casetracker.review.services.imports import Batch, Changed
from casetracker.sources.models import Source

# How a service names the field of a citation that it refuses.
_OF_CITATION = re.compile(r"citations_(?P<number>\d+)(_(?P<name>\w+))?")


@dataclass
class _Citing:
    """A record with the citations that it has, and the rows that are about it."""

    record: Record
    citations: list[Citation] = field(default_factory=list)
    rows: list[PlannedRow] = field(default_factory=list)


class CitationPlanner:
    """Plans the rows of one sheet of citations: those about one record together, for they become one edit of it."""

    circle, circle_column = "", ""  # citations do not link to one another

    def __init__(self, sheet: Sheet, *, by: User) -> None:
        """Take the sheet, and who imports it."""
        self.sheet, self.by, self.identifier = sheet, by, Identifier(sheet, by)
        self.columns = {column.field: column for column in sheet.columns}
        self.cited: set[UUID] = set()

    @cached_property
    def _places(self) -> dict[UUID | None, "array[int]"]:
        """The places of the rows about each record; under None, of those that name none."""
        found: dict[UUID | None, array[int]] = {}
        for places in self.sheet.parts():
            for place, record in zip(places, self._records_of(self.sheet.rows(places)), strict=True):
                found.setdefault(record, array("L")).append(place)
        return found

    def parts(self) -> Iterator[Sequence[int]]:
        """Yield the places of rows that are planned together: all about one record, and about as many as fit."""
        yield from in_batches(self._places.get(None, ()))
        together = array("L")
        for record, places in self._places.items():
            together += places if record else array("L")
            if len(together) >= self.sheet.at_once:
                yield together
                together = array("L")
        yield together

    def plan(self, places: Sequence[int]) -> list[PlannedRow]:
        """Say what becomes of some rows, as far as they themselves show it."""
        rows = self.sheet.rows(places)
        return self._plan(rows, self.identifier.identify(rows))

    def _plan(self, rows: Sequence[ParsedRow], targets: Sequence[UUID | None]) -> list[PlannedRow]:
        sources = find_things(SOURCE, set(texts_of_links(rows, "source")), by=self.by)
        self.sources = in_bulk(Source.objects, sources.values())
        self.cited |= self.sources.keys()
        found = self._records_of(rows)
        self.citing = _citing({key for key in found if key})
        return [
            self._planned(row, record, self._source_of(row, sources), target)
            for row, record, target in zip(rows, found, targets, strict=True)
        ]

    def ask(self, _planned: Sequence[PlannedRow]) -> None:
        """Ask the services whether they would take the rows that were planned last, and take it back."""
        for one in self.citing.values():
            self._try(one)

    def among_rows(self) -> Iterator[tuple[int, Problem | Alike]]:
        """Yield what shows of rows, by their places, once all are planned."""
        return self.identifier.repetitions()

    def to_write(self, plan: Plan, chosen: Sequence[int]) -> Iterator[Batch]:
        """Yield what the services write."""
        for places in self.parts():
            rows = self.sheet.rows(place for place in places if chosen[place])
            planned = self._plan(rows, self.identifier.find(rows))
            changed = [
                Changed(one.record.pk, plan.versions.get(one.record.pk, 0), edit_of(one.citations, one.rows)[0])
                for one in self.citing.values()
            ]
            yield Batch(changed=changed, keys={row.key: row.target for row in planned if row.key_is_new and row.target})

    def _records_of(self, rows: Sequence[ParsedRow]) -> list[UUID | None]:
        texts = set(texts_of_links(rows, "record"))
        records = {kind.name: find_things(kind.name, texts, by=self.by) for kind in all_kinds()}
        return [self._record_of(row, records) for row in rows]

    def _record_of(self, row: ParsedRow, records: Mapping[str, Mapping[str, UUID]]) -> UUID | None:
        text = (row.links.get("record") or [""])[0]
        wanted = row.fields.pop("kind", "")
        named = {kind: known[text] for kind, known in records.items() if text in known and wanted in ("", kind)}
        if len(named) == 1:
            return next(iter(named.values()))
        if len(named) > 1:
            kinds = ", ".join(str(kind_named(kind).label) for kind in named)
            row.problem(_("It names several records: %(kinds)s. Say which kind is meant.") % {"kinds": kinds}, "kind")
        elif text:
            row.problem(_("It names no record. Write a reference such as S-17, or the key of one of yours."), "record")
        else:
            row.problem(_("It is empty. Say which record cites the source."), "record")
        return None

    def _source_of(self, row: ParsedRow, sources: Mapping[str, UUID]) -> Source | None:
        text = (row.links.get("source") or [""])[0]
        if text in sources:
            return self.sources[sources[text]]
        row.problem(
            _("It names no source. Write a reference such as D-3, the key of one of yours, or its address.")
            if text
            else _("It is empty. Say which source is cited."),
            "source",
        )
        return None

    def _planned(self, row: ParsedRow, record: UUID | None, source: Source | None, target: UUID | None) -> PlannedRow:
        citing = self.citing.get(record) if record else None
        planned = PlannedRow(row.number, row.place, RowStatus.CREATE, key=row.key, key_is_new=row.key_is_new)
        planned.target = target or self.sheet.identity(row.place)
        if citing:
            planned.label = f"{citing.record} ← {source or ''}"
            planned.existing, planned.lock_version = citing.record.pk, citing.record.lock_version
            planned.revises = citing.record.state == State.IDLE
            self._read_field(row, citing.record.kind)
            citing.rows.append(planned)
        planned.fields = {**row.fields, "source": source, **with_notes(row, "")}
        if citing and source and not row.problems:
            self._compare(planned, row, citing, target)
        if row.problems:
            planned.refuse(row.problems)
        return planned

    def _read_field(self, row: ParsedRow, kind: str) -> None:
        """Turn the label of a field into its name."""
        text = row.fields.get("field", "")
        if not text:
            return
        citable = kind_named(kind).citable
        spellings = {fold(label_of(kind, name)): name for name in citable} | {fold(name): name for name in citable}
        if fold(text) in spellings:
            row.fields["field"] = spellings[fold(text)]
        else:
            message = _(
                "It is no field that can be cited. Leave it empty for the whole record, or write one of: %(fields)s."
            )
            row.problem(message % {"fields": ", ".join(citable)}, "field")

    def _compare(self, planned: PlannedRow, row: ParsedRow, citing: _Citing, target: UUID | None) -> None:
        if target:
            self._compare_known(planned, row, citing, target)
            return
        values = planned.fields
        same = [citation for citation in citing.citations if not self._change(values, citation).differences]
        if same and not row.key:
            planned.status, planned.target = RowStatus.UNCHANGED, same[0].pk
        elif same:
            planned.status, planned.alike = RowStatus.DUPLICATE, [_alike(same[0])]
        else:
            self._compare_rows(planned, citing)

    def _compare_known(self, planned: PlannedRow, row: ParsedRow, citing: _Citing, target: UUID) -> None:
        citation = next((one for one in citing.citations if one.pk == target), None)
        if citation is None:
            row.problem(_("The key names a citation of another record. Use another key, or correct the record."), "key")
            return
        values = {**planned.fields, **with_notes(row, citation.notes)}
        change = self._change(values, citation)
        planned.status = RowStatus.UPDATE if change.differences else RowStatus.UNCHANGED
        planned.fields, planned.differences = change.fields, change.differences

    def _compare_rows(self, planned: PlannedRow, citing: _Citing) -> None:
        for earlier in citing.rows:
            if earlier is not planned and not earlier.is_bad and earlier.fields == planned.fields:
                planned.status = RowStatus.DUPLICATE
                label, why = _("row %(row)d"), _("Row %(row)d says the same.")
                number = {"row": earlier.number}
                planned.alike = [Alike(label % number, why % number, row=earlier.number)]
                return

    def _change(self, values: Mapping[str, Any], citation: Citation) -> Change:
        change = Change()
        for name, value in values.items():
            compare_field(change, name, value, citation, self.columns.get(name))
        return change

    def _try(self, citing: _Citing) -> None:
        """Ask whether a record would take its rows; again without those that are refused, until none is."""
        rows = [row for row in citing.rows if row.status in (RowStatus.CREATE, RowStatus.UPDATE, RowStatus.DUPLICATE)]
        while rows:
            edit, places = edit_of(citing.citations, rows)
            try:
                with taken_back():
                    change_record(citing.record.pk, edit, by=self.by, lock_version=citing.record.lock_version)
                return
            except DomainError as refusal:
                for problem in problems_of(refusal, 0):
                    _refuse(problem, rows, places)
                rows = [row for row in rows if not row.is_bad]


def _refuse(problem: Problem, rows: Sequence[PlannedRow], places: Mapping[int, PlannedRow]) -> None:
    """Tell a problem at the row that it is about, or at all rows of the record."""
    about = _OF_CITATION.fullmatch(problem.column)
    row = places.get(int(about["number"])) if about else None
    for one in [row] if row else rows:
        one.refuse([Problem(problem.message, row=one.number, column=(about["name"] or "") if row and about else "")])


def edit_of(citations: Sequence[Citation], rows: Sequence[PlannedRow]) -> tuple[Edit, dict[int, PlannedRow]]:
    """Return the edit that gives a record these rows beside the citations that it has, and the place of each row."""
    changed = {row.target: row for row in rows if row.status == RowStatus.UPDATE}
    said: list[dict[str, Any]] = []
    places: dict[int, PlannedRow] = {}
    for citation in citations:
        row = changed.get(citation.pk)
        said.append({"id": citation.pk, **(row.fields if row else {})})
        if row:
            places[len(said)] = row
    for row in rows:
        if row.status != RowStatus.UPDATE:
            said.append({"id": row.target, **row.fields})
            places[len(said)] = row
    return Edit(citations=said), places


def _alike(citation: Citation) -> Alike:
    return Alike(str(citation), _("It says the same."), record=citation.record_id)


def _citing(keys: set[UUID]) -> dict[UUID, _Citing]:
    found: dict[UUID, _Citing] = {}
    by_record: dict[UUID, list[Citation]] = defaultdict(list)
    for some in in_batches(keys):
        for citation in Citation.objects.filter(record__in=some).select_related("source"):
            by_record[citation.record_id].append(citation)
        found |= {key: _Citing(record, by_record[key]) for key, record in Record.objects.in_bulk(some).items()}
    return found
