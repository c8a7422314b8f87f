"""What each row of a sheet is about: something that exists already, or something new."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import ChangedMeanwhile
from casetracker.core.spreadsheets import Problem
from casetracker.core.text_index import TextIndex
from casetracker.desk.exchange.columns import KEY, REFERENCE
from casetracker.desk.exchange.finding import own_things, references_of
from casetracker.desk.exchange.parsing import ParsedRow, Sheet
from casetracker.review.kinds import all_kinds


class Identifier:
    """Finds what the rows of one sheet name by reference or by the importer's key."""

    def __init__(self, sheet: Sheet, by: User) -> None:
        """Take the sheet and who imports it."""
        self.sheet, self.by, self._named_by_rows = sheet, by, TextIndex()

    def identify(self, rows: Sequence[ParsedRow]) -> list[UUID | None]:
        """Return for each row what it names, None where that is new. Notes what is wrong with it."""
        found = self.find(rows)
        for row, target in zip(rows, found, strict=True):
            first = self.sheet.place_of_key(row.key) if row.key else None
            if first is not None and first < row.place:
                row.problem(self._same_as(first), KEY.name)
            elif target:
                self._named_by_rows.add(target.hex, row.place)
        return found

    def find(self, rows: Sequence[ParsedRow]) -> list[UUID | None]:
        """Do the same without looking for rows that are about the same."""
        kind = self.sheet.kind.name
        keys = own_things(kind, {row.key for row in rows}, by=self.by)
        references = references_of(kind, {row.reference for row in rows})
        for row in rows:
            row.key_is_new = bool(row.key) and row.key not in keys
            if row.key_is_new and self._looks_public.fullmatch(row.key):
                row.problem(
                    _("It looks like a public reference. Write it into the column “reference”, or use another key."),
                    KEY.name,
                )
        return [_named(row, references.get(row.reference), keys.get(row.key)) for row in rows]

    def find_again(self, rows: Sequence[ParsedRow], known: Collection[UUID]) -> list[UUID]:
        """Return what rows name that named something of these before. Raises `ChangedMeanwhile` if one does no more."""
        found = [target for target in self.find(rows) if target in known]
        if len(found) < len(rows):
            raise ChangedMeanwhile(_("What some rows are about was changed meanwhile. Look at the file again."))
        return [target for target in found if target]

    def repetitions(self) -> Iterator[tuple[int, Problem]]:
        """Yield the places of rows that are about the same as earlier ones, with what is to be said of that."""
        self._named_by_rows.sort()
        for first, *others in self._named_by_rows.groups():
            for row in self.sheet.rows(others):
                row.problem(self._same_as(first), REFERENCE.name if row.reference else KEY.name)
                yield row.place, row.problems[-1]

    def _same_as(self, place: int) -> str:
        return _("Row %(row)d is about the same. Keep one of the two.") % {"row": self.sheet.table.rows[place].number}

    @cached_property
    def _looks_public(self) -> re.Pattern[str]:
        prefixes = "|".join(["D", *(one.prefix for one in all_kinds())])
        return re.compile(rf"({prefixes})-\d+", re.IGNORECASE)


def new_keys(rows: Sequence[ParsedRow], targets: Sequence[UUID]) -> dict[str, UUID]:
    """Return the keys that the importer gives to something for the first time."""
    return {row.key: target for row, target in zip(rows, targets, strict=True) if row.key_is_new}


def _named(row: ParsedRow, by_reference: UUID | None, by_key: UUID | None) -> UUID | None:
    if row.reference and by_reference is None:
        row.problem(
            _(
                "Nothing here has this reference. References are given at publication: empty the cell for what is new, "
                "or correct it."
            ),
            REFERENCE.name,
        )
    if by_reference and by_key and by_reference != by_key:
        row.problem(
            _("The key names another record than the reference %(reference)s does. Empty one of the two.")
            % {"reference": row.reference},
            KEY.name,
        )
    return by_reference or by_key
