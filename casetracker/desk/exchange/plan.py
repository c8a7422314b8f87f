"""What an import would do, row by row, before anything is done."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from casetracker.core.canonical import canonical_json
from casetracker.core.spreadsheets import Problem
from casetracker.review.services import Edit


class RowStatus(StrEnum):
    """What becomes of a row."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    ERROR = "error"


_STATUSES = tuple(RowStatus)
_CODES = {status: code for code, status in enumerate(_STATUSES)}


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
    """A row with what would become of it. `place` counts the rows from 0.

    `target` is what it is about: what exists already, or what would be new under this identity. `existing` is what of
    that can be opened at the desk now: of a citation, the record that cites. `edit` is what would be written of a
    record, `fields` of a source or a citation.
    """

    number: int
    place: int
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
    linked_rows: list[int] = field(default_factory=list)  # the places of new rows that it links to

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
class Afterthought:
    """What shows of a row only once all rows are looked at."""

    problems: list[Problem] = field(default_factory=list)
    alike: list[Alike] = field(default_factory=list)


class Plan:
    """What becomes of the rows of a file: of most of them one byte, for all are never in memory together.

    `reading` says how the bytes of the file were understood: encoding, delimiter, what each column means.
    """

    def __init__(self, kind: str, file_digest: str, sheet: str, reading: Sequence[str], rows: int) -> None:
        """Begin without a row looked at."""
        self._statuses = bytearray(rows)
        self._hash = hashlib.sha256(canonical_json([kind, file_digest, sheet, list(reading)]))
        self.links: dict[int, list[int]] = {}  # from the places of rows to those of new rows
        self.versions: dict[UUID, int] = {}  # of what exists and would be changed, as it was seen
        self.revised: set[UUID] = set()
        self.later: dict[int, Afterthought] = defaultdict(Afterthought)

    def add(self, rows: Sequence[PlannedRow]) -> None:
        """Take up some rows. Each time that a file is looked at they come in the same order."""
        self._hash.update(canonical_json([self._told(row) for row in rows]))
        for row in rows:
            self._statuses[row.place] = _CODES[row.status]
            if row.linked_rows:
                self.links[row.place] = row.linked_rows
            if row.existing and row.lock_version and row.status not in (RowStatus.UNCHANGED, RowStatus.ERROR):
                self.versions[row.existing] = row.lock_version
                if row.revises:
                    self.revised.add(row.existing)

    def _told(self, row: PlannedRow) -> list[Any]:
        """Return what a confirmation is bound to, but for the status."""
        differences = [[one.column, one.before, one.after] for one in row.differences]
        alike = sorted(_alike_of(one) for one in row.alike)
        return [row.number, str(row.existing or ""), row.lock_version or 0, differences, sorted(_links_of(row)), alike]

    def add_later(self, found: Iterable[tuple[int, Problem | Alike]]) -> None:
        """Take up what shows of some rows, by their places, only once all are looked at."""
        for place, one in found:
            known = self.later[place]
            if isinstance(one, Problem):
                known.problems.append(one)
                self._statuses[place] = _CODES[RowStatus.ERROR]
            elif (one.record, one.row) not in {(other.record, other.row) for other in known.alike}:
                known.alike.append(one)
                if self.status(place) == RowStatus.CREATE:
                    self._statuses[place] = _CODES[RowStatus.DUPLICATE]

    def status(self, place: int) -> RowStatus:
        """Return what becomes of a row."""
        return _STATUSES[self._statuses[place]]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have each status."""
        found = Counter(self._statuses)
        return {status.value: found[code] for code, status in enumerate(_STATUSES)}

    @property
    def digest(self) -> str:
        """What a confirmation is bound to: the file as it is read, and what it would do to the records of now."""
        digest = self._hash.copy()
        later = ([place, sorted(_alike_of(one) for one in self.later[place].alike)] for place in sorted(self.later))
        digest.update(canonical_json([one for one in later if one[1]]) + bytes(self._statuses))
        return digest.hexdigest()

    def in_circles(self) -> set[int]:
        """Return the places of rows that link to themselves, at once or through others."""
        return _endless(self.links) & _endless(self._linking)

    def behind_errors(self) -> list[int]:
        """Return the places of rows that link to rows with errors, at once or through others."""
        bad = {place for linked in self.links.values() for place in linked if self.status(place) == RowStatus.ERROR}
        return [place for place in sorted(self._behind(bad)) if self.status(place) != RowStatus.ERROR]

    def chosen(self, *, duplicates: bool) -> bytearray:
        """Return for each place whether the row would be written: none that links to a row that would not."""
        wanted = {RowStatus.CREATE, RowStatus.UPDATE} | ({RowStatus.DUPLICATE} if duplicates else set())
        left_out = {RowStatus.ERROR, RowStatus.DUPLICATE} - wanted
        chosen = bytearray(_STATUSES[code] in wanted for code in self._statuses)
        linked_to = {place for linked in self.links.values() for place in linked}
        for place in self._behind({place for place in linked_to if self.status(place) in left_out}):
            chosen[place] = False
        return chosen

    @property
    def _linking(self) -> dict[int, list[int]]:
        return _turned(self.links)

    def _behind(self, places: Collection[int]) -> set[int]:
        """Return the places of the rows that link to these, at once or through others."""
        linking = self._linking
        found, left = set[int](), list(places)
        while left:
            new = set(linking.get(left.pop(), ())) - found
            found |= new
            left += new
        return found


def _turned(links: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for place, linked in links.items():
        for other in linked:
            found[other].append(place)
    return found


def _endless(links: Mapping[int, Sequence[int]]) -> set[int]:
    """Return from where one can follow links without end: from each circle, and from what leads to one."""
    turned, left = _turned(links), {place: len(linked) for place, linked in links.items()}
    ends = [place for place in turned if not left.get(place)]
    while ends:
        for place in turned.get(ends.pop(), ()):
            left[place] -= 1
            if not left[place]:
                ends.append(place)
    return {place for place, number in left.items() if number}


def places_of(chosen: Iterable[int]) -> Iterator[int]:
    """Yield the places of rows that are chosen."""
    return (place for place, is_chosen in enumerate(chosen) if is_chosen)


def _links_of(row: PlannedRow) -> Iterator[str]:
    """Yield what a row links to: what exists by its identity, other rows by their places."""
    values = {**row.fields, **(row.edit.fields if row.edit else {})}
    for name, value in values.items():
        for thing in value if isinstance(value, list) else [value]:
            if isinstance(thing, Model) and not thing._state.adding:
                yield f"{name}: {thing.pk}"
    yield from (f"row {place}" for place in row.linked_rows)


def _alike_of(alike: Alike) -> str:
    return str(alike.record or alike.row)
