"""Filters of agreements and claims keep what matches, whatever the view."""

import datetime as dt

import pytest

from casetracker.public.filters import AgreementFilter, ClaimFilter
from casetracker.public.models import AgreementDocument, ClaimDocument
from casetracker.public.view import View
from tests.factories.publications import (
    citation_part,
    publish_agreement,
    publish_claim,
    retract,
    stations_counted,
)
from tests.public.test_filters import DISPUTED, found, tried

pytestmark = pytest.mark.django_db

AGREEMENTS = [
    ("country=IT", "13"),
    ("country=HR,RO", "2"),
    ("counterpart=CN", "12"),
    ("type=extradition_treaty", "3"),
    ("status=ended,disputed", "12"),
    ("ended_by=R-4", "1"),
    ("signed_after=2015-09-24", "12"),
    ("signed_after=2015-09-25", "2"),
    ("signed_before=2017-01-01", "12"),
    ("signed_before=2016-12-31", "1"),
    ("verification=corroborated", "2"),
    ("disputed=true", "2"),
    ("source=D-2", "2"),
]

CLAIMS = [
    ("country=CA", "12"),
    ("country=none", "34"),
    ("country=CA,none", "1234"),
    ("topic=station_count", "123"),
    ("epistemic_status=denied", "4"),
    ("claimed_by=China", "4"),
    ("superseded=true", "1"),
    ("superseded=false", "234"),
    ("unit=stations", "123"),
    ("value_min=5", "23"),
    ("value_max=5", "12"),
    ("value_min=4&value_max=100", "2"),
    ("claimed_after=2022-10-01", "234"),
    ("claimed_before=2022-09-01", "1"),
    ("verification=corroborated", "4"),
    ("disputed=true", "4"),
    ("source=D-2", "4"),
]


@pytest.fixture
def agreements():
    publish_agreement(1, ended_by="R-4")
    publish_agreement(
        2,
        country="HR",
        signed="2017",
        status="disputed",
        verification=DISPUTED,
        citations=[citation_part("D-2")],
    )
    publish_agreement(3, counterpart="ES", type="extradition_treaty", status="ratified", signed="")


@pytest.fixture
def claims():
    publish_claim(2, **stations_counted(5))
    publish_claim(1, **stations_counted(3, as_of="2022-09", superseded_by="C-2"))
    publish_claim(3, **stations_counted(102, "at_least", country="", superseded_by="C-9"))
    publish_claim(
        4,
        topic="denial",
        epistemic_status="denied",
        claimed_by="China",
        country="",
        verification=DISPUTED,
        citations=[citation_part("D-2")],
    )


@pytest.mark.usefixtures("agreements")
@pytest.mark.parametrize(("query", "expected"), AGREEMENTS)
def test_agreements(query, expected):
    assert found(AgreementFilter, AgreementDocument, query) == expected


@pytest.mark.usefixtures("claims")
@pytest.mark.parametrize(("query", "expected"), CLAIMS)
def test_claims(query, expected):
    assert found(ClaimFilter, ClaimDocument, query) == expected


@pytest.mark.usefixtures("claims")
def test_a_claim_whose_successor_is_retracted_is_superseded_no_more():
    retract("C-2")
    assert found(ClaimFilter, ClaimDocument, "superseded=true") == ""
    assert found(ClaimFilter, ClaimDocument, "superseded=false") == "134"


@pytest.mark.usefixtures("claims")
def test_a_claim_is_not_superseded_before_its_successor_was_made():
    for day, expected in (("2022-12-04", ""), ("2022-12-05", "1")):
        rows = ClaimDocument.objects.seen(View(as_of=dt.date.fromisoformat(day)))
        assert "".join(str(row.number) for row in ClaimFilter.narrow(rows, {"superseded": True})) == expected


@pytest.mark.parametrize(("filters", "queries"), [(AgreementFilter, AGREEMENTS), (ClaimFilter, CLAIMS)])
def test_every_filter_is_tried_above(filters, queries):
    assert tried(queries) == set(filters.base_filters)
