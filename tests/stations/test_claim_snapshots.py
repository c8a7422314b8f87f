"""What the public sees of a claim."""

import json

import pytest

from casetracker.publication.models import Snapshot
from stations.models import Claim
from tests.factories.records import NO_COUNT, bring_to, citation, make_claim, make_source

pytestmark = pytest.mark.django_db


def published(**values):
    bring_to(make_claim(**values), "live")
    return json.loads(Snapshot.objects.latest("pk").content)


def test_only_listed_fields_go_out():
    snapshot = published(notes="Ours.")
    public = Claim.public_fields | {
        "schema", "record_kind", "reference", "version", "label",
        "counts_from", "disclosures", "citations", "verification", "confidential_source_for",
    }  # fmt: skip
    assert snapshot.keys() == public
    assert (snapshot["record_kind"], snapshot["reference"]) == ("claim", "C-1")
    assert "Ours" not in json.dumps(snapshot)


def test_the_count_and_the_chain_of_attribution_go_out_as_they_are():
    chain = ["NRC", "Safeguard Defenders", "Chinese authorities"]
    snapshot = published(
        topic="returns", value=230_000, unit="people", qualifier="at_least", attribution=chain, period="2021-04/2022-07"
    )
    assert (snapshot["qualifier"], snapshot["value"], snapshot["unit"]) == ("at_least", 230_000, "people")
    assert snapshot["attribution"] == chain, "nearest first"
    assert snapshot["period"] == "2021-04/2022-07"


def test_a_claim_without_a_count_has_no_number():
    snapshot = published(topic="denial", epistemic_status="denied", **NO_COUNT)
    assert (snapshot["qualifier"], snapshot["value"], snapshot["unit"]) == ("", None, "")


def test_the_claim_that_supersedes_it_is_a_reference():
    later = bring_to(make_claim(as_of="2022-12-05"), "live")
    snapshot = published(superseded_by=later)
    assert (snapshot["reference"], snapshot["superseded_by"]) == ("C-2", "C-1")
    assert str(later.pk) not in json.dumps(snapshot)
    assert published()["superseded_by"] is None


def test_it_counts_from_the_day_of_which_it_is():
    cited = [citation(make_source(published="2022-12-05"))]
    assert published(as_of="2022-09", citations=cited)["counts_from"] == "2022-09-30"
    assert published(as_of="2022", citations=cited)["counts_from"] == "2022-12-05"


@pytest.mark.parametrize(
    ("values", "label"),
    [
        ({"country": "CA", "value": 5}, "Canada, 2022-09: 5 stations, according to Safeguard Defenders"),
        ({"value": 1}, "Netherlands, 2022-09: 1 station, according to Safeguard Defenders"),
        (
            {"country": "", "qualifier": "at_least", "value": 102, "as_of": "2022-12-05"},
            "World, 2022-12-05: at least 102 stations, according to Safeguard Defenders",
        ),
        (
            {"country": "", "topic": "country_count", "unit": "countries", "value": 53},
            "World, 2022-09: 53 countries, according to Safeguard Defenders",
        ),
        (
            {"country": "CN", "topic": "returns", "unit": "people", "value": 230_000, "claimed_by": "the authorities"},
            "China, 2022-09: returns, 230,000 people, according to the authorities",
        ),
        (
            {"country": "CN", "topic": "denial", "claimed_by": "China", **NO_COUNT},
            "China, 2022-09: denial, according to China",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_label_says_what_who_and_when(values, label):
    record = bring_to(make_claim(**values), "live")
    assert record.label == label
    assert json.loads(Snapshot.objects.get().content)["label"] == label


def test_a_long_name_is_cut_on_the_desk_and_whole_in_public():
    name = "x" * 200
    record = bring_to(make_claim(claimed_by=name, topic="presumption_of_innocence", **NO_COUNT), "live")
    assert len(record.label) <= 300
    assert json.loads(Snapshot.objects.get().content)["claimed_by"] == name
