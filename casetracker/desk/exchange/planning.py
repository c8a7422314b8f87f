"""From a file to a plan, and from a plan to what the services write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.spreadsheets import Problem
from casetracker.desk.exchange.bibliography_rows import table_in
from casetracker.desk.exchange.citation_rows import CitationPlanner
from casetracker.desk.exchange.columns import CITATION, SOURCE, sheet_kinds
from casetracker.desk.exchange.headers import UnknownColumns, match_headers
from casetracker.desk.exchange.kept import PlanKeeper
from casetracker.desk.exchange.parsing import Refused, Sheet, Step
from casetracker.desk.exchange.plan import Plan, PlannedRow
from casetracker.desk.exchange.records import RecordPlanner
from casetracker.desk.exchange.refusals import refuse_again
from casetracker.desk.exchange.source_rows import SourcePlanner
from casetracker.review.services.imports import Rows

_PLANNERS: Mapping[str, Any] = {SOURCE: SourcePlanner, CITATION: CitationPlanner}


@dataclass(frozen=True)
class Answers:
    """What the importer says about a file that the file itself does not say."""

    encoding: str = ""
    sheet: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)


def read_sheet(kind_name: str, content: bytes, file_name: str, answers: Answers, *, by: User) -> Sheet:
    """Read a file and say what each of its columns is.

    Raises `UnreadableFile`, of which `EncodingUnclear` and `UnknownColumns` are some.
    """
    kind = sheet_kinds()[kind_name]
    table = table_in(kind_name, content, file_name, by=by, encoding=answers.encoding, sheet=answers.sheet)
    try:
        return Sheet(kind, table, match_headers(kind, table.columns, answers.mapping, sheet=table.sheet))
    except UnknownColumns as unknown:
        unknown.take_samples(table)
        raise


class Planning:
    """Says what importing a sheet would do, and gives it to the services. Rows are looked at some at a time."""

    def __init__(self, sheet: Sheet, file_digest: str, *, by: User) -> None:
        """Take a sheet, the digest of its file, and who imports it."""
        self.sheet, self.kind = sheet, sheet.kind.name
        self.planner = _PLANNERS.get(self.kind, RecordPlanner)(sheet, by=by)
        table = sheet.table
        reading = (table.encoding, table.delimiter, *sheet.headers.meanings)
        self.plan = Plan(self.kind, file_digest, table.sheet, reading, len(sheet))

    def look(self, step: Step) -> bytes:
        """Look at all rows, and return what pages show of them. `step` is told how many of how many are done.

        Raises whatever `step` raises.
        """
        keeper = PlanKeeper(self.sheet)

        def take_up(planned: list[PlannedRow]) -> None:
            self.planner.ask(planned)
            self.plan.add(planned)
            keeper.add(planned)

        self._for_all(take_up, step)
        return keeper.finish(self.plan)

    def look_again(self, step: Step, refused: Refused) -> None:
        """Look at all rows that are about to be written. The services are not asked whether they would take them.

        `refused` has the numbers of the rows that had errors before.
        """

        def take_up(planned: list[PlannedRow]) -> None:
            refuse_again(planned, refused)
            self.plan.add(planned)

        self._for_all(take_up, step)

    def _for_all(self, take_up: Callable[[list[PlannedRow]], None], step: Step) -> None:
        done = 0
        for places in self.planner.parts():
            step(done, len(self.sheet))
            take_up(self.planner.plan(places))
            done += len(places)
        self._look_among_rows()

    def _look_among_rows(self) -> None:
        plan = self.plan
        plan.add_later(self.planner.among_rows())
        if self.planner.circle_column:
            column, message = self.planner.circle_column, str(self.planner.circle)
            plan.add_later((place, self._problem(place, message, column)) for place in plan.in_circles())
        message = _("It links to a row that has errors. Correct that one first.")
        plan.add_later((place, self._problem(place, message)) for place in plan.behind_errors())

    def _problem(self, place: int, message: str, column: str = "") -> Problem:
        return Problem(message, row=self.sheet.table.rows[place].number, column=column)

    def rows_to_write(self, chosen: bytearray) -> Rows:
        """Return what the services write of the rows that are chosen."""
        existing = self.plan.versions.keys()
        batches = self.planner.to_write(self.plan, chosen)
        if self.kind == SOURCE:
            return Rows(self.kind, batches, sources=existing)
        cited = self.planner.cited if self.kind == CITATION else ()
        return Rows(self.kind, batches, records=existing, cited=cited)
