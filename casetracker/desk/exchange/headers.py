"""Which column of a spreadsheet means what: by name, in any order, or as the importer says."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from casetracker.core.desk_languages import Language
from casetracker.core.spreadsheets import Problem, Table, UnreadableFile
from casetracker.core.text import fold
from casetracker.desk.exchange.columns import KEY, REFERENCE, Column, SheetKind, sheet_kinds

NOTES, IGNORE = "notes", "ignore"
_SAMPLES, _SAMPLE = 3, 60  # cells of a column that nobody knows, and characters of each
_LIKE = 0.75  # how much a header must look like a name of ours to be taken for it
ERRORS = "import_errors"  # The column that is added to rows that could not be imported: a second try passes it by.

# What is decided at the desk, by people: no file says it.
_REFUSED = frozenset(
    fold(name)
    for name in (
        "state",
        "working state",
        "status of review",
        "public_status",
        "round",
        "version",
        "published_version",
        "lock_version",
        "number",
        "reference number",
        "reference_number",
        "digest",
        "digest_salt",
        "assigned_to",
        "created_by",
        "created_at",
        "changed_at",
        "logged_by",
        "verification",
        "verification level",
        "publishable",
        "publishable_by",
        "publishable_reason",
        *(
            f"{step}_{part}"
            for step in ("submitted", "verified", "approved", "published")
            for part in ("by", "at", "digest")
        ),
        "submitted",
        "verified",
        "approved",
        "merged_into",
        "needs_revision",
    )
)


class UnknownColumns(UnreadableFile):
    """Columns that no name of ours matches, that are refused or there twice: the importer must say what they mean."""

    def __init__(self, columns: Sequence[str], problems: Sequence[Problem], used: Mapping[str, str]) -> None:
        """Take their headers, what is wrong, and our columns that others are already, each with its header."""
        super().__init__(problems)
        self.columns, self.used, self.samples = tuple(columns), used, dict[str, list[str]]()

    def take_samples(self, table: Table) -> None:
        """Keep some cells of each column: they often say what its header does not."""
        for column in self.columns:
            place = table.columns.index(column)
            texts = dict[str, None]()
            for row in table.rows:
                if len(texts) == _SAMPLES:
                    break
                texts |= {row.cells[place][:_SAMPLE]: None} if row.cells[place] else {}
            self.samples[column] = list(texts)

    @property
    def question(self) -> dict[str, Any]:
        """What pages ask, as JSON."""
        return {"columns": list(self.columns), "samples": self.samples, "used": dict(self.used)}


@dataclass(frozen=True)
class Headers:
    """What each column of a table is: one of ours, or None where `to_notes` or nothing is made of it."""

    columns: tuple[Column | None, ...]
    to_notes: tuple[int, ...]

    @property
    def meanings(self) -> list[str]:
        """What each column of the table is taken for."""
        return [
            column.name if column else NOTES if place in self.to_notes else IGNORE
            for place, column in enumerate(self.columns)
        ]

    @property
    def names(self) -> frozenset[str]:
        """The names of our columns that are there."""
        return frozenset(column.name for column in self.columns if column)


def match_headers(kind: SheetKind, headers: Sequence[str], mapping: Mapping[str, str], *, sheet: str = "") -> Headers:
    """Match the headers of a table. `mapping` says by header what is no name of ours: a column, NOTES or IGNORE.

    Raises `UnknownColumns` for those, and for columns that are refused or there twice; `UnreadableFile` if some miss.
    """
    meanings = [_meaning(header, mapping, kind) for header in headers]
    found = [meaning if isinstance(meaning, Column) else None for meaning in meanings]
    strange = [header for header, meaning in zip(headers, meanings, strict=True) if meaning is None]
    twice = _twice(found, headers)
    missing = _missing(kind, found, sheet)
    asked = [header for header in headers if header in strange or header in twice]
    if not asked and missing:  # What the importer said of the others may be what is wrong.
        asked = [header for header in headers if header in mapping]
    if asked:
        used = {one.name: header for one, header in zip(found, headers, strict=True) if one and header not in asked}
        problems = list(_questions(strange, twice, found, headers, sheet)) or missing
        raise UnknownColumns(asked, problems, used)
    if missing:
        raise UnreadableFile(missing)
    return Headers(tuple(found), tuple(place for place, meaning in enumerate(meanings) if meaning == NOTES))


def _meaning(header: str, mapping: Mapping[str, str], kind: SheetKind) -> Column | str | None:
    """Return the column that a header means, or NOTES, or IGNORE; None if nobody knows."""
    said = mapping.get(header, "")
    if header == ERRORS or said in (NOTES, IGNORE):
        return said or IGNORE
    known = _spellings(kind.name)
    return known.get(fold(said)) if said else known.get(fold(header))


@cache
def _spellings(kind_name: str) -> dict[str, Column]:
    found: dict[str, Column] = {}
    columns = sheet_kinds()[kind_name].all_columns()
    for column in columns:
        found |= {fold(alias): column for alias in column.aliases}
    for language in Language.values:
        with override(language):
            labels = [(fold(str(column.label)), column) for column in columns]
        times = Counter(label for label, _column in labels)
        found |= {
            label: column for label, column in labels if times[label] == 1
        }  # Of what means two, people are asked.
    # Our own names last: they win.
    return found | {fold(column.name): column for column in columns}


def _twice(found: Sequence[Column | None], headers: Sequence[str]) -> dict[str, str]:
    """Return the headers that mean the same of our columns as another, each with the other."""
    by_name: dict[str, list[str]] = {}
    for column, header in zip(found, headers, strict=True):
        if column:
            by_name.setdefault(column.name, []).append(header)
    several = [same for same in by_name.values() if len(same) > 1]
    return {header: same[0] if header != same[0] else same[1] for same in several for header in same}


def _questions(
    strange: Sequence[str],
    twice: Mapping[str, str],
    found: Sequence[Column | None],
    headers: Sequence[str],
    sheet: str,
) -> Iterator[Problem]:
    refused = [header for header in strange if fold(header) in _REFUSED]
    for header in refused:
        message = _(
            "The column “%(header)s” cannot be imported: it is decided at the desk, by people. "
            "Remove it, or say what else it means."
        )
        yield Problem(message % {"header": header}, sheet=sheet, column=header)
    for column, header in zip(found, headers, strict=True):
        if column and header in twice and headers.index(header) > headers.index(twice[header]):
            message = _("“%(one)s” and “%(other)s” both mean %(column)s. Remove one, or say what else it means.")
            values = {"one": twice[header], "other": header, "column": column.name}
            yield Problem(message % values, sheet=sheet, column=header)
    if unknown := [header for header in strange if header not in refused]:
        message = _("Say what these columns mean, or that they go into the notes or are left out: %(columns)s.")
        yield Problem(message % {"columns": ", ".join(f"“{column}”" for column in unknown)}, sheet=sheet)


def suggested_column(kind: SheetKind, header: str) -> Column | None:
    """Return the column of ours whose name, in any language of the desk, is most like a header, if one is."""
    known = _spellings(kind.name)
    found = get_close_matches(fold(header), known, n=1, cutoff=_LIKE)
    return known[found[0]] if found and fold(header) not in _REFUSED else None


def headers_of_columns(kind: SheetKind, headers: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Return the name of each column of ours that a sheet has, with the header that stands over it there."""
    meanings = ((_meaning(header, mapping, kind), header) for header in headers)
    return {meaning.name: header for meaning, header in meanings if isinstance(meaning, Column)}


def _missing(kind: SheetKind, found: Sequence[Column | None], sheet: str) -> list[Problem]:
    """Tell which columns are missing where each row is surely a new one."""
    names = {column.name for column in found if column}
    if names & {KEY.name, REFERENCE.name} and kind.record is not None:
        return []
    return [
        Problem(
            _("The sheet has no column “%(column)s” (%(label)s), which each row needs. Add it.")
            % {"column": column.name, "label": column.label},
            sheet=sheet,
            column=column.name,
        )
        for column in kind.columns
        if column.required and column.name not in names
    ]
