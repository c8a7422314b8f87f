"""What a service refuses, said at the cell of the spreadsheet."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from casetracker.core.errors import DomainError
from casetracker.core.spreadsheets import Problem
from casetracker.desk.exchange.plan import PlannedRow
from casetracker.review.services import Edit


def problems_of(refusal: DomainError, number: int, edit: Edit | None = None) -> Iterator[Problem]:
    """Yield the messages of a refusal with the columns that they are about, where there are any."""
    if not refusal.field_errors:
        yield Problem(str(refusal), row=number)
    for place, messages in refusal.field_errors.items():
        column = _column(place, edit)
        for message in messages:
            yield Problem(message, row=number, column=column)


def _column(place: str, edit: Edit | None) -> str:
    if place == "__all__":
        return ""
    part, _blank, rest = place.partition(" ")
    number, _blank, name = rest.partition(" ")
    if not name:
        return part
    if part == "private_terms":
        return _column_of_term(int(number), edit)
    if part == "citations":
        return f"citations_{number}" if name == "__all__" else f"citations_{number}_{name}"
    if name == "__all__":
        return ""
    singular = {"names": "name", "replies": "reply"}.get(part, part)
    return f"{singular}_{number}_{name}"


def _column_of_term(number: int, edit: Edit | None) -> str:
    terms: Any = edit.private_terms if edit else ()
    kind = terms[number - 1].get("kind", "") if terms and number <= len(terms) else ""
    return f"private_{kind}" if kind else "private_terms"


def refuse_again(planned: Sequence[PlannedRow], numbers: Collection[int]) -> None:
    """Leave out what a service refused when the plan was made: nobody has confirmed these rows."""
    for row in planned:
        if row.number in numbers and not row.is_bad:
            row.refuse([Problem(_("It had errors when the plan was made. Import it again."), row=row.number)])
