"""Messy and hostile files, each with what must come of it."""

from collections.abc import Sequence

from tests.core.spreadsheets.corpus import csv_cases
from tests.core.spreadsheets.corpus.case import Case

CASES: Sequence[Case] = [*csv_cases.CASES]
