"""Agreements and claims become rows with the columns of their filters."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from casetracker.public.models import OPEN_END, OPEN_START, AgreementDocument, ClaimDocument
from casetracker.publication.models import LogEntry
from tests.factories.publications import publish_agreement, publish_claim, stations_counted

pytestmark = pytest.mark.django_db


def test_an_agreement_gets_its_columns():
    publish_agreement(3, signed="2015-09", ended_by="R-4")
    row = AgreementDocument.objects.get()
    assert (row.number, row.country, row.counterpart, row.type, row.status) == (3, "IT", "CN", "joint_patrols", "ended")
    assert (row.signed_earliest, row.signed_latest) == (dt.date(2015, 9, 1), dt.date(2015, 9, 30))
    assert (row.counts_from, row.ended_by) == (dt.date(2015, 9, 30), "R-4")
    assert (row.verification, row.disputed) == ("reported", False)
    assert str(row) == "A-3 version 1"


def test_a_claim_gets_its_columns():
    publish_claim(7, **stations_counted(4, "at_least", as_of="2022-12", superseded_by="C-9"))
    row = ClaimDocument.objects.get()
    assert (row.number, row.topic, row.country, row.claimed_by) == (7, "station_count", "CA", "Safeguard Defenders")
    assert (row.qualifier, row.value, row.unit, row.epistemic_status) == (
        "at_least",
        4,
        "stations",
        "reported_finding",
    )
    assert (row.as_of_earliest, row.as_of_latest) == (dt.date(2022, 12, 1), dt.date(2022, 12, 31))
    assert (row.counts_from, row.superseded_by) == (dt.date(2022, 12, 31), "C-9")
    assert str(row) == "C-7 version 1"


def test_open_and_unknown_dates_get_their_stand_ins():
    publish_agreement(1, signed="")
    publish_claim(1, as_of="2022/..", country="")
    agreement, claim = AgreementDocument.objects.get(), ClaimDocument.objects.get()
    assert (agreement.signed_earliest, agreement.signed_latest, agreement.counts_from) == (None, None, OPEN_START)
    assert (claim.as_of_latest, claim.counts_from, claim.value, claim.superseded_by) == (OPEN_END, OPEN_START, None, "")


@pytest.mark.parametrize(
    ("publish", "change"),
    [
        (publish_agreement, {"type": "castle"}),
        (publish_agreement, {"status": "lost"}),
        (publish_agreement, {"signed": "2015-13"}),
        (publish_claim, {"topic": "weather"}),
        (publish_claim, {"epistemic_status": "true"}),
        (publish_claim, stations_counted(4, "nearly")),
        (publish_claim, stations_counted(4, unit="cats")),
        (publish_claim, {"as_of": "2022-13"}),
    ],
)
def test_what_has_no_words_is_not_published(publish, change):
    with pytest.raises((ValueError, KeyError)):
        publish(1, **change)
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("model", "bad"),
    [
        (AgreementDocument, {"signed_earliest": dt.date(2030, 1, 1)}),
        (AgreementDocument, {"signed_latest": None}),
        (ClaimDocument, {"as_of_earliest": dt.date(2030, 1, 1)}),
        (ClaimDocument, {"value": None}),
        (ClaimDocument, {"qualifier": ""}),
        (ClaimDocument, {"unit": ""}),
    ],
)
def test_the_database_refuses_halves(model, bad):
    publish_agreement(1)
    publish_claim(1, **stations_counted(4))
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**bad)
