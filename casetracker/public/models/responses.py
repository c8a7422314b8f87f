"""Published responses."""

from django.db import models

from casetracker.public.models.base import RecordDocument, Table, known_index, live_index, ordered


class ResponseDocument(RecordDocument):
    """One published version of a response, with the columns that filters and the status rule use."""

    concerns = models.CharField(max_length=2, blank=True, help_text="Empty: no single government.")
    responder = models.CharField(max_length=2, blank=True)
    kind = models.CharField(max_length=40)
    level = models.CharField(max_length=40, help_text="At what level the actor stands.")
    scope = models.CharField(max_length=20)
    sets_status = models.CharField(max_length=20, blank=True)
    basis = models.CharField(max_length=20, blank=True, help_text="Of the closure, or of the missing action.")
    activity_continues = models.BooleanField()
    unrelated_offence = models.BooleanField()
    date_earliest = models.DateField()
    date_latest = models.DateField()
    order_in_day = models.PositiveIntegerField(help_text="0 where no order is given.")
    last_known_true_latest = models.DateField(null=True)
    compact = models.TextField(help_text="JSON: the short form that a government's document embeds.")

    day_field = "date_earliest"
    public_fields = RecordDocument.public_fields | {
        "concerns",
        "responder",
        "kind",
        "level",
        "scope",
        "sets_status",
        "basis",
        "activity_continues",
        "unrelated_offence",
        "date_earliest",
        "date_latest",
        "order_in_day",
        "last_known_true_latest",
        "compact",
    }

    class Meta(RecordDocument.Meta):
        constraints = (
            *RecordDocument.Meta.constraints,
            ordered("date_earliest", "date_latest", "public_response_date_ordered"),
        )
        indexes = (
            *RecordDocument.Meta.indexes,
            live_index("response_number", "number"),
            live_index("response_concerns", "concerns", "number"),
            live_index("response_responder", "responder", "number"),
            live_index("response_kind", "kind", "number"),
            live_index("response_date", "date_earliest", "number"),
            # The order of the status rule: see casetracker.public.status.
            live_index("response_status_order", "concerns", "counts_from", "order_in_day", "number"),
            known_index("response_known", "number"),
            known_index("response_known_concerns", "concerns", "number"),
            known_index("response_known_date", "date_earliest", "number"),
        )


class ResponseStation(Table):
    """One station that a response is about, as said by one version of it."""

    document = models.ForeignKey(ResponseDocument, on_delete=models.CASCADE, related_name="stations")
    station_reference = models.CharField(max_length=20)

    identity = ("document__reference", "document__version", "station_reference")
    public_fields = frozenset(
        {
            "station_reference",
        }
    )
    private_fields = frozenset({"id", "document"})

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("station_reference", "document"), name="public_station_once_in_response"),
        )

    def __str__(self) -> str:
        return f"{self.document} about {self.station_reference}"
