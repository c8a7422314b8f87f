"""What a record gains when another one is merged into it. Reads only: `services.merging` writes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from casetracker.core.pinyin import romanised
from casetracker.core.text import fold
from casetracker.review.choices import Stance
from casetracker.review.content import detail_of
from casetracker.review.evidence import says_something
from casetracker.review.field_texts import texts_of
from casetracker.review.kinds import CITATIONS, RecordKind, RowKind, kind_named
from casetracker.review.models import Citation, Record
from casetracker.review.secrecy import terms_kept_private

_SAME_CITATION = ("source_id", "field", "stance", "locator", "quote", "value_given")
_LONGEST_VALUE = 300


@dataclass(frozen=True)
class MergePlan:
    """What one record takes over from another.

    `fields` were empty in it. `differing` names fields in which the two say different things: it keeps its own,
    and what was cited for the other value is only mentioned there, with that value.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, list[Any]] = field(default_factory=dict)
    citations: list[dict[str, Any]] = field(default_factory=list)
    private_terms: list[dict[str, str]] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)


def plan_merge(duplicate: Record, target: Record) -> MergePlan:
    """Find out what `target` gains from `duplicate`. A fixed number of queries."""
    kind = kind_named(duplicate.kind)
    ours, theirs = detail_of(target), detail_of(duplicate)
    gained = _gained_fields(kind, ours, theirs)
    differing = [name for name in kind.fields if name not in gained and _differ(kind, ours, theirs, name)]
    return MergePlan(
        fields=gained,
        rows={name: list(_gained_rows(kind.rows[name], same, ours, theirs)) for name, same in kind.merges.items()},
        citations=list(_gained_citations(kind, duplicate, target, theirs, differing)),
        private_terms=_gained_terms(duplicate, target),
        differing=differing,
    )


def _states(kind: RecordKind, detail: Any, name: str) -> bool:
    value = getattr(detail, name)
    return says_something(value) and value != kind.assumed.get(name)


def _differ(kind: RecordKind, ours: Any, theirs: Any, name: str) -> bool:
    return _states(kind, theirs, name) and _compared(getattr(ours, name)) != _compared(getattr(theirs, name))


def _compared(value: Any) -> Any:
    """Return a value so that one place is the same in any script."""
    return romanised(value) if isinstance(value, str) else _folded(value)


def _gained_fields(kind: RecordKind, ours: Any, theirs: Any) -> dict[str, Any]:
    """Return what only the duplicate states, with the fields that complete it, where these do not contradict."""
    gained: dict[str, Any] = {}
    for name in kind.citable:
        if name in kind.rows or _states(kind, ours, name) or not _states(kind, theirs, name):
            continue
        complements = kind.complements.get(name, ())
        values = {part: getattr(theirs, part) for part in (name, *complements)}
        if all(getattr(ours, part) in ("", None, [], values[part]) for part in complements):
            gained |= values
    return gained


def _gained_rows(spec: RowKind, same: tuple[str, ...], ours: Any, theirs: Any) -> Iterator[Any]:
    rows = spec.model._default_manager
    known = {_key(row, same) for row in rows.filter(**{spec.parent: ours})}
    for row in rows.filter(**{spec.parent: theirs}):
        if _key(row, same) not in known:
            known.add(_key(row, same))
            yield row


def _gained_citations(
    kind: RecordKind, duplicate: Record, target: Record, theirs: Any, differing: list[str]
) -> Iterator[dict[str, Any]]:
    known = {_key(citation, _SAME_CITATION) for citation in target.citations.all()}
    for citation in duplicate.citations.select_related("source"):
        copied = _copy(citation)
        if citation.field in differing:
            # A machine does not say that somebody disputes something: authors decide what this citation means here.
            value = "; ".join(texts_of(theirs, kind, citation.field))
            fits = len(value) <= _LONGEST_VALUE and not citation.value_given
            copied |= {"stance": Stance.MENTIONS, **({"value_given": value} if fits else {})}
        key = _key(Citation(**copied), _SAME_CITATION)
        if key not in known:
            known.add(key)
            yield copied


def _copy(citation: Citation) -> dict[str, Any]:
    return {name: getattr(citation, name) for name in (*CITATIONS.fields, *CITATIONS.private) if name != "position"}


def _gained_terms(duplicate: Record, target: Record) -> list[dict[str, str]]:
    known = set(target.private_terms.values_list("kind", "text"))
    found = terms_kept_private(duplicate.pk)
    return [{"kind": kind, "text": text} for kind, text in found if (kind, text) not in known]


def _key(row: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(_folded(getattr(row, name)) for name in names)


def _folded(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(sorted(fold(str(part)) for part in value))
    return fold(value) if isinstance(value, str) else value
