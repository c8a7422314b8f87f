"""What a file says, once it is read."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import overload


@dataclass(frozen=True)
class Row:
    """A row with something in it.

    `number` is the one that spreadsheet programs show. `cells` has as many as there are columns: text in normal form,
    without blanks around it. Invisible and direction-changing characters are left in: the column decides on them.
    """

    number: int
    cells: tuple[str, ...]


class PackedRows(Sequence[Row]):
    """Many rows, kept as the text that they are instead of as objects, which would take six times as much."""

    def __init__(self) -> None:
        """Begin without a row."""
        self._packed: list[bytes] = []

    def add(self, number: int, cells: Iterable[str]) -> None:
        """Add a row behind the others."""
        self._packed.append(json.dumps([number, *cells], ensure_ascii=False).encode("utf-8", "surrogatepass"))

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        number, *cells = json.loads(self._packed[place].decode("utf-8", "surrogatepass"))
        return Row(number, tuple(cells))


@dataclass(frozen=True)
class Table:
    """A header and its rows.

    `columns` are unique, whatever their case and width. `sheet` is "" for CSV, `encoding` and `delimiter` are "" for
    XLSX. `sheets` are the other visible sheets with something in them.
    """

    sheet: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    encoding: str
    delimiter: str
    sheets: tuple[str, ...]
