"""What the review must know of each kind of record. Kinds register in `AppConfig.ready`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise

from casetracker.review.models import Citation, PrivateTerm

Content = dict[str, Any]  # Canonical content: only what JSON carries, links as UUID texts.


@dataclass(frozen=True)
class RowKind:
    """Rows that belong to a record, such as its names: their model, its link up, its own fields."""

    model: type[models.Model]
    parent: str
    fields: tuple[str, ...]
    private: tuple[str, ...] = ()


CITATIONS = RowKind(
    model=Citation,
    parent="record",
    fields=(
        "position",
        "source",
        "field",
        "stance",
        "attributed_to",
        "speaker_anonymous",
        "speaker_role",
        "speaker_place",
        "locator",
        "quote",
        "quote_language",
        "quote_translation",
        "quote_translated_from",
        "value_given",
        "basis",
    ),
    private=("credibility", "notes"),
)
PRIVATE_TERMS = RowKind(model=PrivateTerm, parent="record", fields=(), private=("kind", "text"))


@dataclass(frozen=True)
class RecordKind:
    """One kind of record.

    `fields` is the content that is reviewed and published, `private` stays on the desk. `citable`
    names the fields and rows that need a source as soon as they are filled; `assumed` gives values that
    state nothing and so need none. `complements` names the fields that complete a citable one: its
    citations are checked for both. `links` names the fields that point to other records. `dates` names
    the fields that say when it happened, was said or was first reported: the first that is filled counts.
    `merges` names the rows that a record takes over from its duplicate, with what makes two of them the same;
    a kind without cannot be merged. `emptied` gives the values that an erased record has where the database refuses
    the usual ones.
    """

    name: str
    prefix: str
    label: str | Promise
    model: type[models.Model]
    fields: tuple[str, ...]
    citable: tuple[str, ...]
    snapshot: Callable[[Content, "Links"], dict[str, Any]]
    describe: Callable[[Any], str]
    private: tuple[str, ...] = ()
    rows: Mapping[str, RowKind] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    assumed: Mapping[str, Any] = field(default_factory=dict)
    complements: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    merges: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    emptied: Mapping[str, Any] = field(default_factory=dict)
    derive: Callable[[Any], None] = lambda instance: None


@dataclass(frozen=True)
class Links:
    """The public references of what a snapshot points to, by UUID text; of sources also what is kept of them."""

    reference: str
    version: int
    records: Mapping[str, str]
    sources: Mapping[str, str]
    keeping: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


_kinds: dict[str, RecordKind] = {}


def register(kind: RecordKind) -> None:
    """Make a kind known to the review."""
    if kind.name in _kinds or any(kind.prefix == other.prefix for other in _kinds.values()):
        raise ValueError(f"a kind like {kind.name} is registered already")
    _kinds[kind.name] = kind


def kind_named(name: str) -> RecordKind:
    """Return a kind. Raises `KeyError` if no app has registered it."""
    return _kinds[name]


def all_kinds() -> list[RecordKind]:
    """Return the kinds in the order of their apps, lower layers first: links point backwards."""
    return list(_kinds.values())


def label_of(kind_name: str, field_name: str) -> str:
    """Return what people call a field or kind of row of a record."""
    kind = kind_named(kind_name)
    if field_name in kind.rows:
        return str(kind.rows[field_name].model._meta.verbose_name_plural)
    field: Any = kind.model._meta.get_field(field_name)
    return str(field.verbose_name)
