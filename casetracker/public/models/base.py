"""What all published documents share."""

import datetime as dt
import json
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least

from casetracker.public.view import NOW, View

# Stand for an open beginning and an open end in date columns, so that one comparison finds them too.
OPEN_START = dt.date.min
OPEN_END = dt.date.max

LIVE = Q(to_seq__isnull=True)
READABLE = Q(retracted_seq__isnull=True)
# Behind the fields of an index of what may be read: all that decides whether a row was known. SQLite reads
# the row itself for a column that is not there, even for the one that the condition of the index is about.
SPAN = ("from_seq", "to_seq", "retracted_seq")


def number_of(reference: str) -> int:
    """Return the number in a reference such as S-17."""
    return int(reference.rpartition("-")[2])


def ordered(earliest: str, latest: str, name: str) -> models.CheckConstraint:
    """Return the rule that two date columns are both set, in order, or both empty."""
    return models.CheckConstraint(
        # A comparison with NULL passes a check, so that each part says what may be NULL.
        condition=Q(**{f"{earliest}__isnull": False, f"{latest}__isnull": False, f"{earliest}__lte": F(latest)})
        | Q(**{f"{earliest}__isnull": True, f"{latest}__isnull": True}),
        name=name,
    )


def live_index(name: str, *fields: str) -> models.Index:
    """Return an index over the live rows alone: superseded versions do not slow lists down."""
    return models.Index(fields=fields, condition=LIVE, name=f"public_{name}")


def known_index(name: str, *fields: str) -> models.Index:
    """Return an index over all that may be read, for lists as they were known.

    Each row with its span and its day: what a view does not show is passed in the index itself.
    """
    covered = dict.fromkeys((*fields, *SPAN, "counts_from"))
    return models.Index(fields=tuple(covered), condition=READABLE, name=f"public_{name}")


class VersionedQuerySet(models.QuerySet):
    """Rows by when they were true. `view` is the one that was asked for, for filters that look at other rows too."""

    view = NOW

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc] # it is there, the stubs do not say so
        clone.view = self.view
        return clone

    def live(self) -> Self:
        """Keep what is published now."""
        return self.filter(LIVE)

    def readable(self) -> Self:
        """Leave out what was retracted; superseded versions stay."""
        return self.filter(READABLE)

    def known(self, sequence: int | None) -> Self:
        """Keep what was published after the entry `sequence` of the log; None is what is published now.

        What was retracted since is hidden at every time.
        """
        if sequence is None:
            return self.live()
        current = LIVE | Q(to_seq__gt=sequence)
        return self.readable().filter(current, from_seq__lte=sequence)

    def seen(self, view: View) -> Self:
        """Keep the records that a view shows: known then, and surely so by its day. For record documents."""
        rows = self.known(view.known_at)
        rows.view = view
        if view.as_of is None:
            return rows
        return rows.filter(counts_from__gt=OPEN_START, counts_from__lte=view.as_of)

    def bounded(self, field: str) -> Self:
        """Say of the rows that a view shows, in the order of `field`, what holds for them anyway.

        The list then begins where the view does, instead of passing all that came later. For record documents.
        """
        day_field = getattr(self.model, "day_field", None)
        reach = {"number": "last_number", day_field: "last_day"}.get(field)
        day = self.view.as_of if field == day_field else None
        if self.view.known_at is not None and reach:
            published = self.model._default_manager.filter(from_seq__lte=self.view.known_at)
            return self.filter(**{f"{field}__lte": reached(published, reach, day)})
        return self if day is None else self.filter(**{f"{field}__lte": day})


def reached(published: models.QuerySet, reach: str, bound: Any = None) -> models.Subquery:
    """Return how far the last of some publications reaches, or `bound` if that is less.

    One bound out of two: given both, a database may begin at the wider one and pass all that lies between.
    """
    furthest = F(reach) if bound is None else Least(F(reach), models.Value(bound))
    return models.Subquery(published.order_by("-from_seq").values(furthest=furthest)[:1])


class Table(models.Model):
    """A table that is a function of the log.

    `identity` names what makes a row, whatever its surrogate key: `rebuild_public` compares by it.
    """

    read_by_public = True  # See core.published.
    identity: ClassVar[tuple[str, ...]]
    public_fields: ClassVar[frozenset[str]]
    private_fields: ClassVar[frozenset[str]]

    class Meta:
        abstract = True


class Versioned(Table):
    """A row that was true from the log entry `from_seq` on, until `to_seq` (excluded)."""

    from_seq = models.PositiveBigIntegerField()
    to_seq = models.PositiveBigIntegerField(null=True, help_text="Empty while the row is live.")
    retracted_seq = models.PositiveBigIntegerField(
        null=True, help_text="The entry that withdrew the row: nobody may read it since, at whatever date."
    )

    objects = VersionedQuerySet.as_manager()

    public_fields = frozenset({"from_seq", "to_seq", "retracted_seq"})
    private_fields = frozenset({"id"})

    class Meta(Table.Meta):
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=LIVE | Q(to_seq__gt=F("from_seq")), name="%(app_label)s_%(class)s_span_ordered"
            ),
            models.CheckConstraint(
                condition=Q(retracted_seq__isnull=True) | Q(to_seq__isnull=False, to_seq__lte=F("retracted_seq")),
                name="%(app_label)s_%(class)s_retracted_ended",
            ),
        )


class Document(Versioned):
    """One version of something published, with its text as readers get it.

    A pure function of the log: `rebuild_public` makes it again.
    """

    reference = models.CharField(max_length=20)
    number = models.PositiveIntegerField(help_text="The number in the reference: the order of lists.")
    version = models.PositiveIntegerField()
    published_at = models.DateTimeField(help_text="When this version was published.")
    first_published_at = models.DateTimeField(help_text="When the first version was.")
    label = models.TextField()
    body = models.TextField(help_text="JSON, rendered once, served as it is.")

    identity = ("reference", "version")
    public_fields = Versioned.public_fields | {
        "reference",
        "number",
        "version",
        "published_at",
        "first_published_at",
        "label",
        "body",
    }

    class Meta(Versioned.Meta):
        abstract = True
        constraints = (
            *Versioned.Meta.constraints,
            models.UniqueConstraint(fields=("reference", "version"), name="%(app_label)s_%(class)s_one_of_version"),
            models.UniqueConstraint(fields=("reference",), condition=LIVE, name="%(app_label)s_%(class)s_one_live"),
        )

    def __str__(self) -> str:
        return f"{self.reference} version {self.version}"

    @cached_property
    def content(self) -> dict[str, Any]:
        """The body as Python values, for pages."""
        return json.loads(self.body)


class RecordDocument(Document):
    """One version of a record, with the columns that every kind has."""

    counts_from = models.DateField(help_text="The day from which it counts; OPEN_START where none is known.")
    verification = models.CharField(max_length=40, help_text="Verification level.")
    disputed = models.BooleanField()
    last_number = models.PositiveIntegerField(
        help_text="The last number in the documents of its kind that were published up to this one."
    )
    last_day = models.DateField(help_text="The last day in them, in the column that lists by date go by.")

    # The column that lists by date go by. It is never later than `counts_from`, where that is known.
    day_field: ClassVar[str]

    public_fields = Document.public_fields | {"counts_from", "verification", "disputed", "last_number", "last_day"}

    class Meta(Document.Meta):
        abstract = True
        indexes: ClassVar[tuple[models.Index, ...]] = (
            models.Index(fields=("from_seq", "last_number", "last_day"), name="%(app_label)s_%(class)s_seq"),
        )
