"""The columns of the sheets: what may stand in a spreadsheet of each kind, derived from what the kinds say."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casetracker.core.dates import EdtfField
from casetracker.core.languages import LanguageField
from casetracker.core.text_list import TextListField
from casetracker.desk.exchange import cells
from casetracker.places.fields import CountryField, GovernmentField, validate_country, validate_government
from casetracker.review.choices import PrivateTermKind
from casetracker.review.kinds import CITATIONS, RecordKind, RowKind, all_kinds, kind_named
from casetracker.review.models import ImportKey, PrivateTerm
from casetracker.sources.models import Source
from casetracker.sources.services import FIELDS

MOST_ROWS = 20  # names, or replies, of one record

SOURCE, CITATION = "source", "citation"
_CITATION_FIELDS = tuple(name for name in (*CITATIONS.fields, *CITATIONS.private) if name not in ("position", "source"))


@dataclass(frozen=True, eq=False)
class Column:
    """One column. `part` is what of the record it is in: its rows of a kind (the `number`-th), or its private terms."""

    name: str
    label: str | Promise
    help: str | Promise
    widget: cells.CellWidget
    field: str
    required: bool = False
    part: str = ""
    number: int = 0
    aliases: tuple[str, ...] = ()
    validators: tuple[Callable[[Any], Any], ...] = ()


@dataclass(frozen=True, eq=False)
class SheetKind:
    """One kind of spreadsheet. `record` is the kind of record that each row is, where it is one."""

    name: str
    label: str | Promise
    columns: tuple[Column, ...]
    row_columns: Callable[[int], tuple[Column, ...]]
    record: RecordKind | None = None

    @property
    def model(self) -> Any:
        """The model whose instances the rows are."""
        return self.record.model if self.record else Source if self.name == SOURCE else CITATIONS.model

    def all_columns(self, rows: int = MOST_ROWS) -> tuple[Column, ...]:
        """Return the columns with so many names, replies and so on."""
        return (*self.columns, *(column for number in range(1, rows + 1) for column in self.row_columns(number)))


KEY = Column(
    name="key",
    label=_("key"),
    help=_(
        "Your own name for this row, such as its number in your list. A later import with it changes the same record."
    ),
    widget=cells.ShortText(),
    field="key",
    validators=(MaxLengthValidator(ImportKey._meta.get_field("key").max_length),),
    aliases=("id", "my key", "own key"),
)
REFERENCE = Column(
    name="reference",
    label=_("reference"),
    help=_(
        "Of what is published already, such as S-17. Leave it empty for what is new: numbers are given at publication."
    ),
    widget=cells.ShortText(),
    field="reference",
    aliases=("ref",),
)
_ALIASES = {
    "locality": ("city", "town", "place", "municipality"),
    "latitude": ("lat",),
    "longitude": ("lon", "lng", "long"),
    "country": ("country code", "iso", "iso2"),
    "operator_jurisdiction": ("operator", "jurisdiction"),
    "url": ("link", "address", "web address"),
    "published": ("date published", "publication date", "published on"),
    "reliability": ("reliability grade", "source reliability"),
    "credibility": ("credibility grade", "information credibility"),
    "speaker_anonymous": ("anonymous", "anonymous source"),
    "notes": ("internal notes", "remarks", "comment", "comments"),
    "names 1 text": ("name", "station name"),
}


@cache
def sheet_kinds() -> dict[str, SheetKind]:
    """Return all kinds of sheets by name: sources first, then the records in the order of links, then citations."""
    records = {kind.name: _record_sheet(kind) for kind in all_kinds()}
    return {SOURCE: _source_sheet(), **records, CITATION: _citation_sheet()}


def _record_sheet(kind: RecordKind) -> SheetKind:
    fields = [_field_column(kind.model, name) for name in (*kind.fields, *kind.private)]
    terms = [
        Column(
            name=f"private_{value}",
            label=format_lazy("{term}: {kind}", term=PrivateTerm._meta.verbose_name, kind=label),
            help=_("With semicolons between several. Never published; no public text may contain it."),
            widget=cells.TextList(),
            field=value,
            part="private_terms",
        )
        for value, label in PrivateTermKind.choices
    ]
    return SheetKind(
        name=kind.name,
        label=kind.label,
        columns=(REFERENCE, KEY, *fields, *terms),
        row_columns=lambda number: tuple(_row_columns(kind, number)),
        record=kind,
    )


def _row_columns(kind: RecordKind, number: int) -> Iterator[Column]:
    for name, spec in kind.rows.items():
        singular = str(spec.model._meta.model_name).removeprefix(kind.name)
        for field in spec.fields:
            yield _row_column(name, spec, singular, field, number)


def _row_column(part: str, spec: RowKind, singular: str, field: str, number: int) -> Column:
    base = _field_column(spec.model, field)
    is_first = field == spec.fields[0]
    aliases = (f"{singular} {number}", *(_ALIASES.get(f"{part} {number} text", ()))) if is_first else ()
    return Column(
        name=f"{singular}_{number}_{field}",
        label=format_lazy(
            "{row} {number}: {field}", row=spec.model._meta.verbose_name, number=number, field=base.label
        ),
        help=base.help,
        widget=base.widget,
        field=field,
        part=part,
        number=number,
        aliases=aliases,
        validators=base.validators,
    )


def _source_sheet() -> SheetKind:
    # Who stands behind a source is found by what is printed on it, when it is logged.
    columns = tuple(_field_column(Source, name) for name in FIELDS if name != "published_by")
    return SheetKind(SOURCE, _("source"), (REFERENCE, KEY, *columns), lambda number: ())


def _citation_sheet() -> SheetKind:
    record = Column(
        name="record",
        label=_("record"),
        help=_("What cites the source: its reference, such as S-17, or its key."),
        widget=cells.ShortText(),
        field="record",
        required=True,
    )
    kind = Column(
        name="kind",
        label=_("kind of the record"),
        help=_("Needed only where records of two kinds have the same key."),
        widget=cells.Choice([(kind.name, kind.label) for kind in all_kinds()]),
        field="kind",
        aliases=("record kind",),
    )
    source = Column(
        name="source",
        label=_("source"),
        help=_("Its reference, such as D-3, its key, or its address."),
        widget=cells.ShortText(),
        field="source",
        required=True,
    )
    fields = tuple(_field_column(CITATIONS.model, name) for name in _CITATION_FIELDS)
    return SheetKind(CITATION, _("citation"), (KEY, record, kind, source, *fields), lambda number: ())


def _field_column(model: type[models.Model], name: str) -> Column:
    field: Any = model._meta.get_field(name)
    has_default = field.has_default() or field.blank or field.many_to_many
    return Column(
        name=name,
        label=field.verbose_name,
        help=field.help_text,
        widget=_widget_for(field),
        field=name,
        required=not has_default,
        aliases=_ALIASES.get(name, ()),
        validators=() if field.is_relation else tuple(field.validators),
    )


def _widget_for(field: Any) -> cells.CellWidget:
    if field.many_to_many or field.many_to_one:
        kind = SOURCE if field.related_model is Source else _kind_of(field.related_model)
        return cells.Links(kind, many=bool(field.many_to_many))
    for sort, make in _WIDGETS:
        if isinstance(field, sort):
            return make(field)
    raise TypeError(f"no widget for {field}")


def _char(field: Any) -> cells.CellWidget:
    return cells.Choice(field.choices) if field.choices else cells.ShortText()


def _degrees(field: Any) -> cells.CellWidget:
    limit = int(max(validator.limit_value for validator in field.validators if hasattr(validator, "limit_value")))
    return cells.Degrees(limit, field.decimal_places)


# The first that fits: the sorts of our own come before those of Django that they are made of.
_WIDGETS: Sequence[tuple[type[models.Field], Callable[[Any], cells.CellWidget]]] = (
    (CountryField, lambda field: cells.Government(validate_country)),
    (GovernmentField, lambda field: cells.Government(validate_government)),
    (EdtfField, lambda field: cells.Date()),
    (LanguageField, lambda field: cells.Language()),
    (TextListField, lambda field: cells.TextList()),
    (models.BooleanField, lambda field: cells.YesNo()),
    (models.DecimalField, _degrees),
    (models.IntegerField, lambda field: cells.Number()),
    (models.TextField, lambda field: cells.LongText()),
    (models.CharField, _char),
)


def _kind_of(model: type[models.Model]) -> str:
    return next(kind.name for kind in all_kinds() if kind_named(kind.name).model is model)
