"""Stations: what is reported about a place, with its names and the replies of those it concerns."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casetracker.core.dates import EdtfField
from casetracker.core.languages import LanguageField
from casetracker.core.text_list import TextListField
from casetracker.places.fields import CountryField
from casetracker.places.precision import WITHOUT_COORDINATES, PlacePrecision
from casetracker.review.models import Record
from stations.choices import NameRole, OperatingStatus, Standing, StationKind


class Station(models.Model):
    """A reported station. Addresses, hosts and persons are private terms of its record, never fields."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="station")
    kind = models.CharField(_("kind"), max_length=30, choices=StationKind.choices)
    country = CountryField(_("country"))
    region = models.CharField(_("region"), max_length=100, blank=True)
    locality = models.CharField(_("city or place"), max_length=100, blank=True)
    place_precision = models.CharField(
        _("place is known to the"), max_length=10, choices=PlacePrecision.choices, default=PlacePrecision.CITY
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=(MinValueValidator(-90), MaxValueValidator(90)),
        help_text=_("Decimal degrees. The public sees two decimals at most."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=(MinValueValidator(-180), MaxValueValidator(180)),
    )
    operator_jurisdiction = models.CharField(
        _("operator jurisdiction"), max_length=100, blank=True, help_text=_("Such as Fuzhou or Qingtian.")
    )
    counted_in = TextListField(_("counted in"), help_text=_("Reports that count it, with semicolons between them."))
    first_reported = EdtfField(_("first reported"), blank=True)
    opened = EdtfField(_("opened"), blank=True)
    closed = EdtfField(_("closed"), blank=True)
    operating_status = models.CharField(
        _("operating status"), max_length=20, choices=OperatingStatus.choices, default=OperatingStatus.UNKNOWN
    )
    operating_status_as_of = EdtfField(_("operating status as of"), blank=True)
    standing = models.CharField(_("standing"), max_length=30, choices=Standing.choices, default=Standing.ALLEGED)
    summary = models.TextField(_("summary"), blank=True)
    notes = models.TextField(_("notes"), blank=True, help_text=_("For colleagues only. Never published."))

    history = HistoricalRecords()

    public_fields = frozenset(
        {
            "kind",
            "country",
            "region",
            "locality",
            "place_precision",
            "latitude",
            "longitude",
            "operator_jurisdiction",
            "counted_in",
            "first_reported",
            "opened",
            "closed",
            "operating_status",
            "operating_status_as_of",
            "standing",
            "summary",
        }
    )
    private_fields = frozenset({"record", "notes"})

    class Meta:
        verbose_name = _("station")
        verbose_name_plural = _("stations")
        ordering = ("country", "locality", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # A comparison with NULL passes a check, so that the second part says that there is none.
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="stations_coordinates_both_and_in_range",
                violation_error_message=_("Give both coordinates, or neither."),
            ),
            models.CheckConstraint(
                condition=~Q(place_precision__in=WITHOUT_COORDINATES) | Q(latitude__isnull=True),
                name="stations_no_point_for_region_or_country",
                violation_error_message=_(
                    "A region or country has no point on the map: take out the coordinates, or say how precisely "
                    "the place is known."
                ),
            ),
            models.CheckConstraint(
                condition=Q(operating_status=OperatingStatus.UNKNOWN) | ~Q(operating_status_as_of=""),
                name="stations_operating_status_as_of_a_day",
                violation_error_message=_("Say as of which day the operating status is known."),
            ),
            models.CheckConstraint(
                condition=Q(place_precision=PlacePrecision.COUNTRY)
                | (Q(place_precision=PlacePrecision.REGION) & ~Q(region=""))
                | (
                    Q(place_precision__in=(PlacePrecision.SITE, PlacePrecision.CITY, PlacePrecision.AREA))
                    & ~Q(locality="")
                ),
                name="stations_place_named_as_precisely_as_it_is_known",
                violation_error_message=_(
                    "Name the city, or the region, to which the place is known; or say that only the country is known."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.record)


class StationName(models.Model):
    """One name of a station, in one language and script."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="names", verbose_name=_("station"))
    text = models.CharField(_("name"), max_length=300)
    language = LanguageField(_("language"))
    role = models.CharField(_("role"), max_length=20, choices=NameRole.choices, default=NameRole.AS_REPORTED)

    history = HistoricalRecords()

    public_fields = frozenset({"text", "language", "role"})
    private_fields = frozenset({"id", "station"})

    class Meta:
        ordering = ("role", "language", "text", "id")
        verbose_name = _("name")
        verbose_name_plural = _("names")

    def __str__(self) -> str:
        return self.text


class Reply(models.Model):
    """The right of reply: who was asked, when, and what they answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="replies", verbose_name=_("station"))
    asked = models.CharField(
        _("who was asked"), max_length=200, help_text=_("As the public may read it: an office, not a private person.")
    )
    asked_on = EdtfField(_("asked on"), blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_on = EdtfField(_("answered on"), blank=True)
    language = LanguageField(_("language of the answer"), blank=True)

    history = HistoricalRecords()

    public_fields = frozenset({"asked", "asked_on", "answer", "answered_on", "language"})
    private_fields = frozenset({"id", "station"})

    class Meta:
        ordering = ("asked_on", "id")
        verbose_name = _("reply")
        verbose_name_plural = _("replies")

    def __str__(self) -> str:
        return self.asked
