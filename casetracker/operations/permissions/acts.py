"""Who may do what to a record: from `TRANSITIONS`, with every role and every standing to the record spelled out."""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casetracker.accounts.roles import Role
from casetracker.review.choices import Action, PublicStatus, State
from casetracker.review.transitions import TRANSITIONS, Relation


class Standing(enum.Enum):
    """What somebody is to the record in its present round."""

    AUTHOR = "author"
    REVIEWER = "reviewer"
    ASSIGNED = "assigned"  # and neither author nor reviewer
    OTHER = "other"


ROLES = (Role.RESEARCHER, Role.EDITOR)  # No other role may do anything to a record.
_ALL = frozenset(Standing)
_AUTHOR, _REVIEWER = frozenset({Standing.AUTHOR}), frozenset({Standing.REVIEWER})
_JUDGED = (State.VERIFIED, State.APPROVED)
# For a researcher, and for an editor.
_STANDINGS: Mapping[Relation, tuple[frozenset[Standing], frozenset[Standing]]] = {
    Relation.ANYONE: (_ALL, _ALL),
    Relation.AUTHOR: (_AUTHOR, _AUTHOR),
    Relation.AUTHOR_OR_ASSIGNED: (_AUTHOR | {Standing.ASSIGNED}, _AUTHOR | {Standing.ASSIGNED}),
    Relation.AUTHOR_OR_EDITOR: (_AUTHOR, _ALL),
    Relation.NOT_AUTHOR: (_ALL - _AUTHOR, _ALL - _AUTHOR),
    Relation.NOT_REVIEWER: (_ALL - _REVIEWER, _ALL - _REVIEWER),
}
_SENT_BACK = {False: _STANDINGS[Relation.NOT_AUTHOR], True: (_REVIEWER, _ALL - _AUTHOR)}


@dataclass(frozen=True)
class ActRow:
    """In these states, an action is for whoever is among `allowed`."""

    action: Action
    states: tuple[State, ...]
    public: tuple[PublicStatus, ...]
    allowed: frozenset[tuple[Role, Standing]]


def act_rows() -> Iterator[ActRow]:
    """Yield a row for each action; two where what matters depends on the state."""
    for action, rule in TRANSITIONS.items():
        if rule.relation is not Relation.REVIEWER_OR_EDITOR:
            yield ActRow(action, rule.sources, rule.public, _allowed(rule.roles, _STANDINGS[rule.relation]))
            continue
        for judged, standings in _SENT_BACK.items():
            states = tuple(state for state in rule.sources if (state in _JUDGED) is judged)
            yield ActRow(action, states, rule.public, _allowed(rule.roles, standings))


def _allowed(
    roles: tuple[Role, ...], standings: tuple[frozenset[Standing], frozenset[Standing]]
) -> frozenset[tuple[Role, Standing]]:
    pairs = zip(ROLES, standings, strict=True)
    return frozenset((role, standing) for role, those in pairs if role in roles for standing in those)
