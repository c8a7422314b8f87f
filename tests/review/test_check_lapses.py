"""Which changes of a record let the checks of its citations lapse, for every kind of record."""

import pytest

from casetracker.review.kinds import all_kinds
from tests.factories.records import (
    MAKERS,
    bring_to,
    check_all,
    citation,
    edit_draft,
)
from tests.review.test_checks import reopen, verdicts

pytestmark = pytest.mark.django_db

# Records of which several fields belong together.
FILLED = {
    "station": {
        "latitude": "52.1",
        "longitude": "5.1",
        "place_precision": "city",
        "operating_status": "reported_active",
        "operating_status_as_of": "2022",
    },
    "claim": {},
    "response": {
        "kind": "closure_ordered",
        "sets_status": "closed",
        "closure_basis": "ordered",
        "person": "A Minister",
        "party": "A party",
        "quote": "Nee.",
        "quote_language": "nl",
    },
    "agreement": {"status": "in_force", "status_as_of": "2022"},
}


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("station", {"summary": "Other words."}),
        ("station", {"place_precision": "area"}),
        ("station", {"longitude": "5.2"}),
        ("response", {"closure_basis": "confirmed"}),
        ("response", {"actor": "Another office"}),
        ("response", {"scope": "country", "activity_continues": True}),
        ("claim", {"value": 3}),
        ("claim", {"attribution": ["NRC"]}),
        ("agreement", {"places": ["Rome"]}),
        ("agreement", {"counterpart": "RU"}),
    ],
    ids=str,
)
def test_a_citation_for_the_whole_record_lapses_with_any_public_word(researcher, other_researcher, kind, change):
    record = MAKERS[kind](by=researcher, **FILLED[kind])
    check_all(bring_to(record, "submitted"), by=other_researcher)
    reopen(record, other_researcher)
    edit_draft(record, by=researcher, notes="Private words change nothing.")
    assert verdicts(record) == ["supports"]
    edit_draft(record, by=researcher, **change)
    assert verdicts(record) == [None]


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_every_public_field_is_checked_with_some_citation(kind):
    complements = {name for names in kind.complements.values() for name in names}
    assert set(kind.fields) <= {*kind.citable, *complements}, "make it citable, or let it complete a field that is"
    assert set(kind.complements) <= set(kind.citable)


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.parametrize(
    ("kind", "field", "change"),
    [
        ("station", "latitude", {"longitude": "5.2"}),
        ("station", "latitude", {"place_precision": "area"}),
        ("station", "operating_status", {"operating_status_as_of": "2023"}),
        ("response", "sets_status", {"closure_basis": "confirmed"}),
        ("response", "sets_status", {"activity_continues": True}),
        ("response", "actor", {"level": "police"}),
        ("response", "person", {"party": "Another party"}),
        ("response", "quote", {"quote_translation": "Other words"}),
        ("claim", "value", {"qualifier": "at_least"}),
        ("claim", "value", {"topic": "returns", "unit": "people"}),
        ("claim", "text", {"topic": "comparison"}),
        ("claim", "claimed_by", {"attribution": ["NRC"]}),
        ("agreement", "country", {"counterpart": "RU"}),
        ("agreement", "status", {"status_as_of": "2023"}),
    ],
    ids=str,
)
def test_a_citation_for_a_field_lapses_with_what_completes_it(researcher, other_researcher, kind, field, change):
    record = MAKERS[kind](by=researcher, citations=[citation(), citation(field=field)], **FILLED[kind])
    check_all(bring_to(record, "submitted"), by=other_researcher)
    reopen(record, other_researcher)
    edit_draft(record, by=researcher, **change)
    assert verdicts(record) == [None, None]
    other = {"station": {"locality": "Elsewhere"}, "claim": {"as_of": "2021"}}.get(kind, {"summary": "Other words."})
    check_all(bring_to(record, "submitted"), by=other_researcher)
    reopen(record, other_researcher)
    edit_draft(record, by=researcher, **other)
    assert verdicts(record) == [None, "supports"]
