"""What people can do to a record on its page: one small form for each, and one service call behind it."""

from casetracker.review.admin.acts.appraising import Appraise
from casetracker.review.admin.acts.base import Act
from casetracker.review.admin.acts.erasing import AskForErasure, Erase, WithdrawErasure
from casetracker.review.admin.acts.moves import (
    Abandon,
    Approve,
    ApproveAndPublish,
    Assign,
    AssignToMe,
    Discard,
    DropMerge,
    Publish,
    Retract,
    Return,
    Revise,
    Submit,
    Verify,
    Withdraw,
)
from casetracker.review.admin.acts.remarks import (
    AcceptSuggestion,
    Check,
    Comment,
    DeclineSuggestion,
    FactComment,
    MarkPublishable,
    Suggest,
)

__all__ = ["ACTS", "ELSEWHERE", "AcceptSuggestion", "Act", "Check", "Comment", "DeclineSuggestion", "FactComment"]

ACTS: dict[str, type[Act]] = {
    act.name: act
    for act in (
        Submit,
        Verify,
        ApproveAndPublish,
        Publish,
        Revise,
        Approve,
        Return,
        Withdraw,
        AssignToMe,
        Assign,
        Suggest,
        MarkPublishable,
        Abandon,
        Discard,
        Retract,
        DropMerge,
        Erase,
        WithdrawErasure,
        AskForErasure,
        Comment,
        AcceptSuggestion,
        DeclineSuggestion,
        Check,
        Appraise,
    )
}
# They stand beside what they are about, not among the buttons.
ELSEWHERE = frozenset({"comment", "accept-suggestion", "decline-suggestion", "check", "appraise"})
