"""The real stations are many in some cities, and nobody is told that they are one."""

import pytest

from casetracker.desk.duplicates.pairs import likely_pairs, stations_like
from stations.models import Station

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("demo")]


def test_no_two_real_stations_are_taken_for_one():
    assert likely_pairs() == []


def test_those_of_one_city_are_worth_a_look():
    madrid = Station.objects.filter(locality="Madrid").select_related("record")
    assert len(madrid) == 3
    for station in madrid:
        named = {record.pk for record, _likeness in stations_like(station.record)}
        assert named >= {other.pk for other in madrid} - {station.pk}
