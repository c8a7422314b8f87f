"""What the database keeps of a station, whatever the code above it does."""

import pytest

from stations.models import Station
from tests.factories.records import make_station
from tests.raw_writes import raw_update, refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(90.1, 0), (-90.1, 0), (0, 180.1), (0, -180.1), (52, None), (None, 5)],
)
def test_coordinates_are_both_there_and_in_range(latitude, longitude):
    station = Station.objects.get(pk=make_station().pk)
    refused(raw_update(station, latitude=latitude, longitude=longitude), "stations_coordinates_both_and_in_range")


@pytest.mark.parametrize("precision", ["region", "country"])
def test_regions_and_countries_have_no_point(precision):
    record = make_station(latitude="52.1", longitude="5.1", region="Utrecht")
    station = Station.objects.get(pk=record.pk)
    refused(raw_update(station, place_precision=precision), "stations_no_point_for_region_or_country")


def test_only_known_precisions():
    station = Station.objects.get(pk=make_station().pk)
    refused(raw_update(station, place_precision="street"), "stations_precision_known|stations_place_named")


def test_an_operating_status_is_as_of_a_day():
    station = Station.objects.get(pk=make_station().pk)
    refused(raw_update(station, operating_status="reported_active"), "stations_operating_status_as_of_a_day")
