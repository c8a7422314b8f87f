"""What a file says, once it is read."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A row with something in it.

    `number` is the one that spreadsheet programs show. `cells` has as many as there are columns: text in normal form,
    without blanks around it. Invisible and direction-changing characters are left in: the column decides on them.
    """

    number: int
    cells: tuple[str, ...]


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
