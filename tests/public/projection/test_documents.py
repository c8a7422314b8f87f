"""Publications become rows: one live version of each record, all earlier ones kept, retracted ones hidden."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from casetracker.public.models import (
    OPEN_END,
    OPEN_START,
    CitationLink,
    CountedIn,
    ResponseDocument,
    ResponseStation,
    StationDocument,
    Tombstone,
)
from casetracker.publication.models import LogEntry, PublicationHead
from tests.factories.publications import (
    closed,
    no_action,
    publish,
    publish_response,
    publish_station,
    retract,
    station_snapshot,
)

pytestmark = pytest.mark.django_db


def spans(model, reference):
    rows = model.objects.filter(reference=reference).order_by("version")
    return list(rows.values_list("version", "from_seq", "to_seq", "retracted_seq"))


def test_a_first_publication_opens_a_live_row_with_the_columns_of_the_filters():
    entry = publish_station(17, counted_in=["110 Overseas", "Patrol and Persuade", "110 Overseas"])
    row = StationDocument.objects.get()
    assert spans(StationDocument, "S-17") == [(1, entry.sequence, None, None)]
    assert (row.number, row.label, row.country, row.kind) == (
        17,
        "Amsterdam: station 17",
        "NL",
        "police_service_station",
    )
    assert (row.place_precision, row.operator_jurisdiction) == ("city", "Fuzhou")
    assert (row.operating_status, row.standing, row.verification, row.disputed) == (
        "unknown",
        "alleged",
        "reported",
        False,
    )
    assert (row.first_reported_earliest, row.first_reported_latest) == (dt.date(2022, 9, 1), dt.date(2022, 9, 30))
    assert row.published_at == row.first_published_at == entry.published_at
    assert sorted(row.reports.values_list("report", flat=True)) == ["110 Overseas", "Patrol and Persuade"]


def test_a_response_gets_the_columns_of_the_status_rule():
    publish_response(
        4,
        **closed("claimed", level="embassy", responder="CN", concerns="GB", date="2023-06-06"),
        order_in_day=3,
        activity_continues=True,
        unrelated_offence=True,
        stations=["S-2", "S-1"],
        last_known_true="2023-06",
    )
    row = ResponseDocument.objects.get()
    assert (row.concerns, row.responder, row.level, row.kind) == ("GB", "CN", "embassy", "closure_claimed")
    assert (row.sets_status, row.basis, row.scope) == ("closed", "claimed", "country")
    assert (row.activity_continues, row.unrelated_offence, row.order_in_day) == (True, True, 3)
    assert row.date_earliest == row.date_latest == row.counts_from == dt.date(2023, 6, 6)
    assert row.last_known_true_latest == dt.date(2023, 6, 30)
    assert sorted(row.stations.values_list("station_reference", flat=True)) == ["S-1", "S-2"]


def test_the_basis_of_missing_action_is_kept_in_the_same_column():
    publish_response(1, **no_action("declined"))
    assert ResponseDocument.objects.get().basis == "declined"


def test_open_and_unknown_dates_get_their_stand_ins():
    publish_response(1, date="2022/..", counts_from=None, last_known_true="")
    publish_station(1, first_reported="../2022")
    publish_station(2, first_reported="")
    response = ResponseDocument.objects.get()
    station, undated = StationDocument.objects.order_by("number")
    assert (response.date_latest, response.counts_from) == (OPEN_END, OPEN_START)
    assert (response.last_known_true_latest, response.order_in_day) == (None, 0)
    assert (station.first_reported_earliest, station.first_reported_latest) == (OPEN_START, dt.date(2022, 12, 31))
    assert (undated.first_reported_earliest, undated.first_reported_latest) == (None, None)


@pytest.mark.parametrize("action", ["revise", "correct"])
def test_a_later_version_closes_the_live_row_at_its_own_entry(action, monkeypatch):
    first = publish_station(1)
    monkeypatch.setattr("tests.factories.publications.REVISION", action)
    second = publish_station(1, version=2, label="Amsterdam, corrected")
    assert LogEntry.objects.get(sequence=second.sequence).action == action
    assert spans(StationDocument, "S-1") == [
        (1, first.sequence, second.sequence, None),
        (2, second.sequence, None, None),
    ]
    live = StationDocument.objects.live().get()
    assert live.label == "Amsterdam, corrected"
    assert (live.first_published_at, live.published_at) == (first.published_at, second.published_at)


def test_a_retraction_hides_every_version_and_leaves_a_tombstone():
    first = publish_station(1)
    second = publish_station(1, version=2)
    third = retract("S-1", "harm", "Somebody could be found.")
    assert spans(StationDocument, "S-1") == [
        (1, first.sequence, second.sequence, third.sequence),
        (2, second.sequence, third.sequence, third.sequence),
    ]
    assert not StationDocument.objects.live().exists()
    assert not StationDocument.objects.readable().exists()
    assert Tombstone.objects.values().get() == {
        "sequence": third.sequence,
        "reference": "S-1",
        "record_kind": "station",
        "reason": "harm",
        "note": "Somebody could be found.",
        "successor": "",
        "first_published_at": first.published_at,
        "retracted_at": third.published_at,
    }


def test_a_record_that_comes_back_leaves_its_earlier_versions_hidden():
    first = publish_station(1)
    second = retract("S-1")
    third = publish_station(1, version=2)
    assert spans(StationDocument, "S-1") == [
        (1, first.sequence, second.sequence, second.sequence),
        (2, third.sequence, None, None),
    ]
    assert StationDocument.objects.live().get().first_published_at == first.published_at


def test_a_second_retraction_leaves_the_first_one_standing():
    publish_station(1)
    first = retract("S-1", "error")
    publish_station(1, version=2)
    second = retract("S-1", "legal")
    rows = StationDocument.objects.order_by("version").values_list("retracted_seq", flat=True)
    assert list(rows) == [first.sequence, second.sequence]
    assert list(Tombstone.objects.order_by("sequence").values_list("reason", flat=True)) == ["error", "legal"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"schema": 2}, id="a schema that nobody reads"),
        pytest.param({"kind": "castle"}, id="a code without words"),
        pytest.param({"first_reported": "2022-13"}, id="a date that does not exist"),
    ],
)
def test_what_cannot_be_projected_is_not_published(change):
    publish_station(1)
    with pytest.raises((ValueError, KeyError)):
        publish(station_snapshot(2, **change))
    assert LogEntry.objects.count() == PublicationHead.objects.get().sequence == 1
    assert list(StationDocument.objects.values_list("reference", flat=True)) == ["S-1"]


def test_a_retraction_of_what_is_not_live_is_refused():
    publish_station(1)
    retract("S-1")
    with pytest.raises(StationDocument.DoesNotExist):
        retract("S-1")
    assert Tombstone.objects.count() == 1


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def copy_of(row, **changes):
    row.pk = None
    row._state.adding = True
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def test_the_database_keeps_one_live_row_and_one_row_per_version():
    publish_station(1)
    refused(copy_of(StationDocument.objects.get(), version=2).save)
    refused(copy_of(StationDocument.objects.get(), to_seq=9).save)
    copy_of(StationDocument.objects.get(), version=2, to_seq=9).save()


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param({"to_seq": 1}, id="ends where it begins"),
        pytest.param({"retracted_seq": 5}, id="retracted, but live"),
        pytest.param({"to_seq": 6, "retracted_seq": 5}, id="retracted before it ended"),
        pytest.param({"first_reported_earliest": dt.date(2023, 1, 1)}, id="bounds the wrong way round"),
        pytest.param({"first_reported_latest": None}, id="one bound only"),
    ],
)
def test_the_database_refuses_spans_and_bounds_out_of_order(bad):
    publish_station(1)
    refused(lambda: StationDocument.objects.update(**bad))


def test_the_database_refuses_a_response_dated_backwards():
    publish_response(1)
    refused(lambda: ResponseDocument.objects.update(date_earliest=dt.date(2030, 1, 1)))


def test_the_database_keeps_links_once():
    publish_station(1)
    publish_response(1, stations=["S-1"])
    refused(copy_of(CountedIn.objects.get()).save)
    refused(copy_of(ResponseStation.objects.get()).save)
    refused(copy_of(CitationLink.objects.filter(record_reference="S-1").get()).save)


def test_rows_say_what_they_are():
    publish_station(1)
    publish_response(1, stations=["S-1"])
    retract("R-1")
    assert str(StationDocument.objects.get()) == "S-1 version 1"
    assert str(CountedIn.objects.get()) == "S-1 version 1 in 110 Overseas"
    assert str(ResponseStation.objects.get()) == "R-1 version 1 about S-1"
    assert str(CitationLink.objects.live().get()) == "S-1 cites D-1"
    assert str(Tombstone.objects.get()) == "R-1 retracted"
