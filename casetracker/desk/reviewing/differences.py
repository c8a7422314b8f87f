"""What changed in a record since it was published last: field by field, row by row, citation by citation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from casetracker.core.languages import language_name_for_reader
from casetracker.desk.reviewing.words import Piece, pieces
from casetracker.places.countries import name_of
from casetracker.review.content import parse_content
from casetracker.review.evidence import shown_confidential
from casetracker.review.field_texts import texts_of_value
from casetracker.review.kinds import CITATIONS, Content, RowKind, kind_named, label_of
from casetracker.review.models import PublishedContent, Record
from casetracker.review.references import linked_records
from casetracker.sources.choices import Control, Derivation, SourceType

_LEFT_OUT = frozenset({"id", "position", "source"})
_SOURCE = ("publisher", "title", "author", "published", "url")


@dataclass(frozen=True)
class Change:
    """One field: its name in words and both texts as one, the words that differ marked."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Part:
    """The record itself, a row or a citation. `what` is changed, added or removed."""

    title: str
    what: str
    changes: list[Change]


def differences(record: Record, content: Content) -> list[Part] | None:
    """Return what differs from the last published version; None if there is none yet. Two queries."""
    published = PublishedContent.objects.last_of(record)
    if published is None:
        return None
    before = parse_content(published.content)
    names = names_in(before, content)
    kind = kind_named(record.kind)
    changes = _changes(kind.model, before["fields"], content["fields"], names, record.kind)
    parts = [Part(_("The record"), "changed", changes)] if changes else []
    for name, spec in kind.rows.items():
        parts += _rows(label_of(kind.name, name), spec, before["rows"][name], content["rows"][name])
    parts += _citations(record.kind, before, content)
    parts += _shown_in_confidence(record.kind, before, content)
    if before["disclosures"] != content["disclosures"]:
        texts = ["; ".join(item["text"] for item in one["disclosures"]) for one in (before, content)]
        parts.append(Part(_("Disclosures"), "changed", [Change(_("private terms that are published"), pieces(*texts))]))
    return parts


def names_in(*contents: Content) -> dict[str, str]:
    """Return what the records are called that contents point to, by UUID. One query."""
    keys = {key for content in contents for key in linked_records(content)}
    return {str(record.pk): str(record) for record in Record.objects.filter(pk__in=keys)} if keys else {}


def _changes(
    model: type[models.Model],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    names: Mapping[str, str],
    kind_name: str = "",
) -> list[Change]:
    found = []
    for name in after:
        if name in _LEFT_OUT or before.get(name) == after[name]:
            continue
        field: Any = model._meta.get_field(name)
        label = label_of(kind_name, name) if kind_name else str(field.verbose_name)
        texts = [words_of(field, values.get(name), names) for values in (before, after)]
        if texts[0] != texts[1]:
            found.append(Change(label, pieces(*texts)))
    return found


def words_of(field: Any, value: Any, names: Mapping[str, str]) -> str:
    """Return what a value of a content says in this field, in words."""
    if field.many_to_many or field.many_to_one:
        keys = value if isinstance(value, list) else [value] if value else []
        return "; ".join(names.get(key, key) for key in keys)
    python = value if isinstance(value, (list, bool, int)) or value is None else field.to_python(value)
    return "; ".join(texts_of_value(field, python))


def _rows(
    title: str, spec: RowKind, before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]
) -> Iterator[Part]:
    for old, new in _pairs(before, after):
        changes = _changes(spec.model, old or dict.fromkeys(new), new or dict.fromkeys(old), {})
        if changes:
            yield Part(title, _what(old, new), changes)


def _pairs(
    before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Yield rows with what they were, in the order of now; then those that are gone."""
    earlier = {row["id"]: row for row in before}
    for row in after:
        yield earlier.pop(row["id"], {}), row
    for row in earlier.values():
        yield row, {}


def _what(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    return "changed" if old and new else "added" if new else "removed"


def _citations(kind_name: str, before: Content, after: Content) -> Iterator[Part]:
    for old, new in _pairs(before["citations"], after["citations"]):
        changes = [
            *_source_changes(old, new),
            *_changes(CITATIONS.model, _told(kind_name, old, new), _told(kind_name, new, old), {}),
        ]
        if changes:
            shown = new or old
            names = {
                "source": shown["source"]["publisher"] or shown["source"]["title"],
                "field": cited_for(kind_name, shown["field"]),
            }
            yield Part(_("Citation of %(source)s for %(field)s") % names, _what(old, new), changes)


def _told(kind_name: str, citation: Mapping[str, Any], other: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a citation with the field that it is for in words; empty ones in place of one that is not there."""
    if not citation:
        return dict.fromkeys(other)
    return {**citation, "field": cited_for(kind_name, citation["field"])}


def cited_for(kind_name: str, field: str) -> str:
    """Return what a citation is for, in words."""
    return label_of(kind_name, field) if field else _("the record as a whole")


def _source_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    before, after = (_source_words(citation["source"]) if citation else "" for citation in (old, new))
    return [Change(_("source"), pieces(before, after))] if before != after else []


def _source_words(source: Mapping[str, Any]) -> str:
    behind = source.get("published_by") or {}  # Contents of earlier days say nothing of it.
    control, country = behind.get("control", ""), behind.get("country", "")
    derivation, language = source["derivation"], source["language"]
    words = [
        *(source[name] for name in _SOURCE),
        str(SourceType(source["type"]).label),
        language_name_for_reader(language),
        str(Derivation(derivation).label) if derivation else "",
        str(Control(control).label) if control else "",
        name_of(country) if country else "",
    ]
    return " · ".join(filter(None, words))


def _shown_in_confidence(kind_name: str, before: Content, after: Content) -> Iterator[Part]:
    """Yield for what the public reads of confidential sources. Of all others nothing may show here."""
    texts = [
        "; ".join(cited_for(kind_name, name) for name in sorted(shown_confidential(one))) for one in (before, after)
    ]
    if texts[0] != texts[1]:
        yield Part(_("A confidential source known to the editors"), "changed", [Change(_("shown for"), pieces(*texts))])
