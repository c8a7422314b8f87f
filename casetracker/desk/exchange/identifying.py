"""What each row of a sheet is about: something that exists already, or something new."""

import re
from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.desk.exchange.columns import KEY, REFERENCE
from casetracker.desk.exchange.finding import own_things, references_of
from casetracker.desk.exchange.parsing import ParsedRow
from casetracker.review.kinds import all_kinds


def identify(kind: str, rows: Sequence[ParsedRow], *, by: User) -> list[UUID | None]:
    """Return for each row what it names by reference or key, None where that is new. Notes what is wrong."""
    keys = own_things(kind, {row.key for row in rows}, by=by)
    references = references_of(kind, {row.reference for row in rows})
    prefixes = "|".join(["D", *(one.prefix for one in all_kinds())])
    looks_public = re.compile(rf"({prefixes})-\d+", re.IGNORECASE)
    found = []
    for row in rows:
        row.key_is_new = bool(row.key) and row.key not in keys
        if row.key_is_new and looks_public.fullmatch(row.key):
            row.problem(
                _("It looks like a public reference. Write it into the column “reference”, or use another key."),
                KEY.name,
            )
        found.append(_named(row, references.get(row.reference), keys.get(row.key)))
    _refuse_repetitions(rows, found)
    return found


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


def _refuse_repetitions(rows: Sequence[ParsedRow], found: Sequence[UUID | None]) -> None:
    first: dict[object, int] = {}
    for row, target in zip(rows, found, strict=True):
        names: list[tuple[object, str]] = [(("key", row.key), KEY.name)] if row.key else []
        if target:
            names.append((target, REFERENCE.name if row.reference else KEY.name))
        for name, column in names:
            if name in first and first[name] != row.number:
                message = _("Row %(row)d is about the same. Keep one of the two.") % {"row": first[name]}
                row.problem(message, column)
                break
            first.setdefault(name, row.number)
