"""Two records side by side, for the page on which a merge is proposed."""

from dataclasses import dataclass, field
from typing import Any

from casetracker.review.content import detail_of
from casetracker.review.field_texts import text_of_row, texts_of
from casetracker.review.kinds import kind_named, label_of
from casetracker.review.merging import MergePlan, plan_merge
from casetracker.review.models import Citation, Record


@dataclass(frozen=True)
class Line:
    """What two records say in one field. `outcome` is same, gained or kept: the target keeps its own value."""

    label: str
    duplicate: list[str]
    target: list[str]
    outcome: str


@dataclass(frozen=True)
class GainedCitation:
    """A citation that is copied, with what it is cited for."""

    source: Any
    supports: str
    citation: Citation
    is_only_mentioned: bool


@dataclass(frozen=True)
class Gains:
    """What the target gains, in words."""

    lines: list[Line] = field(default_factory=list)
    rows: list[tuple[str, list[str]]] = field(default_factory=list)
    citations: list[GainedCitation] = field(default_factory=list)
    private_terms: int = 0


def gains_of(duplicate: Record, target: Record) -> Gains:
    """Return what is the same, what differs, and what the target takes over."""
    kind, plan = kind_named(duplicate.kind), plan_merge(duplicate, target)
    return Gains(
        lines=_lines(duplicate, target, plan),
        rows=[
            (label_of(kind.name, name), [text_of_row(row, kind.rows[name]) for row in rows])
            for name, rows in plan.rows.items()
            if rows
        ],
        citations=[
            GainedCitation(
                values["source"],
                label_of(kind.name, values["field"]) if values["field"] else "",
                Citation(**values),
                values["field"] in plan.differing,
            )
            for values in plan.citations
        ],
        private_terms=len(plan.private_terms),
    )


def _lines(duplicate: Record, target: Record, plan: MergePlan) -> list[Line]:
    kind = kind_named(duplicate.kind)
    theirs, ours = detail_of(duplicate), detail_of(target)
    found = []
    for name in kind.fields:
        values = texts_of(theirs, kind, name), texts_of(ours, kind, name)
        if any(values):
            outcome = "gained" if name in plan.fields and values[0] != values[1] else "kept"
            same = values[0] == values[1] or (outcome == "kept" and name not in plan.differing)
            found.append(Line(label_of(kind.name, name), *values, "same" if same else outcome))
    return found
