"""Published stations."""

from django.db import models

from casetracker.public.models.base import RecordDocument, Table, known_index, live_index, ordered


class StationDocument(RecordDocument):
    """One published version of a station, with the columns that filters use."""

    country = models.CharField(max_length=2)
    kind = models.CharField(max_length=40)
    place_precision = models.CharField(max_length=20)
    locality = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True, help_text="Decimal degrees, as precise as the public may know them.")
    longitude = models.FloatField(null=True)
    operator_jurisdiction = models.CharField(max_length=200, blank=True)
    operating_status = models.CharField(max_length=40)
    standing = models.CharField(max_length=40)
    first_reported_earliest = models.DateField(null=True)
    first_reported_latest = models.DateField(null=True)
    opened_earliest = models.DateField(null=True)
    opened_latest = models.DateField(null=True)
    closed_earliest = models.DateField(null=True)
    closed_latest = models.DateField(null=True)
    latitude = models.FloatField(null=True, help_text="Degrees, as they are shown: already cut.")
    longitude = models.FloatField(null=True)

    day_field = "first_reported_earliest"
    public_fields = RecordDocument.public_fields | {
        "country",
        "kind",
        "place_precision",
        "locality",
        "latitude",
        "longitude",
        "operator_jurisdiction",
        "operating_status",
        "standing",
        "first_reported_earliest",
        "first_reported_latest",
        "opened_earliest",
        "opened_latest",
        "closed_earliest",
        "closed_latest",
    }

    class Meta(RecordDocument.Meta):
        constraints = (
            *RecordDocument.Meta.constraints,
            ordered("first_reported_earliest", "first_reported_latest", "public_station_first_reported_ordered"),
            ordered("opened_earliest", "opened_latest", "public_station_opened_ordered"),
            ordered("closed_earliest", "closed_latest", "public_station_closed_ordered"),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="public_station_whole_point",
            ),
        )
        indexes = (
            *RecordDocument.Meta.indexes,
            live_index("station_number", "number"),
            live_index("station_country", "country", "number"),
            live_index("station_kind", "kind", "number"),
            live_index("station_operator", "operator_jurisdiction", "number"),
            live_index("station_operating", "operating_status", "number"),
            live_index("station_standing", "standing", "number"),
            live_index("station_verification", "verification", "number"),
            live_index("station_place", "latitude", "longitude"),
            known_index("station_known", "number"),
            known_index("station_known_country", "country", "number"),
        )


class CountedIn(Table):
    """One report that counted a station, as said by one version of it."""

    document = models.ForeignKey(StationDocument, on_delete=models.CASCADE, related_name="reports")
    report = models.CharField(max_length=200)

    identity = ("document__reference", "document__version", "report")
    public_fields = frozenset(
        {
            "report",
        }
    )
    private_fields = frozenset({"id", "document"})

    class Meta:
        constraints = (models.UniqueConstraint(fields=("report", "document"), name="public_counted_once_in_report"),)

    def __str__(self) -> str:
        return f"{self.document} in {self.report}"
