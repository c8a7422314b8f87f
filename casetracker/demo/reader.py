"""Reading the reference data."""

import csv
from collections.abc import Iterable
from pathlib import Path

DATA = Path(__file__).parent / "data"

Row = dict[str, str]


def read_rows(name: str) -> list[Row]:
    """Return the rows of a file such as `stations`. Every cell is a text; empty means not known."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def listed(cell: str) -> list[str]:
    """Return the parts of a cell that holds several, with semicolons between them."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def is_yes(cell: str) -> bool:
    """Tell whether a cell says yes. Raises `ValueError` if it says anything but yes or nothing."""
    if cell not in ("", "yes"):
        raise ValueError(f"“yes” or nothing was expected, not “{cell}”")
    return cell == "yes"


def grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Return the rows by what they have in a column, in their order."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups
