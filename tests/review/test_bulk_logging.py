"""Logging many records at once leaves what logging each would."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casetracker.core.errors import NotAllowed
from casetracker.review.choices import Action
from casetracker.review.content import build_content, content_digest
from casetracker.review.models import Decision, Participation, PrivateTerm, Record
from casetracker.review.services import Edit, log_record
from casetracker.review.services.bulk import InvalidRecords, NewRecord, log_records
from responses.models import Response
from stations.models import Station, StationName
from tests.factories.records import make_station

pytestmark = pytest.mark.django_db


def an_edit(city="Amsterdam", **fields):
    return Edit(
        fields={"kind": "service_centre", "country": "NL", "locality": city, "latitude": "52.37", "longitude": "4.9"}
        | fields,
        rows={
            "names": [
                {"text": f"Second of {city}", "language": "nl", "role": "official"},
                {"text": f"First of {city}", "language": "en", "role": "as_reported"},
            ]
        },
        private_terms=[{"kind": "host", "text": "A club"}],
    )


def many(*edits):
    return [NewRecord(uuid4(), edit) for edit in edits]


def test_each_is_as_if_it_had_been_logged_alone(researcher):
    alone = log_record("station", an_edit(), by=researcher)
    (record,) = log_records("station", many(an_edit()), by=researcher)
    record.refresh_from_db()
    assert record.label == alone.label == "Amsterdam, Netherlands: First of Amsterdam"
    assert (record.state, record.lock_version) == (alone.state, alone.lock_version)
    assert record.private_terms.get().text == "A club"
    same = {"id": None, "record": None}
    for name in ("fields", "disclosures"):
        assert build_content(record)[name] == build_content(alone)[name]
    names = [[row | same for row in build_content(one)["rows"]["names"]] for one in (record, alone)]
    assert names[0] == names[1]


def test_its_decision_author_and_history_are_kept(researcher):
    (record,) = log_records("station", many(an_edit()), by=researcher)
    decision = Decision.objects.get(record=record)
    assert (decision.action, decision.person, decision.to_state) == (Action.LOG, researcher, "draft")
    assert decision.digest == content_digest(record, build_content(record))
    assert Participation.objects.get(record=record).role == "author"
    for model, number in ((Station, 1), (StationName, 2), (PrivateTerm, 1)):
        rows = model.history.filter(history_user=researcher, history_type="+")
        assert rows.count() == number


def test_links_are_kept_with_their_history(researcher):
    station = make_station(by=researcher).station
    fields = {
        "concerns": "NL",
        "responder": "NL",
        "actor": "Minister",
        "level": "ministry",
        "kind": "statement",
        "date": "2022-10-26",
        "summary": "The minister spoke.",
        "stations": [station],
    }
    (record,) = log_records("response", many(Edit(fields=fields)), by=researcher)
    assert list(Response.objects.get(pk=record.pk).stations.all()) == [station]
    assert build_content(record)["fields"]["stations"] == [str(station.pk)]
    assert Response.history.filter(record=record).latest().stations.get().station == station


def test_one_that_is_wrong_stops_all_and_each_is_named(researcher):
    new = many(an_edit(), an_edit(country="XX"), an_edit(longitude=None), an_edit(first_reported="2022-13"))
    with pytest.raises(InvalidRecords) as refused:
        log_records("station", new, by=researcher)
    assert refused.value.errors.keys() == {1, 3}
    assert "country" in refused.value.errors[1].field_errors
    assert not Record.objects.exists()


def test_rules_of_the_table_are_told_by_name(researcher):
    with pytest.raises(InvalidRecords) as refused:
        log_records("station", many(an_edit(), an_edit(longitude=None)), by=researcher)
    assert refused.value.errors[1].field_errors == {"__all__": ["Give both coordinates, or neither."]}
    assert refused.value.errors.keys() == {1}
    assert not Record.objects.exists()


def test_others_log_none(observer):
    with pytest.raises(NotAllowed):
        log_records("station", many(an_edit()), by=observer)


def test_many_cost_few_queries(researcher):
    def cost(number):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            log_records("station", many(*(an_edit(f"City {place}") for place in range(number))), by=researcher)
        return len(queries)

    assert cost(100) < 2 * cost(10)  # SQLite takes so many values in one statement and no more
