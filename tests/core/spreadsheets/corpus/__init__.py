"""Messy and hostile files, each with what must come of it."""

from collections.abc import Sequence

from tests.core.spreadsheets.corpus import (
    bomb_cases,
    cell_cases,
    csv_cases,
    encoding_cases,
    hidden_cases,
    legal_cases,
    package_cases,
    zip_cases,
)
from tests.core.spreadsheets.corpus.case import Case

CASES: Sequence[Case] = [
    *csv_cases.CASES,
    *encoding_cases.CASES,
    *cell_cases.CASES,
    *hidden_cases.CASES,
    *legal_cases.CASES,
    *package_cases.CASES,
    *zip_cases.CASES,
    *bomb_cases.CASES,
]
