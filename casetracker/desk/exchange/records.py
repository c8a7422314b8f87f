"""Planning rows that are records: stations, responses, agreements, claims."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import DomainError
from casetracker.core.saving import taken_back
from casetracker.desk.exchange.alike import Recogniser
from casetracker.desk.exchange.columns import SheetKind
from casetracker.desk.exchange.comparing import Comparer, Said, said_by
from casetracker.desk.exchange.finding import in_parts
from casetracker.desk.exchange.headers import Headers
from casetracker.desk.exchange.identifying import identify
from casetracker.desk.exchange.linking import Linker
from casetracker.desk.exchange.parsing import ParsedRow, Refused, Step
from casetracker.desk.exchange.plan import PlannedRow, RowStatus
from casetracker.desk.exchange.refusals import problems_of, refuse_again, refuse_links_to_errors
from casetracker.review.choices import State
from casetracker.review.services import change_record
from casetracker.review.services.bulk import InvalidRecords, NewRecord, check_records

_UNDER_REVIEW = (State.SUBMITTED, State.VERIFIED, State.APPROVED)


class RecordPlanner:
    """Plans the rows of one sheet for one importer. It writes nothing that stays."""

    def __init__(self, kind: SheetKind, headers: Headers, *, by: User, step: Step, refused: Refused = None) -> None:
        """Take what the sheet has, who imports it, whom to tell how far it is, and what was refused before.

        With `refused`, which has the numbers of rows, the services are not asked again: they are about to be.
        """
        assert kind.record is not None  # noqa: S101 - other sheets have planners of their own
        self.kind, self.record_kind, self.by, self.step, self.refused = kind, kind.record, by, step, refused
        self.comparer = Comparer(kind, headers)
        self.names = headers.names

    def plan(self, rows: Sequence[ParsedRow]) -> list[PlannedRow]:
        """Say what becomes of each row."""
        targets = identify(self.kind.name, rows, by=self.by)
        identities = [target or uuid4() for target in targets]
        new = {
            row.key: (identity, row)
            for row, identity, target in zip(rows, identities, targets, strict=True)
            if row.key and not target
        }
        self.linker = Linker(self.kind, rows, new, self.by)
        self.links = [self.linker.links_of(row) for row in rows]
        self.rows = rows
        said = said_by(self.record_kind, [target for target in targets if target])
        planned = [
            self._changed(place, said[target]) if target else self._new(place, identities[place])
            for place, target in enumerate(targets)
        ]
        Recogniser(self.comparer, self.by).recognise(rows, self.links, planned)
        if self.refused is None:
            self._try_changes(planned)
            self._try_new(planned)
        else:
            refuse_again(planned, self.refused)
        refuse_links_to_errors(planned)
        return planned

    def _changed(self, place: int, said: Said) -> PlannedRow:
        row, record = self.rows[place], said.record
        planned = PlannedRow(
            row.number,
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
        change = self.comparer.change(row, self.links[place], said)
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

    def _new(self, place: int, identity: UUID) -> PlannedRow:
        row = self.rows[place]
        planned = PlannedRow(row.number, RowStatus.CREATE, self._label(row), row.key, row.key_is_new, identity)
        planned.edit = self.comparer.new(row, self.links[place])
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
        for done, row in enumerate(updates):
            assert row.edit  # noqa: S101 - for the type checker
            assert row.target  # noqa: S101 - and is about something
            try:
                with taken_back():
                    change_record(row.target, row.edit, by=self.by, lock_version=row.lock_version or 0)
            except DomainError as refusal:
                row.refuse(list(problems_of(refusal, row.number, row.edit)))
            self.step(done, len(updates))

    def _try_new(self, planned: Sequence[PlannedRow]) -> None:
        new = [row for row in planned if row.status in (RowStatus.CREATE, RowStatus.DUPLICATE)]
        for done, some in enumerate(in_parts(new)):
            self._try_some(some)
            self.step(min((done + 1) * len(some), len(new)), len(new))

    def _try_some(self, rows: list[PlannedRow]) -> None:
        """Ask whether rows could be logged; again without those that are refused, until none is."""
        while rows:
            try:
                check_records(self.kind.name, new_records(rows))
                return
            except InvalidRecords as refusal:
                for place, error in refusal.errors.items():
                    rows[place].refuse(list(problems_of(error, rows[place].number, rows[place].edit)))
                rows = [row for row in rows if not row.is_bad]


def new_records(rows: Sequence[PlannedRow]) -> list[NewRecord]:
    """Return what the services take for rows that are new."""
    return [NewRecord(row.target, row.edit) for row in rows if row.target and row.edit]
