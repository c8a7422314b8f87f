"""Reading messy and hostile CSV and XLSX files, and writing harmless ones.

What is read is text: cells as people see them. What a cell means is for those who know its column.
"""

from casetracker.core.sheet_parsing.limits import Limits
from casetracker.core.spreadsheets.problems import (
    EncodingChoice,
    EncodingUnclear,
    Problem,
    SheetUnclear,
    UnreadableFile,
)
from casetracker.core.spreadsheets.reading import read_table
from casetracker.core.spreadsheets.tables import Row, Table
from casetracker.core.spreadsheets.workbooks import write_xlsx
from casetracker.core.spreadsheets.writing import write_csv, write_json

__all__ = [
    "EncodingChoice",
    "EncodingUnclear",
    "Limits",
    "Problem",
    "Row",
    "SheetUnclear",
    "Table",
    "UnreadableFile",
    "read_table",
    "write_csv",
    "write_json",
    "write_xlsx",
]
