"""The workflow, in one table: which action, from which state, by whom, to which state.

`docs/workflow.md` is generated from it. Services look here; nothing else decides.
"""

import enum
from dataclasses import dataclass

from casetracker.accounts.roles import Role
from casetracker.review.choices import Action, ParticipationRole, PublicStatus, State


class Relation(enum.Enum):
    """What a person must be to the record, beside having a role."""

    ANYONE = "anyone with the role"
    AUTHOR = "an author of this round"
    AUTHOR_OR_ASSIGNED = "an author of this round, or the person it is assigned to"
    AUTHOR_OR_EDITOR = "an author of this round, or an editor"
    NOT_AUTHOR = "not an author of this round"
    NOT_REVIEWER = "not a reviewer of this round"
    REVIEWER_OR_EDITOR = "not an author of this round; once it is verified, a reviewer of this round or an editor"


class Merging(enum.Enum):
    """Whether an action is for records that are to be merged into another, or were.

    Such a record stands still: what was proposed with it is what is approved.
    """

    REFUSED = "not for a record that is to be merged, or was"
    ALLOWED = "for it too"
    REQUIRED = "for such a record only"


IN_REVIEW = (State.SUBMITTED, State.VERIFIED, State.APPROVED)


@dataclass(frozen=True)
class Transition:
    """The rules of one action.

    `target` and `public_target` are None where the action leaves them as they are. `participation` is
    the side of the four eyes on which the action puts the person; an action that `starts_round` does
    so in the new round, where nobody stands on a side yet. An action that `ends_review` sends back to draft
    what is in review, and leaves all else where it is.
    """

    sources: tuple[State, ...]
    public: tuple[PublicStatus, ...]
    roles: tuple[Role, ...]
    relation: Relation
    guard: str
    target: State | None = None
    public_target: PublicStatus | None = None
    participation: ParticipationRole | None = None
    starts_round: bool = False
    needs_comment: bool = False
    ends_review: bool = False
    merging: Merging = Merging.REFUSED

    def target_from(self, state: State) -> State | None:
        """Return the state to which the action brings a record from this one; None if it stays there."""
        return State.DRAFT if self.ends_review and state in IN_REVIEW else self.target


_STAFF = (Role.RESEARCHER, Role.EDITOR)
_EDITORS = (Role.EDITOR,)
_ANY_STATE = tuple(State)
_ANY_PUBLIC = tuple(PublicStatus)
_PUBLISHED = (PublicStatus.LIVE, PublicStatus.RETRACTED)
_NOT_DISCARDED = tuple(state for state in State if state != State.DISCARDED)

TRANSITIONS: dict[Action, Transition] = {
    Action.LOG: Transition(
        sources=(),
        public=(PublicStatus.NEVER,),
        roles=_STAFF,
        relation=Relation.ANYONE,
        guard="valid fields",
        target=State.DRAFT,
        participation=ParticipationRole.AUTHOR,
    ),
    Action.EDIT: Transition(
        sources=(State.DRAFT,),
        public=_ANY_PUBLIC,
        roles=_STAFF,
        relation=Relation.NOT_REVIEWER,
        guard="valid fields",
        participation=ParticipationRole.AUTHOR,
    ),
    Action.DISCLOSE: Transition(
        sources=(State.DRAFT,),
        public=_ANY_PUBLIC,
        roles=_EDITORS,
        relation=Relation.NOT_REVIEWER,
        guard="a reason",
        participation=ParticipationRole.AUTHOR,
        needs_comment=True,
    ),
    Action.ASSIGN: Transition(
        sources=_NOT_DISCARDED,
        public=_ANY_PUBLIC,
        roles=_STAFF,
        relation=Relation.ANYONE,
        guard="to an active researcher or editor, or to nobody",
    ),
    Action.SUBMIT: Transition(
        sources=(State.DRAFT,),
        public=_ANY_PUBLIC,
        roles=_STAFF,
        relation=Relation.AUTHOR_OR_ASSIGNED,
        guard="required fields; every citable field that is filled has a supporting citation, or the whole "
        "record has one; no citation that nobody has read; no fact on a forum quote or machine translation alone",
        target=State.SUBMITTED,
        participation=ParticipationRole.AUTHOR,
    ),
    Action.CHECK: Transition(
        sources=(State.SUBMITTED,),
        public=_ANY_PUBLIC,
        roles=_STAFF,
        relation=Relation.NOT_AUTHOR,
        guard="the citation is as it was shown",
    ),
    Action.SUGGEST: Transition(
        sources=(State.SUBMITTED, State.VERIFIED),
        public=_ANY_PUBLIC,
        roles=_STAFF,
        relation=Relation.NOT_AUTHOR,
        guard="other words for a text field",
    ),
    Action.APPRAISE: Transition(
        sources=_NOT_DISCARDED,
        public=_ANY_PUBLIC,
        roles=_STAFF,
        relation=Relation.ANYONE,
        guard="another grade of the scale; no content changes, so nobody becomes an author or reviewer by it",
    ),
    Action.VERIFY: Transition(
        sources=(State.SUBMITTED,),
        public=_ANY_PUBLIC,
        roles=_STAFF,
        relation=Relation.NOT_AUTHOR,
        guard="every citation checked by someone who is not an author, none failed",
        target=State.VERIFIED,
        participation=ParticipationRole.REVIEWER,
    ),
    Action.APPROVE: Transition(
        sources=(State.VERIFIED,),
        public=_ANY_PUBLIC,
        roles=_EDITORS,
        relation=Relation.NOT_AUTHOR,
        guard="content is what was verified; each cited source has an archived copy, where the site asks for one; "
        "no private term in public text",
        target=State.APPROVED,
        participation=ParticipationRole.REVIEWER,
    ),
    Action.PUBLISH: Transition(
        sources=(State.APPROVED,),
        public=_ANY_PUBLIC,
        roles=_EDITORS,
        relation=Relation.ANYONE,
        guard="content is what was approved; no private term in public text; linked records live or published with it; "
        "not in a release that waits for its embargo, except with that release when it has passed",
        target=State.IDLE,
        public_target=PublicStatus.LIVE,
    ),
    Action.RETURN: Transition(
        sources=IN_REVIEW,
        public=_ANY_PUBLIC,
        roles=_STAFF,
        relation=Relation.REVIEWER_OR_EDITOR,
        guard="a comment that says what to change",
        target=State.DRAFT,
        needs_comment=True,
    ),
    Action.WITHDRAW: Transition(
        sources=IN_REVIEW,
        public=_ANY_PUBLIC,
        roles=_STAFF,
        relation=Relation.AUTHOR,
        guard="none",
        target=State.DRAFT,
    ),
    Action.REVISE: Transition(
        sources=(State.IDLE,),
        public=_PUBLISHED,
        roles=_STAFF,
        relation=Relation.ANYONE,
        guard="none; starts a round, of which whoever changed its sources since its publication is an author too",
        target=State.DRAFT,
        participation=ParticipationRole.AUTHOR,
        starts_round=True,
    ),
    Action.ABANDON: Transition(
        sources=(State.DRAFT,),
        public=_PUBLISHED,
        roles=_STAFF,
        relation=Relation.AUTHOR_OR_EDITOR,
        guard="none; restores what the record said when it was last published",
        target=State.IDLE,
    ),
    Action.DISCARD: Transition(
        sources=(State.DRAFT,),
        public=(PublicStatus.NEVER,),
        roles=_STAFF,
        relation=Relation.AUTHOR_OR_EDITOR,
        guard="none",
        target=State.DISCARDED,
        merging=Merging.ALLOWED,
    ),
    Action.RETRACT: Transition(
        sources=_ANY_STATE,
        public=(PublicStatus.LIVE,),
        roles=_EDITORS,
        relation=Relation.ANYONE,
        guard="a reason code and a public note without private terms",
        public_target=PublicStatus.RETRACTED,
        needs_comment=True,
        ends_review=True,
        merging=Merging.ALLOWED,
    ),
    Action.PROPOSE: Transition(
        sources=(State.IDLE, State.DRAFT),
        public=(PublicStatus.NEVER, PublicStatus.LIVE),
        roles=_STAFF,
        relation=Relation.ANYONE,
        guard="not under revision, and nothing is to be merged into it; the other is of the same kind, a draft or "
        "idle, and live if this one is; nobody marked the two as not the same; who proposes is an author of the "
        "other’s round",
        needs_comment=True,
    ),
    Action.DROP: Transition(
        sources=(State.IDLE, State.DRAFT),
        public=(PublicStatus.NEVER, PublicStatus.LIVE),
        roles=_STAFF,
        relation=Relation.ANYONE,
        guard="to be merged, and the other is not in review; also when the other’s draft is given up",
        merging=Merging.REQUIRED,
    ),
    Action.MERGE: Transition(
        sources=(State.IDLE,),
        public=(PublicStatus.LIVE,),
        roles=_EDITORS,
        relation=Relation.ANYONE,
        guard="the record that takes it over is verified, approved and published, and this happens with it; "
        "one that was never published is discarded instead",
        public_target=PublicStatus.RETRACTED,
        merging=Merging.REQUIRED,
    ),
    Action.ASK_ERASE: Transition(
        sources=(State.IDLE,),
        public=_PUBLISHED,
        roles=_EDITORS,
        relation=Relation.ANYONE,
        guard="a version that a retraction or merge has withdrawn and that is not erased; a legal ground and a public "
        "note without private terms; nobody has asked for it already",
        needs_comment=True,
        merging=Merging.ALLOWED,
    ),
    Action.KEEP: Transition(
        sources=_NOT_DISCARDED,
        public=_PUBLISHED,
        roles=_EDITORS,
        relation=Relation.ANYONE,
        guard="somebody asked for an erasure, and it was not carried out",
        merging=Merging.ALLOWED,
    ),
    Action.ERASE: Transition(
        sources=(State.IDLE,),
        public=_PUBLISHED,
        roles=_EDITORS,
        relation=Relation.ANYONE,
        guard="another editor asked for it; the working copy goes too if it says what this version said",
        needs_comment=True,
        merging=Merging.ALLOWED,
    ),
}
