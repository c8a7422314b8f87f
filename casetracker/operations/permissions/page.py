"""The table of permissions as a page of documentation."""

from collections.abc import Iterable

from casetracker.operations.permissions import PARTS, Answer, Of, Person, Rule
from casetracker.operations.permissions.acts import ROLES, ActRow, Standing, act_rows
from casetracker.review.choices import PublicStatus, State

_INTRODUCTION = """\
# Who may do what

This page is generated from `casetracker/operations/permissions/` by `manage.py render_permissions`. Do not edit it.
`tests/architecture/test_permissions.py` asks every cell of it by HTTP; an address that is in no row fails.

**yes**: it is shown or done. **–**: refused, with a page that says so. **404**: as if nothing were there.
**sign in**: led to the sign-in. **factor**: led to where a second factor is set up or shown.

*Half signed in* has given the password, and not yet the second factor. *No factor yet* is signed in where a second
factor is required, and has none. Everybody else has shown one. A *superuser* holds no role by that: the desk's records
are as closed to them as to an administrator. *Cleared* is given beside a role; to an administrator it opens nothing.
"""

_RECORDS = """\
## Acts on a record

By role, and by what somebody is to the record in its present round: an author, a reviewer, assigned to it, or none of
these. Observers, administrators, superusers and people without a role may do none of this. What must be true besides is
in [workflow.md](workflow.md); there, too, is what holds for a record that is to be merged.
"""


def render_permissions() -> str:
    """Return the page as Markdown."""
    parts = [f"## {title}\n\n{_table(rules)}\n" for title, rules in PARTS.items()]
    return "\n".join([_INTRODUCTION, *parts, _RECORDS, _acts(), ""])


def _table(rules: Iterable[Rule]) -> str:
    people = list(Person)
    lines = [_line(["what", "addresses", *(person.value for person in people)]), "|---" * (len(people) + 2) + "|"]
    for rule in rules:
        what = f"{rule.what} ({rule.of.value})" if rule.of is not Of.ANYBODY else rule.what
        names = ", ".join(f"`{name}`".replace("|", "\\|") for name in rule.addresses)
        lines.append(_line([what, f"{rule.method} {names}", *(rule.answer(person).value for person in people)]))
    return "\n".join(lines)


def _acts() -> str:
    columns = [f"{role.value.lower()}: {standing.value}" for role in ROLES for standing in Standing]
    lines = [_line(["action", "working state", "public status", *columns]), "|---" * (len(columns) + 3) + "|"]
    return "\n".join([*lines, *(_act_line(row) for row in act_rows())])


def _act_line(row: ActRow) -> str:
    states = "any" if len(row.states) == len(State) else ", ".join(row.states) or "(new)"
    public = "any" if len(row.public) == len(PublicStatus) else ", ".join(row.public)
    cells = [(role, standing) in row.allowed for role in ROLES for standing in Standing]
    return _line([str(row.action.label), states, public, *(_word(cell) for cell in cells)])


def _word(cell: bool) -> str:
    return (Answer.YES if cell else Answer.REFUSED).value


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
