"""Records as the review publishes them reach the public, and the snapshots that other tests make up are like theirs."""

import json

import pytest

from casetracker.publication.models import Snapshot
from tests.factories.publications import (
    agreement_snapshot,
    citation_part,
    claim_snapshot,
    response_snapshot,
    station_snapshot,
)
from tests.factories.records import bring_to, make_agreement, make_claim, make_response, make_station, retract

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("make", "snapshot"),
    [
        (make_station, station_snapshot),
        (make_response, response_snapshot),
        (make_agreement, agreement_snapshot),
        (make_claim, claim_snapshot),
    ],
)
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


def test_agreements_and_claims_are_read_as_they_were_published(client, editor):
    bring_to(make_agreement(title="Memorandum", title_language="it"), "live")
    later = bring_to(make_claim(value=11, as_of="2022-12-05"), "live")
    bring_to(make_claim(superseded_by=later), "live")
    (agreement,) = client.get("/api/v1/agreements/?country=IT").json()["results"]
    assert (agreement["title"], agreement["counterpart"], agreement["counts_from"]) == (
        "Memorandum",
        "CN",
        "2015-09-24",
    )
    (claim,) = client.get("/api/v1/claims/?superseded=true").json()["results"]
    assert (claim["superseded_by"], claim["quantity"]) == ("C-1", "2 stations")
    coverage = client.get("/api/v1/governments/NL/").json()["coverage"]
    assert coverage["explanation"].startswith("11 reported, none listed.")
    assert [count["reference"] for count in coverage["earlier"]] == ["C-2"]
    retract(later, by=editor)
    assert client.get("/api/v1/governments/NL/").json()["coverage"]["reported"]["reference"] == "C-2"
