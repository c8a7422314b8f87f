"""Filters keep what matches, for API and pages alike."""

import pytest
from django.http import QueryDict

from casetracker.public.filters import (
    GovernmentForm,
    ResponseFilter,
    SourceFilter,
    StationFilter,
    form_of,
    matching,
)
from casetracker.public.governments import Summary
from casetracker.public.models import (
    ResponseDocument,
    SourceDocument,
    StationDocument,
)
from casetracker.public.status import NO_RESPONSE, Line, Status
from tests.factories.publications import (
    citation_part,
    closed,
    investigating,
    no_action,
    publish_response,
    publish_station,
    source_part,
)

DISPUTED = {"level": "corroborated", "disputed": True, "independent_origins": 2}

STATIONS = [
    ("country=DE", "2"),
    ("country=NL&country=DE", "12"),
    ("country=DE,FR", "23"),
    ("kind=service_centre", "2"),
    ("operator_jurisdiction=Qingtian", "3"),
    ("operator_jurisdiction=Qing", ""),
    ("operating_status=closure_claimed", "2"),
    ("standing=confirmed_by_authority", "3"),
    ("verification=corroborated", "2"),
    ("disputed=true", "2"),
    ("disputed=false", "13"),
    ("place_precision=region,country", "3"),
    ("counted_in=Patrol and Persuade", "23"),
    ("counted_in=110 Overseas", "13"),
    ("first_reported_after=2022-09-30", "13"),
    ("first_reported_after=2022-10-01", "3"),
    ("first_reported_before=2022-09-01", "13"),
    ("first_reported_before=2022-08-31", "3"),
    ("opened_after=2019-01-01", ""),
    ("opened_before=2018-06-01", "2"),
    ("closed_after=2022-12-01", ""),
    ("closed_before=2022-11-01", "2"),
    ("bbox=3,50,7,54", "13"),
    ("near=48.9,2.4,20", "2"),
    ("source=D-1", "13"),
    ("source=D-2", "2"),
    ("source=D-3", ""),
    ("country=NL&counted_in=110 Overseas&source=D-1", "1"),
]

RESPONSES = [
    ("concerns=GB", "2"),
    ("concerns=none", "3"),
    ("concerns=none,NL", "13"),
    ("responder=CN", "23"),
    ("kind=denial", "3"),
    ("level=embassy,ministry", "12"),
    ("sets_status=closed", "2"),
    ("sets_status=none", "3"),
    ("sets_status=none,investigating", "13"),
    ("scope=stations", "3"),
    ("station=S-1", "13"),
    ("station=S-9", ""),
    ("date_after=2022-10-31", "123"),
    ("date_after=2022-11-01", "23"),
    ("date_before=2022-10-01", "13"),
    ("date_before=2022-09-30", "3"),
    ("verification=corroborated", "2"),
    ("disputed=true", "2"),
    ("source=D-2", "2"),
]

SOURCES = [
    ("language=nl", "1"),
    ("type=newspaper", "1"),
    ("type=newspaper,ngo_report", "12"),
    ("publisher=Safeguard Defenders", "2"),
    ("publisher_control=independent", "2"),
    ("publisher_country=ES", "2"),
    ("published_after=2022-12-05", "1"),
    ("published_before=2022-12-04", "2"),
]

GOVERNMENTS = [
    ("status=closed", "B"),
    ("status=closed,none", "BC"),
    ("basis=ordered", "B"),
    ("basis=claimed,inquiry_ended", ""),
    ("reason=no_response", "C"),
    ("reason=responded", ""),
    ("inquiry=running", "A"),
    ("inquiry=running&basis=ordered", ""),
    ("has_stations=true", "A"),
    ("has_stations=false", "BC"),
    ("status=investigating&has_stations=false", ""),
]


@pytest.fixture
def stations():
    publish_station(1)
    publish_station(
        2,
        country="DE",
        kind="service_centre",
        opened="2018",
        closed="2022-11",
        latitude=48.85,
        longitude=2.35,
        operating_status="closure_claimed",
        verification=DISPUTED,
        first_reported="",
        counted_in=["Patrol and Persuade"],
        citations=[citation_part("D-2")],
    )
    publish_station(
        3,
        country="FR",
        operator_jurisdiction="Qingtian",
        standing="confirmed_by_authority",
        place_precision="region",
        first_reported="2022/..",
        counted_in=["Patrol and Persuade", "110 Overseas"],
        citations=[citation_part("D-1"), citation_part("D-1", field="standing")],
    )


@pytest.fixture
def responses():
    publish_response(1, **investigating(), date="2022-10", stations=["S-1", "S-2"])
    publish_response(
        2,
        **closed("claimed"),
        concerns="GB",
        responder="CN",
        level="embassy",
        date="2022-11-01",
        verification=DISPUTED,
        citations=[citation_part("D-2")],
    )
    publish_response(
        3,
        concerns="",
        responder="CN",
        level="head_of_government",
        kind="denial",
        scope="stations",
        stations=["S-1"],
        date="2022/..",
        counts_from=None,
    )


@pytest.fixture
def sources():
    named = {"publisher": "Safeguard Defenders", "published_by": {"control": "independent", "country": "ES"}}
    report = source_part("D-2", language="en", type="ngo_report", published="2022-09", **named)
    publish_station(1, citations=[citation_part("D-1"), citation_part(report)])


def tried(queries):
    return {name for query, _expected in queries for name in QueryDict(query)}


def found(filters, model, query):
    filtered = filters(QueryDict(query), model.objects.live())
    assert filtered.is_valid(), filtered.errors
    values = {name: value for name, value in filtered.form.cleaned_data.items() if name in filtered.data}
    narrowed = filters.narrow(model.objects.live(), values)
    assert list(narrowed.order_by("number")) == list(filtered.qs.order_by("number"))
    return "".join(str(row.number) for row in filtered.qs.order_by("number"))


@pytest.mark.django_db
@pytest.mark.usefixtures("stations")
@pytest.mark.parametrize(("query", "expected"), STATIONS)
def test_stations(query, expected):
    assert found(StationFilter, StationDocument, query) == expected


@pytest.mark.django_db
@pytest.mark.usefixtures("responses")
@pytest.mark.parametrize(("query", "expected"), RESPONSES)
def test_responses(query, expected):
    assert found(ResponseFilter, ResponseDocument, query) == expected


@pytest.mark.django_db
@pytest.mark.usefixtures("sources")
@pytest.mark.parametrize(("query", "expected"), SOURCES)
def test_sources(query, expected):
    assert found(SourceFilter, SourceDocument, query) == expected


@pytest.mark.parametrize(("query", "expected"), GOVERNMENTS)
def test_governments(query, expected):
    inquiry = Line(state="running", basis="", label="Inquiry running", since=None, set_by="R-1")
    summaries = [
        Summary("A", Status(value="investigating", inquiry=inquiry), 2, 1),
        Summary("B", Status(value="closed", basis="ordered"), 0, 1),
        Summary("C", NO_RESPONSE, 0, 0),
    ]
    form = GovernmentForm(QueryDict(query))
    assert form.is_valid(), form.errors
    assert "".join(summary.code for summary in form.keep(summaries)) == expected
    given = {name: value for name, value in form.cleaned_data.items() if name in form.data}
    assert matching(summaries, given) == form.keep(summaries)


@pytest.mark.parametrize(
    ("filters", "queries"),
    [
        (StationFilter, STATIONS),
        (ResponseFilter, RESPONSES),
        (SourceFilter, SOURCES),
        (GovernmentForm, GOVERNMENTS),
    ],
)
def test_every_filter_is_tried_above(filters, queries):
    assert tried(queries) == set(form_of(filters).fields)


@pytest.mark.django_db
@pytest.mark.usefixtures("stations")
def test_without_filters_everything_is_kept():
    assert found(StationFilter, StationDocument, "") == "123"
    assert StationFilter(None, StationDocument.objects.live()).qs.count() == 3


@pytest.mark.django_db
@pytest.mark.usefixtures("stations")
def test_a_plain_dictionary_can_be_asked_too():
    assert StationFilter({"country": "DE,FR"}, StationDocument.objects.live()).qs.count() == 2
    assert StationFilter({}, StationDocument.objects.live()).qs.count() == 3


@pytest.mark.django_db
def test_pages_can_ignore_a_bad_value_and_keep_the_others():
    publish_station(1)
    publish_station(2, country="DE")
    filters = StationFilter(QueryDict("country=DE&kind=castle"), StationDocument.objects.live())
    assert "kind" in filters.form.errors
    assert [row.reference for row in filters.qs] == ["S-2"]


@pytest.mark.django_db
def test_a_source_that_a_superseded_version_cited_finds_nothing():
    publish_station(1)
    publish_station(1, version=2, citations=[citation_part("D-2")])
    assert found(StationFilter, StationDocument, "source=D-1") == ""
    assert found(StationFilter, StationDocument, "source=D-2") == "1"


@pytest.mark.django_db
def test_statuses_of_all_kinds_can_be_asked_for():
    publish_response(1, **no_action())
    assert found(ResponseFilter, ResponseDocument, "sets_status=no_action") == "1"
