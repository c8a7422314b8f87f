"""Stations with their names, reports, citations and sources, in tables of their own."""

from django.db import models


class Source(models.Model):
    """A source."""

    reference = models.CharField(max_length=20, unique=True)
    label = models.TextField()
    title = models.TextField(null=True)  # noqa: DJ001 - as the API says it
    publisher = models.CharField(max_length=200, null=True)  # noqa: DJ001
    author = models.CharField(max_length=200, null=True)  # noqa: DJ001
    published = models.CharField(max_length=40, null=True)  # noqa: DJ001
    published_earliest = models.DateField(null=True)
    published_latest = models.DateField(null=True)
    url = models.TextField(null=True)  # noqa: DJ001
    language = models.CharField(max_length=35, null=True)  # noqa: DJ001
    type = models.CharField(max_length=40)
    type_label = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.reference


class Station(models.Model):
    """A station."""

    reference = models.CharField(max_length=20, unique=True)
    version = models.IntegerField()
    label = models.TextField()
    kind = models.CharField(max_length=40, db_index=True)
    kind_label = models.CharField(max_length=80)
    country = models.CharField(max_length=2, db_index=True)
    country_iso3 = models.CharField(max_length=3)
    country_name = models.CharField(max_length=80)
    region = models.CharField(max_length=200, null=True)  # noqa: DJ001
    locality = models.CharField(max_length=200, null=True)  # noqa: DJ001
    place_precision = models.CharField(max_length=20)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    operator_jurisdiction = models.CharField(max_length=200, null=True)  # noqa: DJ001
    counted_in = models.JSONField()
    first_reported = models.CharField(max_length=40, null=True)  # noqa: DJ001
    first_reported_earliest = models.DateField(null=True)
    first_reported_latest = models.DateField(null=True)
    opened = models.CharField(max_length=40, null=True)  # noqa: DJ001
    opened_earliest = models.DateField(null=True)
    opened_latest = models.DateField(null=True)
    closed = models.CharField(max_length=40, null=True)  # noqa: DJ001
    closed_earliest = models.DateField(null=True)
    closed_latest = models.DateField(null=True)
    operating_status = models.CharField(max_length=40, db_index=True)
    operating_status_label = models.CharField(max_length=80)
    standing = models.CharField(max_length=40, db_index=True)
    standing_label = models.CharField(max_length=80)
    summary = models.TextField(null=True)  # noqa: DJ001
    verification_level = models.CharField(max_length=40, db_index=True)
    verification_reason = models.TextField()
    disputed = models.BooleanField()
    published_at = models.DateTimeField()
    first_published_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.reference


class Name(models.Model):
    """A name of a station."""

    station = models.ForeignKey(Station, models.CASCADE, related_name="names")
    text = models.CharField(max_length=200)
    language = models.CharField(max_length=35)
    role = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.text


class Citation(models.Model):
    """A citation of a station."""

    station = models.ForeignKey(Station, models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, models.PROTECT)
    stance = models.CharField(max_length=20)
    stance_label = models.CharField(max_length=40)
    attributed_to = models.TextField(null=True)  # noqa: DJ001
    speaker = models.TextField(null=True)  # noqa: DJ001
    locator = models.TextField(null=True)  # noqa: DJ001
    quote = models.TextField(null=True)  # noqa: DJ001
    quote_language = models.CharField(max_length=35, null=True)  # noqa: DJ001
    quote_translation = models.TextField(null=True)  # noqa: DJ001
    value_given = models.TextField(null=True)  # noqa: DJ001

    def __str__(self) -> str:
        return f"{self.station_id} cites {self.source_id}"
