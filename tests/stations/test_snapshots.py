"""What the public sees of a station."""

import json

import pytest

from casetracker.publication.models import Snapshot
from casetracker.review.content import build_content
from stations.models import Station
from tests.factories.records import bring_to, citation, make_station

pytestmark = pytest.mark.django_db


def published(**values):
    bring_to(make_station(**values), "live")
    return json.loads(Snapshot.objects.latest("pk").content)


@pytest.mark.parametrize(
    ("precision", "shown"),
    [("site", (52.37, 4.9)), ("city", (52.37, 4.9)), ("area", (52.4, 4.9))],
)
def test_coordinates_are_no_finer_than_the_public_may_know(precision, shown):
    place = {"latitude": "52.370216", "longitude": "4.895168", "place_precision": precision}
    snapshot = published(**place)
    assert (snapshot["latitude"], snapshot["longitude"]) == shown
    station = Station.objects.get()
    assert (str(station.latitude), str(station.longitude)) == ("52.370216", "4.895168"), "the desk keeps what it knows"
    assert "52.3702" not in Snapshot.objects.get().content


def test_coordinates_near_zero_stay():
    snapshot = published(latitude="0.000000", longitude="-0.004")
    assert (snapshot["latitude"], snapshot["longitude"]) == (0, 0)


def test_a_region_has_no_point():
    snapshot = published(place_precision="region", region="Catalonia", locality="")
    assert (snapshot["latitude"], snapshot["longitude"]) == (None, None)


def test_a_name_is_part_of_the_label():
    names = [{"text": "Overseas service station", "language": "en"}]
    assert published(locality="Utrecht", names=names)["label"] == "Utrecht: Overseas service station"


def test_a_nameless_station_is_labelled_by_place_and_reference():
    assert published(locality="Utrecht")["label"] == "Utrecht (S-1)"
    assert published(locality="", region="Catalonia", place_precision="region")["label"] == "Catalonia (S-2)"
    assert published(locality="", country="IT", place_precision="country")["label"] == "Italy (S-3)"


def test_only_listed_fields_go_out():
    names = [{"text": "站", "language": "zh-Hant", "role": "official"}]
    replies = [{"asked": "The embassy", "asked_on": "2022-11", "answer": "No.", "answered_on": "", "language": "en"}]
    terms = [{"kind": "address", "text": "Dam 1"}]
    cited = [citation(notes="Ours.", quote="Ja", quote_language="nl")]
    snapshot = published(names=names, replies=replies, private_terms=terms, citations=cited, notes="Ours too.")
    assert snapshot["names"] == names
    assert snapshot["replies"] == replies
    assert snapshot["disclosures"] == []
    public = Station.public_fields | {
        "schema", "record_kind", "reference", "version", "label",
        "counts_from", "names", "replies", "disclosures", "citations", "verification", "confidential_source_for",
    }  # fmt: skip
    assert snapshot.keys() == public
    assert "Ours" not in json.dumps(snapshot)


def test_the_content_that_is_reviewed_has_no_private_word():
    terms = [{"kind": "address", "text": "Dam 1"}]
    record = make_station(private_terms=terms, notes="Ours.", citations=[citation(notes="Ours too.")])
    content = json.dumps(build_content(record))
    assert "Ours" not in content
    assert "Dam 1" not in content
