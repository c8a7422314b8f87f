"""Which column of a spreadsheet means what: by name, in any order, or as the importer says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import override

from casetracker.core.desk_languages import Language
from casetracker.core.errors import DomainError
from casetracker.core.spreadsheets import Problem, UnreadableFile
from casetracker.core.text import fold
from casetracker.desk.exchange.columns import KEY, REFERENCE, Column, SheetKind, sheet_kinds

NOTES, IGNORE = "notes", "ignore"
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


class UnknownColumns(DomainError):
    """Columns that no name of ours matches: the importer must say of each what it means."""

    def __init__(self, columns: Sequence[str]) -> None:
        """Take their headers."""
        self.columns = tuple(columns)
        super().__init__(
            _("Say what these columns mean, or that they go into the notes or are left out: %(columns)s.")
            % {"columns": ", ".join(f"“{column}”" for column in columns)}
        )


@dataclass(frozen=True)
class Headers:
    """What each column of a table is: one of ours, or None where `to_notes` or nothing is made of it."""

    columns: tuple[Column | None, ...]
    to_notes: tuple[int, ...]

    @property
    def names(self) -> frozenset[str]:
        """The names of our columns that are there."""
        return frozenset(column.name for column in self.columns if column)


def match_headers(kind: SheetKind, headers: Sequence[str], mapping: Mapping[str, str], *, sheet: str = "") -> Headers:
    """Match the headers of a table. `mapping` says by header what is no name of ours: a column, NOTES or IGNORE.

    Raises `UnreadableFile` for columns that are refused, there twice or missing, and `UnknownColumns`.
    """
    meanings = [_meaning(header, mapping, kind) for header in headers]
    found = [meaning if isinstance(meaning, Column) else None for meaning in meanings]
    strange = [header for header, meaning in zip(headers, meanings, strict=True) if meaning is None]
    refused = [header for header in strange if fold(header) in _REFUSED]
    problems = [*(_refused(header, sheet) for header in refused), *_twice(found, headers, sheet)]
    if problems:
        raise UnreadableFile(problems)
    if strange:
        raise UnknownColumns(strange)
    missing = _missing(kind, found, sheet)
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
            found |= {fold(str(column.label)): column for column in columns}
    # Our own names last: they win.
    return found | {fold(column.name): column for column in columns}


def _refused(header: str, sheet: str) -> Problem:
    return Problem(
        _(
            "The column “%(header)s” cannot be imported: it is decided at the desk, by people. "
            "Remove it, or say what else it means."
        )
        % {"header": header},
        sheet=sheet,
        column=header,
    )


def _twice(found: Sequence[Column | None], headers: Sequence[str], sheet: str) -> list[Problem]:
    first: dict[str, str] = {}
    problems = []
    for column, header in zip(found, headers, strict=True):
        if column is None:
            continue
        if column.name in first:
            message = _("“%(one)s” and “%(other)s” both mean %(column)s. Remove one, or say what else it means.")
            values = {"one": first[column.name], "other": header, "column": column.name}
            problems.append(Problem(message % values, sheet=sheet, column=header))
        first.setdefault(column.name, header)
    return problems


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
