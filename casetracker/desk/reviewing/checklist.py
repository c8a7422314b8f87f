"""The facts of a record, each with the citations that carry it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from casetracker.review.admin.acts import FactComment
from casetracker.review.admin.panel import CheckedCitation, Remark
from casetracker.review.content import detail_of
from casetracker.review.evidence import facts_of, shown_confidential
from casetracker.review.field_texts import texts_of
from casetracker.review.kinds import Content, kind_named, label_of
from casetracker.review.models import Record


@dataclass(frozen=True)
class Numbered:
    """A citation with its number in the record, and the number of the next that nobody has checked (0: none)."""

    number: int
    checked: CheckedCitation
    then: int


@dataclass(frozen=True)
class Fact:
    """A field or kind of row that states something, with those that complete it, and what is cited for it."""

    name: str
    label: str
    texts: list[str]
    complements: list[tuple[str, list[str]]]
    citations: list[Numbered]
    remarks: list[Remark] = field(default_factory=list)
    comment_form: FactComment | None = None
    in_confidence: bool = False  # A confidential source carries it, of which the public reads.

    @property
    def is_carried_by_the_whole(self) -> bool:
        """Tell whether nothing is cited for it alone."""
        return bool(self.name) and not self.citations


def checklist(record: Record, content: Content, checked: Iterable[CheckedCitation]) -> list[Fact]:
    """Return what is cited for the record as a whole, then every citable fact in the order of its kind."""
    by_field: dict[str, list[Numbered]] = {}
    for numbered in _numbered(list(checked)):
        by_field.setdefault(numbered.checked.result.citation["field"], []).append(numbered)
    kind, detail = kind_named(record.kind), detail_of(record)
    stated, shown = facts_of(content), shown_confidential(content)
    found = [Fact("", _("The record as a whole"), [], [], by_field[""])] if "" in by_field else []
    for name in kind.citable:
        if name in stated or name in by_field:
            complements = [
                (label_of(kind.name, one), texts_of(detail, kind, one)) for one in kind.complements.get(name, ())
            ]
            texts, filled = texts_of(detail, kind, name), [pair for pair in complements if pair[1]]
            confided = bool(shown & {name, ""})
            citations = by_field.get(name, [])
            found.append(Fact(name, label_of(kind.name, name), texts, filled, citations, in_confidence=confided))
    return found


def with_talk(facts: Iterable[Fact], record: Record, remarks: Iterable[Remark], *, may_comment: bool) -> list[Fact]:
    """Return facts with what colleagues said on each, and the form for one's own comment."""
    on: dict[str, list[Remark]] = {}
    for remark in remarks:
        on.setdefault(remark.comment.field, []).append(remark)
    return [
        replace(
            fact,
            remarks=on.get(fact.name, []),
            comment_form=FactComment(record=record, field=fact.name) if may_comment else None,
        )
        if fact.name
        else fact
        for fact in facts
    ]


def _numbered(checked: list[CheckedCitation]) -> Iterator[Numbered]:
    """Number the citations as the record has them; after a verdict one goes on with the next that has none."""
    open_ones = [number for number, one in enumerate(checked, start=1) if one.result.verdict is None]
    for number, one in enumerate(checked, start=1):
        rest = [other for other in open_ones if other != number]
        yield Numbered(number, one, next((other for other in rest if other > number), rest[0] if rest else 0))
