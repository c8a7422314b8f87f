"""What an import would do, row by row, before anything is done."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from casetracker.core.canonical import canonical_json, sha256_hex
from casetracker.core.spreadsheets import Problem
from casetracker.review.services import Edit


class RowStatus(StrEnum):
    """What becomes of a row."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    ERROR = "error"


@dataclass(frozen=True)
class Difference:
    """What a column says now, and what it would say."""

    column: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Alike:
    """Something that may be the same: a record by its identity, or an earlier row by its number."""

    label: str
    why: str
    record: UUID | None = None
    row: int | None = None


@dataclass(slots=True)
class PlannedRow:
    """A row with what would become of it.

    `target` is what it is about: what exists already, or what would be new under this identity. `existing` is what of
    that can be opened at the desk now: of a citation, the record that cites. `edit` is what would be written of a
    record, `fields` of a source or a citation.
    """

    number: int
    status: RowStatus
    label: str = ""
    key: str = ""
    key_is_new: bool = False
    target: UUID | None = None
    lock_version: int | None = None
    revises: bool = False
    edit: Edit | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    existing: UUID | None = None
    differences: list[Difference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    alike: list[Alike] = field(default_factory=list)
    linked_rows: list[int] = field(default_factory=list)  # the numbers of new rows that it links to

    def name_it(self) -> None:
        """Let a key that the importer gives to what exists already be remembered: a change of the key alone."""
        if self.key_is_new:
            self.status = RowStatus.UPDATE
            self.differences = [*self.differences, Difference("key", _("key"), "", self.key)]

    @property
    def is_bad(self) -> bool:
        """Tell whether it cannot be imported."""
        return self.status == RowStatus.ERROR

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Turn it into an error."""
        self.status = RowStatus.ERROR
        self.problems = [*self.problems, *problems]


@dataclass
class Plan:
    """All rows of a file. `reading` says how its bytes were understood: encoding, delimiter, what each column means."""

    kind: str
    file_digest: str
    sheet: str
    columns: tuple[str, ...]
    reading: tuple[str, ...]
    rows: list[PlannedRow]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have each status."""
        found = Counter(row.status for row in self.rows)
        return {status.value: found[status] for status in RowStatus}

    @property
    def digest(self) -> str:
        """What a confirmation is bound to: the file as it is read, and what it would do to the records of now."""
        numbers = {row.target: f"row {row.number}" for row in self.rows if row.existing is None}
        rows = [
            [
                row.number,
                row.status,
                str(row.existing or ""),
                row.lock_version or 0,
                [[one.column, one.before, one.after] for one in row.differences],
                sorted(_names_of(row, numbers)),
            ]
            for row in sorted(self.rows, key=lambda row: row.number)
        ]
        return sha256_hex(canonical_json([self.kind, self.file_digest, self.sheet, self.reading, rows]))

    def chosen(self, *, duplicates: bool) -> list[PlannedRow]:
        """Return the rows that would be written: none that links to a row that would not."""
        wanted = {RowStatus.CREATE, RowStatus.UPDATE} | ({RowStatus.DUPLICATE} if duplicates else set())
        left_out = {row.number for row in self.rows if row.status in {RowStatus.ERROR, RowStatus.DUPLICATE} - wanted}
        rows = [row for row in self.rows if row.status in wanted]
        while dropped := {row.number for row in rows if left_out.intersection(row.linked_rows)}:
            left_out |= dropped
            rows = [row for row in rows if row.number not in dropped]
        return rows


def _names_of(row: PlannedRow, new: Mapping[UUID | None, str]) -> Iterator[str]:
    """Yield what a row links to and is like: new rows by their numbers, for their identities change each time."""
    values = {**row.fields, **(row.edit.fields if row.edit else {})}
    for name, value in values.items():
        for thing in value if isinstance(value, list) else [value]:
            if isinstance(thing, Model):
                yield f"{name}: {new.get(thing.pk, thing.pk)}"
    for alike in row.alike:
        yield f"like: {alike.record or alike.row}"


def shown_plan(plan: Plan) -> dict[str, Any]:
    """Return what pages show of a plan, as JSON."""
    return {
        "kind": plan.kind,
        "sheet": plan.sheet,
        "columns": list(plan.columns),
        "rows": [_shown_row(row) for row in sorted(plan.rows, key=lambda row: row.number)],
    }


def _shown_row(row: PlannedRow) -> dict[str, Any]:
    return json.loads(
        json.dumps(
            {
                "number": row.number,
                "status": row.status,
                "label": row.label,
                "existing": row.existing,
                "revises": row.revises,
                "differences": [vars(one) for one in row.differences],
                "problems": [
                    {"message": one.message, "column": one.column, "value": one.value} for one in row.problems
                ],
                "alike": [vars(one) for one in row.alike],
            },
            default=str,
        )
    )
