"""Planning rows that are records: stations, responses, agreements, claims."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casetracker.accounts.models import User
from casetracker.core.batches import in_batches
from casetracker.core.errors import DomainError
from casetracker.core.saving import taken_back
from casetracker.core.spreadsheets import Problem
from casetracker.desk.exchange.alike import Recogniser
from casetracker.desk.exchange.comparing import Comparer, Said, said_by
from casetracker.desk.exchange.identifying import Identifier, new_keys
from casetracker.desk.exchange.linking import Linker
from casetracker.desk.exchange.parsing import ParsedRow, Sheet
from casetracker.desk.exchange.plan import Alike, Plan, PlannedRow, RowStatus, places_of
from casetracker.desk.exchange.refusals import problems_of
from casetracker.review.choices import State
from casetracker.review.services import change_record
from casetracker.review.services.bulk import InvalidRecords, NewRecord, check_records
from casetracker.review.services.imports import Batch, Changed

_UNDER_REVIEW = (State.SUBMITTED, State.VERIFIED, State.APPROVED)


class RecordPlanner:
    """Plans the rows of one sheet for one importer, some at a time. It writes nothing that stays."""

    # Claims supersede one another; two responses may well name each other as the same act.
    circle = gettext_lazy("That claim is itself superseded by this one, at once or through others.")

    def __init__(self, sheet: Sheet, *, by: User) -> None:
        """Take the sheet, and who imports it."""
        assert sheet.kind.record is not None  # noqa: S101 - other sheets have planners of their own
        self.sheet, self.kind, self.record_kind, self.by = sheet, sheet.kind, sheet.kind.record, by
        self.circle_column = "superseded_by" if self.kind.name == "claim" else ""
        self.comparer = Comparer(sheet)
        self.identifier, self.linker = Identifier(sheet, by), Linker(sheet, by)
        self.recogniser = Recogniser(self.comparer, sheet)

    def parts(self) -> Iterator[Sequence[int]]:
        """Yield the places of rows that are planned together."""
        return self.sheet.parts()

    def plan(self, places: Sequence[int]) -> list[PlannedRow]:
        """Say what becomes of some rows, as far as they themselves show it."""
        rows = self.sheet.rows(places)
        targets = self.identifier.identify(rows)
        links = self.linker.links_of(rows)
        said = said_by(self.record_kind, [target for target in targets if target])
        planned = [
            self._changed(row, linked, said[target]) if target else self._new(row, linked)
            for row, linked, target in zip(rows, links, targets, strict=True)
        ]
        self.recogniser.recognise(rows, links, planned)
        return planned

    def ask(self, planned: Sequence[PlannedRow]) -> None:
        """Ask the services whether they would take some rows, and take it back."""
        self._try_changes(planned)
        self._try_some([row for row in planned if row.status in (RowStatus.CREATE, RowStatus.DUPLICATE)])

    def among_rows(self) -> Iterator[tuple[int, Problem | Alike]]:
        """Yield what shows of rows, by their places, once all are planned."""
        yield from self.identifier.repetitions()
        yield from self.recogniser.among_rows()

    def to_write(self, plan: Plan, chosen: Sequence[int]) -> Iterator[Batch]:
        """Yield what the services write, what is new first: what is changed may link to it."""
        for some in in_batches(place for place in places_of(chosen) if plan.status(place) != RowStatus.UPDATE):
            yield self._to_log(self.sheet.rows(some))
        for some in in_batches(place for place in places_of(chosen) if plan.status(place) == RowStatus.UPDATE):
            yield self._to_change(self.sheet.rows(some), plan.versions)

    def _to_log(self, rows: Sequence[ParsedRow]) -> Batch:
        pairs = zip(rows, self.linker.links_of(rows), strict=True)
        new = [NewRecord(self.sheet.identity(row.place), self.comparer.new(row, links)) for row, links in pairs]
        return Batch(new=new, keys={row.key: self.sheet.identity(row.place) for row in rows if row.key})

    def _to_change(self, rows: Sequence[ParsedRow], versions: Mapping[UUID, int]) -> Batch:
        targets, changed = self.identifier.find_again(rows, versions), []
        said = said_by(self.record_kind, targets)
        for row, links, target in zip(rows, self.linker.links_of(rows), targets, strict=True):
            change = self.comparer.change(row, links, said[target])
            if change.differences:
                changed.append(Changed(target, versions[target], change.edit))
        return Batch(changed=changed, keys=new_keys(rows, targets))

    # --- What becomes of a row --------------------------------------------------------

    def _changed(self, row: ParsedRow, links: Mapping[str, Any], said: Said) -> PlannedRow:
        record = said.record
        planned = PlannedRow(
            row.number,
            row.place,
            RowStatus.UNCHANGED,
            str(record),
            row.key,
            row.key_is_new,
            target=record.pk,
            lock_version=record.lock_version,
            existing=record.pk,
        )
        if record.state == State.DISCARDED and not row.problems:
            return planned  # It was decided to leave it out.
        change = self.comparer.change(row, links, said)
        if change.differences and record.state in _UNDER_REVIEW:
            row.problem(_("It is under review. Return it to its author, or withdraw it, before it is changed."))
        if change.differences:
            planned.status, planned.edit, planned.differences = RowStatus.UPDATE, change.edit, change.differences
            planned.revises = record.state == State.IDLE
        planned.name_it()
        planned.linked_rows = self.linker.rows_behind(row)
        if row.problems:
            planned.refuse(row.problems)
        return planned

    def _new(self, row: ParsedRow, links: Mapping[str, Any]) -> PlannedRow:
        planned = PlannedRow(row.number, row.place, RowStatus.CREATE, self._label(row), row.key, row.key_is_new)
        planned.target, planned.edit = self.sheet.identity(row.place), self.comparer.new(row, links)
        planned.linked_rows = self.linker.rows_behind(row)
        for column in self.kind.columns:
            if column.required and not row.cells.get(column.name) and not self._is_named(row, column.name):
                message = _("It is empty, and each new row needs it: %(label)s.") % {"label": column.label}
                row.problem(message, column.name)
        if row.problems:
            planned.refuse(row.problems)
        return planned

    def _is_named(self, row: ParsedRow, column: str) -> bool:
        return any(problem.column == column for problem in row.problems)

    def _label(self, row: ParsedRow) -> str:
        """Return what tells the row from others before it is a record: the first cells that say something."""
        return ", ".join([text for name, text in row.cells.items() if name not in ("key", "reference")][:3])[:120]

    # --- Asking the services, and taking it back ------------------------------------

    def _try_changes(self, planned: Sequence[PlannedRow]) -> None:
        updates = [row for row in planned if row.status == RowStatus.UPDATE and row.edit and not row.linked_rows]
        for row in updates:
            assert row.edit  # noqa: S101 - for the type checker
            assert row.target  # noqa: S101 - and is about something
            try:
                with taken_back():
                    change_record(row.target, row.edit, by=self.by, lock_version=row.lock_version or 0)
            except DomainError as refusal:
                row.refuse(list(problems_of(refusal, row.number, row.edit)))

    def _try_some(self, rows: list[PlannedRow]) -> None:
        """Ask whether rows could be logged; again without those that are refused, until none is."""
        while rows:
            try:
                check_records(
                    self.kind.name, [NewRecord(row.target, row.edit) for row in rows if row.target and row.edit]
                )
                return
            except InvalidRecords as refusal:
                for place, error in refusal.errors.items():
                    rows[place].refuse(list(problems_of(error, rows[place].number, rows[place].edit)))
                rows = [row for row in rows if not row.is_bad]
