"""What the public sees of a response."""

import json

import pytest

from casetracker.publication.models import Snapshot
from responses.models import Response
from tests.factories.records import bring_to, citation, make_response, make_source, make_station

pytestmark = pytest.mark.django_db


def published(**values):
    bring_to(make_response(**values), "live")
    return json.loads(Snapshot.objects.latest("pk").content)


def test_links_are_references():
    station = bring_to(make_station(), "live")
    first = bring_to(make_response(stations=[station]), "live")
    snapshot = published(stations=[station], same_act_as=Response.objects.get(pk=first.pk))
    assert (snapshot["stations"], snapshot["same_act_as"]) == (["S-1"], "R-1")
    assert str(station.pk) not in json.dumps(snapshot)


def test_only_listed_fields_go_out():
    snapshot = published(notes="Ours.")
    public = Response.public_fields | {
        "schema", "record_kind", "reference", "version", "label",
        "counts_from", "disclosures", "citations", "verification", "confidential_source_for",
    }  # fmt: skip
    assert snapshot.keys() == public
    assert "Ours" not in json.dumps(snapshot)


def test_the_day_from_which_it_counts_goes_out():
    source = make_source(published="2022-11-07")
    assert published(date="2022", citations=[citation(source)])["counts_from"] == "2022-11-07"
    assert published(date="2022-10/..", citations=[citation(make_source(published=""))])["counts_from"] is None


def test_the_label_names_government_day_and_kind():
    assert published(date="2022-11")["label"] == "Netherlands, 2022-11: investigation opened"
    embassy = {"concerns": "", "responder": "CN", "level": "embassy", "kind": "denial", "sets_status": ""}
    assert published(**embassy)["label"] == "China, 2022-10-26: denial"
