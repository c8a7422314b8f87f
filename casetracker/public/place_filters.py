"""Filters by place. They know the public points alone, which are cut to what may be shown."""

import math
import re
from typing import Any, NamedTuple

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Cos, Power, Radians, Sin
from django.utils.translation import gettext_lazy as _

EARTH_RADIUS = 6371.0088  # km, the mean

_LATITUDE = r"-?([0-8]?[0-9](\.[0-9]{1,6})?|90(\.0{1,6})?)"
_LONGITUDE = r"-?((1[0-7][0-9]|[0-9]{1,2})(\.[0-9]{1,6})?|180(\.0{1,6})?)"
_KILOMETRES = r"[0-9]{1,5}(\.[0-9]{1,3})?"


class Box(NamedTuple):
    """A box in degrees. Where west is greater than east, it crosses the line from which dates are counted."""

    west: float
    south: float
    east: float
    north: float


class Near(NamedTuple):
    """A circle: degrees, and kilometres."""

    latitude: float
    longitude: float
    kilometres: float


class _NumbersField(forms.RegexField):
    """Several numbers with commas between them."""

    shape: type[Any]

    def clean(self, value: Any) -> Any:
        """Return the numbers in their shape; None without any."""
        text = super().clean(value)
        return self.shape(*map(float, text.split(","))) if text else None


class BoxField(_NumbersField):
    """A box, in the order of GeoJSON."""

    shape = Box

    def __init__(self, **kwargs: Any) -> None:
        """Take no other form."""
        pattern = re.compile(rf"^{_LONGITUDE},{_LATITUDE},{_LONGITUDE},{_LATITUDE}\Z", re.ASCII)
        message = _("Write west, south, east and north in degrees, such as 3.3,50.7,7.3,53.6.")
        super().__init__(regex=pattern, error_messages={"invalid": message}, **kwargs)

    def clean(self, value: Any) -> Box | None:
        """Return the box. Raises `ValidationError` for one that stands on its head."""
        box: Box | None = super().clean(value)
        if box and box.south > box.north:
            raise ValidationError(_("South is greater than north: write west, south, east, north."), code="order")
        return box


class NearField(_NumbersField):
    """A circle around a point."""

    shape = Near

    def __init__(self, **kwargs: Any) -> None:
        """Take no other form."""
        pattern = re.compile(rf"^{_LATITUDE},{_LONGITUDE},{_KILOMETRES}\Z", re.ASCII)
        message = _("Write latitude, longitude and kilometres, such as 52.37,4.9,50.")
        super().__init__(regex=pattern, error_messages={"invalid": message}, **kwargs)


class BoxFilter(django_filters.Filter):
    """Keep what lies in a box."""

    field_class = BoxField

    def filter(self, queryset: QuerySet, value: Box | None) -> QuerySet:
        """Return the rows with a point in it; all without a box."""
        if not value:
            return queryset
        if value.west <= value.east:
            beside = Q(longitude__range=(value.west, value.east))
        else:
            beside = Q(longitude__gte=value.west) | Q(longitude__lte=value.east)
        return queryset.filter(beside, latitude__range=(value.south, value.north))


class NearFilter(django_filters.Filter):
    """Keep what lies near a point, as the crow flies."""

    field_class = NearField

    def filter(self, queryset: QuerySet, value: Near | None) -> QuerySet:
        """Return the rows with a point no farther away; all without a circle.

        By half the sine of the angle (haversine), which is exact for small distances. The band of latitudes
        lets the database begin from an index.
        """
        if not value:
            return queryset
        angle = min(value.kilometres / EARTH_RADIUS, math.pi)
        band = math.degrees(angle) + 1e-6
        across = Power(Sin(Radians(F("latitude") - value.latitude) / 2), 2)
        along = Power(Sin(Radians(F("longitude") - value.longitude) / 2), 2)
        haversine = across + Cos(Radians(F("latitude"))) * math.cos(math.radians(value.latitude)) * along
        in_band = queryset.filter(latitude__range=(value.latitude - band, value.latitude + band))
        return in_band.alias(haversine=haversine).filter(haversine__lte=math.sin(angle / 2) ** 2 + 1e-15)
