"""What the public sees of an agreement."""

import json

import pytest

from casetracker.publication.models import Snapshot
from responses.models import Agreement
from tests.factories.records import bring_to, citation, make_agreement, make_response, make_source

pytestmark = pytest.mark.django_db


def published(**values):
    bring_to(make_agreement(**values), "live")
    return json.loads(Snapshot.objects.latest("pk").content)


def test_only_listed_fields_go_out():
    snapshot = published(notes="Ours.")
    public = Agreement.public_fields | {
        "schema", "record_kind", "reference", "version", "label",
        "counts_from", "disclosures", "citations", "verification", "confidential_source_for",
    }  # fmt: skip
    assert snapshot.keys() == public
    assert (snapshot["record_kind"], snapshot["reference"]) == ("agreement", "A-1")
    assert "Ours" not in json.dumps(snapshot)


def test_lists_and_dates_go_out_as_they_are():
    parties, places = ["Interior Ministry", "Ministry of Public Security"], ["Milan", "Rome", "Venice", "Prato"]
    snapshot = published(parties=parties, places=places, signed="2015", in_force_from="2015", in_force_to="2022-12-19")
    assert (snapshot["parties"], snapshot["places"]) == (parties, places)
    assert (snapshot["signed"], snapshot["in_force_from"], snapshot["in_force_to"]) == ("2015", "2015", "2022-12-19")


def test_the_response_that_ended_it_is_a_reference():
    response = bring_to(make_response(responder="IT", concerns="IT"), "live")
    snapshot = published(status="ended", status_as_of="2022-12-19", ended_by=response)
    assert snapshot["ended_by"] == "R-1"
    assert str(response.pk) not in json.dumps(snapshot)
    assert published()["ended_by"] is None


@pytest.mark.parametrize(
    ("dates", "first_day"),
    [
        ({"signed": "2015-09-24", "in_force_from": "2016-05"}, "2015-09-24"),
        ({"signed": "", "in_force_from": "2016-05"}, "2016-05-31"),
        ({"signed": "", "in_force_from": ""}, "2022-12-05"),
    ],
)
def test_it_counts_from_its_signature_or_else_from_when_it_was_in_force(dates, first_day):
    assert published(citations=[citation(make_source(published="2022-12-05"))], **dates)["counts_from"] == first_day


@pytest.mark.parametrize(
    ("values", "label"),
    [
        ({}, "Italy and China, 2015-09-24: agreement on joint patrols"),
        ({"signed": "", "in_force_from": "2019-11"}, "Italy and China, 2019-11: agreement on joint patrols"),
        (
            {"country": "RO", "signed": "", "type": "local_protocol", "title": "Protocol", "title_language": "ro"},
            "Romania and China: local cooperation protocol",
        ),
    ],
    ids=str,
)
def test_the_label_names_both_states_the_day_and_the_type(values, label):
    record = bring_to(make_agreement(**values), "live")
    assert record.label == label
    assert json.loads(Snapshot.objects.get().content)["label"] == label
