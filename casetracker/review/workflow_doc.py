"""The workflow as a page of documentation, and for the public page on method: generated from the transition table."""

import json

from casetracker.review.choices import Action, PublicStatus, State
from casetracker.review.transitions import IN_REVIEW, TRANSITIONS, Transition

_INTRODUCTION = """\
# Workflow

This page is generated from `casetracker/review/transitions.py` by `manage.py render_workflow`. Do not edit it.

A record has two states. The **working state** says where it stands on the desk. The **public status** says what
the public sees: never published, live or retracted. They are separate: a live record can be under revision, and
be retracted meanwhile.

**Four eyes.** In each round, from one publication to the next, a person is an author or a reviewer of a record,
never both. Writing makes an author; verifying and approving make a reviewer. The database keeps the rule, for
superusers too: roles come from groups alone.

Every action takes the version of the record that the person looked at. If somebody else was faster, nothing
happens and the message says who. Every action leaves a decision: who, when, what, on which content.

An action that is listed with “unchanged” leaves the working state as it is.

**Merging.** A record that is to be merged into another stands still: it can only be retracted, discarded, or let go.
Once the other is published, it is retracted or discarded for good.
"""


# What happens to a record before it is public, and how it goes.
_PUBLIC_ACTS = (Action.LOG, Action.CHECK, Action.VERIFY, Action.APPROVE, Action.PUBLISH, Action.RETRACT)


def public_workflow() -> str:
    """Return what the public page on method needs to know: the public side cannot ask the table itself."""
    steps = [
        {
            "action": action.value,
            "roles": [role.name.lower() for role in TRANSITIONS[action].roles],
            "person": TRANSITIONS[action].relation.name.lower(),
            "side": side.value if (side := TRANSITIONS[action].participation) else "",
        }
        for action in _PUBLIC_ACTS
    ]
    return json.dumps(steps, indent=1) + "\n"


def render_workflow() -> str:
    """Return the page as Markdown."""
    return "\n".join([_INTRODUCTION, _diagram(), "## Actions\n", _table(), ""])


def _diagram() -> str:
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> draft: log"]
    for action, rule in TRANSITIONS.items():
        for source in rule.sources:
            if target := rule.target_from(source):
                lines.append(f"    {source.value} --> {target.value}: {action.label}")
    return "\n".join([*lines, "```", ""])


def _table() -> str:
    header = [
        "| action | working state | public status | roles | person | guard | to state | to public | side | comment |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    return "\n".join([*header, *(_row(action, rule) for action, rule in TRANSITIONS.items())])


def _row(action: Action, rule: Transition) -> str:
    cells = (
        str(action.label),
        _some_of(rule.sources, State) or "(new)",
        _some_of(rule.public, PublicStatus),
        " or ".join(role.value for role in rule.roles),
        rule.relation.value,
        rule.guard,
        _target(rule),
        rule.public_target.value if rule.public_target else "unchanged",
        rule.participation.value if rule.participation else "",
        "required" if rule.needs_comment else "",
    )
    return f"| {' | '.join(cells)} |"


def _target(rule: Transition) -> str:
    if rule.ends_review:
        return f"{State.DRAFT.value} from {_some_of(IN_REVIEW, State)}; else unchanged"
    return rule.target.value if rule.target else "unchanged"


def _some_of(chosen: tuple[State, ...] | tuple[PublicStatus, ...], choices: type[State] | type[PublicStatus]) -> str:
    return "any" if len(chosen) == len(choices) else ", ".join(choice.value for choice in chosen)
