"""Sources, as far as live records cite them."""

from django.db import models
from django.db.models import Q

from casetracker.public.models.base import Document, Versioned, live_index, ordered


class SourceDocument(Document):
    """A source as the last published of the live records that cite it gives it.

    Its versions are internal. The list of records that cite it is read from `CitationLink`: kept
    here, a source cited a thousand times would be rendered anew for each of them.
    """

    language = models.CharField(max_length=35, blank=True)
    type = models.CharField(max_length=40)
    published_earliest = models.DateField(null=True)
    published_latest = models.DateField(null=True)
    publisher = models.CharField(max_length=200, blank=True)
    publisher_country = models.CharField(max_length=2, blank=True)
    publisher_control = models.CharField(max_length=20, blank=True)
    given_by = models.CharField(max_length=20, help_text="The record that gives it in these words.")

    public_fields = Document.public_fields | {
        "language",
        "type",
        "published_earliest",
        "published_latest",
        "publisher",
        "publisher_country",
        "publisher_control",
        "given_by",
    }

    class Meta(Document.Meta):
        constraints = (
            *Document.Meta.constraints,
            ordered("published_earliest", "published_latest", "public_source_published_ordered"),
        )
        indexes = (
            live_index("source_number", "number"),
            live_index("source_language", "language", "number"),
            live_index("source_type", "type", "number"),
            live_index("source_publisher", "publisher", "number"),
            live_index("source_control", "publisher_control", "number"),
            live_index("source_country", "publisher_country", "number"),
            models.Index(fields=("given_by",), name="public_source_given_by"),
            # What an entry of the log began and ended: see casetracker.public.changes.
            models.Index(fields=("from_seq",), name="public_source_begun"),
            models.Index(fields=("to_seq",), condition=Q(to_seq__isnull=False), name="public_source_ended"),
        )


class CitationLink(Versioned):
    """That a record cites a source, and for what."""

    source_reference = models.CharField(max_length=20)
    record_kind = models.CharField(max_length=20)
    record_reference = models.CharField(max_length=20)
    position = models.PositiveIntegerField(help_text="Place in the record's list of citations, from 0.")
    label = models.TextField(help_text="Of the record.")
    field = models.CharField(max_length=60, blank=True, help_text="Empty: the record as a whole.")
    stance = models.CharField(max_length=20)

    identity = ("record_reference", "from_seq", "position")
    public_fields = Versioned.public_fields | {
        "source_reference",
        "record_kind",
        "record_reference",
        "position",
        "label",
        "field",
        "stance",
    }

    class Meta(Versioned.Meta):
        constraints = (
            *Versioned.Meta.constraints,
            models.UniqueConstraint(
                fields=("record_reference", "from_seq", "position"), name="public_citation_position"
            ),
        )
        indexes = (
            models.Index(
                fields=("source_reference", "from_seq"),
                condition=Q(to_seq__isnull=True),
                name="public_citation_source",
            ),
            models.Index(
                fields=("record_reference", "source_reference"),
                condition=Q(to_seq__isnull=True),
                name="public_citation_record",
            ),
        )

    def __str__(self) -> str:
        return f"{self.record_reference} cites {self.source_reference}"
