"""What the database and the model keep of a claim, whatever the code above them does."""

import pytest

from casetracker.core.errors import InvalidContent
from stations.models import Claim
from tests.factories.records import NO_COUNT, edit_draft, make_claim, make_researcher
from tests.raw_writes import raw_update, refused

pytestmark = pytest.mark.django_db

COUNTED = "stations_claim_counts_with_number_qualifier_and_unit"
IN_UNIT = "stations_claim_topic_counts_in_its_unit"
RETURNS = {"topic": "returns", "value": 230_000, "unit": "people", "country": "CN"}


@pytest.fixture
def returns():
    return Claim.objects.get(pk=make_claim(**RETURNS).pk)


@pytest.mark.parametrize(
    "values",
    [
        {"qualifier": ""},
        {"value": None},
        {"unit": ""},
        {"qualifier": "", "value": None},
        {"qualifier": "nearly"},
        {"unit": "dozens"},
        {"value": 2_000_000_001},
    ],
    ids=str,
)
def test_a_count_is_whole_or_not_there(returns, values):
    refused(raw_update(returns, **values), COUNTED)


def test_a_count_may_be_none_at_all_or_zero(returns):
    raw_update(returns, **NO_COUNT)()
    raw_update(returns, value=0, qualifier="exactly", unit="people")()


@pytest.mark.parametrize(
    "values",
    [
        {"topic": "station_count"},
        {"topic": "country_count"},
        {"topic": "station_count", "unit": "countries"},
        {"topic": "country_count", "unit": "stations"},
        {"topic": "station_count", **NO_COUNT},
        {"topic": "country_count", **NO_COUNT},
    ],
    ids=str,
)
def test_what_counts_stations_or_countries_does_so(returns, values):
    refused(raw_update(returns, **values), IN_UNIT)


def test_a_claim_does_not_supersede_itself(returns):
    refused(raw_update(returns, superseded_by=returns), "stations_claim_not_superseded_by_itself")


def test_what_a_form_cannot_hold_is_refused_with_the_remedy():
    with pytest.raises(InvalidContent) as caught:
        make_claim(qualifier="")
    assert "A count needs its number, its qualifier (exactly, at least, …)" in caught.value.field_errors["__all__"][0]
    with pytest.raises(InvalidContent) as caught:
        make_claim(**NO_COUNT)
    assert "counts stations or countries" in caught.value.field_errors["__all__"][0]
    with pytest.raises(InvalidContent) as caught:
        make_claim(value=2_000_000_001)
    assert "value" in caught.value.field_errors


@pytest.mark.parametrize("difference", [{"country": "IT"}, {"country": ""}, RETURNS | {"country": "NL"}], ids=str)
def test_a_claim_is_superseded_by_one_about_the_same(difference):
    later = make_claim(as_of="2022-12-05", **difference)
    with pytest.raises(InvalidContent) as caught:
        make_claim(superseded_by=later)
    assert caught.value.field_errors == {"superseded_by": ["Choose a claim on the same topic and country."]}


def test_what_supersedes_another_claim_stays_about_the_same():
    person = make_researcher()
    later = make_claim(by=person, as_of="2022-12-05")
    make_claim(by=person, superseded_by=later)
    with pytest.raises(InvalidContent) as caught:
        edit_draft(later, by=person, country="BE")
    assert "It supersedes a claim on another topic or country" in caught.value.field_errors["__all__"][0]
    assert edit_draft(later, by=person, value=3)


@pytest.mark.parametrize("length", [2, 3])
def test_claims_do_not_supersede_one_another_in_a_circle(length):
    person = make_researcher()
    last = first = make_claim(by=person)
    for _ in range(length - 1):
        first = make_claim(by=person, superseded_by=first)
    with pytest.raises(InvalidContent) as caught:
        edit_draft(last, by=person, superseded_by=Claim.objects.get(pk=first.pk))
    assert "itself superseded by this one" in caught.value.field_errors["superseded_by"][0]


def test_a_circle_that_two_people_made_at_once_keeps_nobody_from_working():
    one, two = make_claim(), make_claim()
    for claim, later in ((one, two), (two, one)):
        raw_update(Claim.objects.get(pk=claim.pk), superseded_by=Claim.objects.get(pk=later.pk))()
    assert make_claim(superseded_by=one)
