"""Records as the review publishes them reach the public, and the snapshots that other tests make up are like theirs."""

import json

import pytest

from casetracker.publication.models import Snapshot
from tests.factories.publications import citation_part, response_snapshot, station_snapshot
from tests.factories.records import bring_to, make_response, make_station, retract

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("make", "snapshot"), [(make_station, station_snapshot), (make_response, response_snapshot)])
def test_made_up_snapshots_have_the_keys_of_real_ones(make, snapshot):
    bring_to(make(), "live")
    real, made_up = json.loads(Snapshot.objects.get().content), snapshot()
    assert made_up.keys() == real.keys()
    assert made_up["verification"].keys() == real["verification"].keys()
    assert citation_part().keys() == real["citations"][0].keys()
    assert citation_part()["source"].keys() == real["citations"][0]["source"].keys()


def test_parts_of_made_up_stations_have_the_keys_of_real_ones():
    name = {"text": "福州警侨事务海外服务站", "language": "zh-Hans", "role": "as_reported"}
    reply = {"asked": "The embassy", "asked_on": "2022-10-20"}
    bring_to(make_station(names=[name], replies=[reply]), "live")
    real = json.loads(Snapshot.objects.get().content)
    for part in ("names", "replies"):
        assert station_snapshot()[part][0].keys() == real[part][0].keys()


def test_a_draft_is_nowhere_and_a_published_record_is_read_until_it_is_retracted(client, editor):
    record = make_station(locality="Rotterdam")
    assert client.get("/api/v1/stations/").json()["count"] == 0
    record = bring_to(record, "live", editor=editor)
    (station,) = client.get("/api/v1/stations/?country=NL").json()["results"]
    assert station["locality"] == "Rotterdam"
    assert client.get(station["citations"][0]["source"]["links"]["self"]).status_code == 200
    retract(record, by=editor)
    assert client.get(station["links"]["self"]).status_code == 410
    assert client.get(station["links"]["version"]).status_code == 410
