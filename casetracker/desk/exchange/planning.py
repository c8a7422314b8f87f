"""From a file to a plan, and from a plan to what the services write."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from casetracker.accounts.models import User
from casetracker.core.canonical import sha256_hex
from casetracker.core.spreadsheets import Table
from casetracker.desk.exchange.bibliography_rows import read_sheet
from casetracker.desk.exchange.citation_rows import CitationPlanner, edit_of
from casetracker.desk.exchange.columns import CITATION, SOURCE, sheet_kinds
from casetracker.desk.exchange.headers import UnknownColumns, match_headers
from casetracker.desk.exchange.parsing import Refused, Step, parse_rows
from casetracker.desk.exchange.plan import Plan, PlannedRow, RowStatus
from casetracker.desk.exchange.records import RecordPlanner, new_records
from casetracker.desk.exchange.source_rows import SourcePlanner
from casetracker.review.models import Citation
from casetracker.review.services.imports import Changed, Rows, SourceRow

_PLANNERS: Mapping[str, Any] = {SOURCE: SourcePlanner, CITATION: CitationPlanner}


@dataclass(frozen=True)
class Answers:
    """What the importer says about a file that the file itself does not say."""

    encoding: str = ""
    sheet: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)


def make_plan(
    kind_name: str, content: bytes, file_name: str, answers: Answers, *, by: User, step: Step, refused: Refused = None
) -> tuple[Plan, Table]:
    """Read a file and say what importing it would do. `step` is told how many of how many rows are looked at.

    With `refused`, the numbers of rows that had errors before, the services are not asked whether they would take
    the others: they are about to be given them.

    Raises `UnreadableFile`, of which `EncodingUnclear` and `UnknownColumns` are some, and whatever `step` raises.
    """
    kind = sheet_kinds()[kind_name]
    table = read_sheet(kind_name, content, file_name, by=by, encoding=answers.encoding, sheet=answers.sheet)
    try:
        headers = match_headers(kind, table.columns, answers.mapping, sheet=table.sheet)
    except UnknownColumns as unknown:
        unknown.take_samples(table)
        raise
    progress = _Halves(step, len(table.rows))
    parsed = parse_rows(kind, table, headers, progress.first)
    planner = _PLANNERS.get(kind_name, RecordPlanner)(kind, headers, by=by, step=progress.second, refused=refused)
    rows = planner.plan(parsed)
    reading = (table.encoding, table.delimiter, *headers.meanings)
    return Plan(kind_name, sha256_hex(content), table.sheet, table.columns, reading, rows), table


@dataclass
class _Halves:
    """Reading is one half of the work, asking the rules the other."""

    step: Step
    rows: int

    def first(self, done: int, _of: int) -> None:
        self.step(done // 2, self.rows)

    def second(self, done: int, of: int) -> None:
        self.step((self.rows + done * self.rows // max(of, 1)) // 2, self.rows)


def rows_to_write(plan: Plan, *, duplicates: bool) -> Rows:
    """Return what the services write of a plan. With `duplicates`, also rows that may say what is there already."""
    chosen = plan.chosen(duplicates=duplicates)
    keys = {row.key: row.target for row in chosen if row.key_is_new and row.target}
    if plan.kind == SOURCE:
        sources = [SourceRow(row.target, row.fields, row.lock_version) for row in chosen if row.target and row.fields]
        return Rows(plan.kind, sources=sources, keys=keys)
    if plan.kind == CITATION:
        return Rows(plan.kind, changed=_citing_edits(chosen), keys=keys)
    changed = [
        Changed(row.target, row.lock_version, row.edit)
        for row in chosen
        if row.status == RowStatus.UPDATE and row.target and row.lock_version and row.edit
    ]
    new = new_records([row for row in chosen if row.status != RowStatus.UPDATE])
    return Rows(plan.kind, new=new, changed=changed, keys=keys)


def _citing_edits(chosen: Sequence[PlannedRow]) -> list[Changed]:
    by_record: dict[UUID, list[PlannedRow]] = defaultdict(list)
    for row in chosen:
        if row.existing:
            by_record[row.existing].append(row)
    found = []
    for record, rows in by_record.items():
        edit, _places = edit_of(list(Citation.objects.filter(record=record)), rows)
        found.append(Changed(record, rows[0].lock_version or 0, edit))
    return found
