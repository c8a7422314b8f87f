"""How precisely a place is known, and how precisely it may be shown."""

from decimal import ROUND_HALF_EVEN, Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlacePrecision(models.TextChoices):
    """The smallest area that is known to contain the place."""

    SITE = "site", _("site")
    CITY = "city", _("city")
    AREA = "area", _("area around a city")
    REGION = "region", _("region")
    COUNTRY = "country", _("country")


# Two decimals are about a kilometre: enough for a city, too coarse for a door.
_PUBLIC_DECIMALS = {
    PlacePrecision.SITE: Decimal("0.01"),
    PlacePrecision.CITY: Decimal("0.01"),
    PlacePrecision.AREA: Decimal("0.1"),
}

WITHOUT_COORDINATES = (PlacePrecision.REGION, PlacePrecision.COUNTRY)


def cut_coordinates(
    precision: str, latitude: Decimal | None, longitude: Decimal | None
) -> tuple[float | None, float | None]:
    """Round a point to what its precision allows the public to see; nothing for regions and countries.

    `latitude` and `longitude` are decimal degrees (WGS 84).
    """
    step = _PUBLIC_DECIMALS.get(PlacePrecision(precision))
    if step is None or latitude is None or longitude is None:
        return None, None
    return (
        float(latitude.quantize(step, ROUND_HALF_EVEN)),
        float(longitude.quantize(step, ROUND_HALF_EVEN)),
    )
