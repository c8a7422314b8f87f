"""The plan of an import as it is kept for its pages: packed, and read again row by row."""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, overload

from casetracker.desk.exchange.parsing import Sheet
from casetracker.desk.exchange.plan import Afterthought, Plan, PlannedRow, RowStatus
from casetracker.desk.exchange.showing import Shower
from casetracker.review.models import Import

Shown = dict[str, Any]

_CHUNK = 1 << 16


class PlanKeeper:
    """Packs rows as they are planned."""

    def __init__(self, sheet: Sheet) -> None:
        """Keep the columns of the sheet first."""
        self._shower, self._packing, self._packed = Shower(sheet), zlib.compressobj(), list[bytes]()
        self._write({"columns": sheet.table.columns})

    def add(self, rows: Sequence[PlannedRow]) -> None:
        """Keep what pages show of some rows."""
        for row in rows:
            self._write(self._shown(row))

    def finish(self, plan: Plan) -> bytes:
        """Return all rows as they are kept, with what showed of some only later."""
        self._packed.append(self._packing.flush())
        if not plan.later:
            return b"".join(self._packed)
        first, self._packing, self._packed = b"".join(self._packed), zlib.compressobj(), list[bytes]()
        for line in _lines(first):
            row = json.loads(line)
            if row.get("place") in plan.later:
                row["status"] = plan.status(row["place"])
                _add_later(row, plan.later[row["place"]])
            self._write(row)
        self._packed.append(self._packing.flush())
        return b"".join(self._packed)

    def _write(self, row: Shown) -> None:
        self._packed.append(self._packing.compress(json.dumps(row, default=str).encode() + b"\n"))

    def _shown(self, row: PlannedRow) -> Shown:
        is_new = row.status in (RowStatus.CREATE, RowStatus.DUPLICATE)
        return {
            "status": row.status,
            "number": row.number,
            "place": row.place,
            "label": row.label,
            "existing": row.existing,
            "revises": row.revises,
            "values": self._shower.values_of(row) if is_new else [],
            "differences": [vars(one) for one in row.differences],
            "problems": [vars(one) for one in row.problems],
            "alike": [vars(one) for one in row.alike],
        }


def _add_later(row: Shown, later: Afterthought) -> None:
    row["problems"] += [vars(one) for one in later.problems]
    row["alike"] += [vars(one) for one in later.alike]


def columns_of_plan(upload: Import) -> list[str]:
    """Return the columns of the file, if there is a plan of it."""
    return json.loads(next(_lines(bytes(upload.plan))))["columns"] if upload.plan else []


def rows_of_plan(upload: Import, *statuses: RowStatus) -> "KeptRows":
    """Return the rows of the plan of an import, or only those of some statuses."""
    return KeptRows(bytes(upload.plan or b""), upload.counts, statuses or tuple(RowStatus))


class KeptRows(Sequence[Shown]):
    """The rows of a kept plan that have certain statuses. Only what is asked for is unpacked, a piece at a time."""

    def __init__(self, packed: bytes, counts: Mapping[str, int], statuses: Sequence[RowStatus]) -> None:
        """Take the plan with its counts."""
        self._packed, self._length = packed, sum(counts.get(status, 0) for status in statuses)
        # The status comes first, so that a line need not be read for it.
        self._starts = tuple(f'{{"status": "{status}"'.encode() for status in statuses)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Shown]:
        return (json.loads(line) for line in self._chosen())

    @overload
    def __getitem__(self, place: int) -> Shown: ...
    @overload
    def __getitem__(self, place: slice) -> list[Shown]: ...
    def __getitem__(self, place: int | slice) -> Shown | list[Shown]:
        if isinstance(place, slice):
            start, stop, step = place.indices(len(self))
            return [json.loads(line) for line in islice(self._chosen(), start, stop, step)]
        at = range(len(self))[place]
        return self[at : at + 1][0]

    def _chosen(self) -> Iterator[bytes]:
        return (line for line in _lines(self._packed) if line.startswith(self._starts))


def _lines(packed: bytes) -> Iterator[bytes]:
    unpacking, left, rest = zlib.decompressobj(), packed, b""
    while packed and not unpacking.eof:
        chunk = unpacking.decompress(left, _CHUNK)
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines
        left = unpacking.unconsumed_tail
