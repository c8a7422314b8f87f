"""Lists and the status rule read by index: no sorting, no reading of rows that are not shown."""

import datetime as dt

import pytest
from django.db import connection

from casetracker.public.filters import ResponseFilter, StationFilter
from casetracker.public.governments import responses_about
from casetracker.public.keyset import Ordering
from casetracker.public.models import CitationLink, ResponseDocument, SourceDocument, StationDocument

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads small tables without indexes"),
]

NUMBER = Ordering("number", ("number",))
COUNTRY = Ordering("country", ("country", "number"))
DATE = Ordering("-date", ("date_earliest", "number"))


def stations(**values):
    return StationFilter.narrow(StationDocument.objects.live(), values)


def responses(**values):
    return ResponseFilter.narrow(ResponseDocument.objects.live(), values)


def page(queryset, ordering, *after):
    if after:
        queryset = queryset.filter(ordering.after(list(after)))
    return queryset.order_by(*ordering.order_by)


@pytest.mark.parametrize(
    ("queryset", "index"),
    [
        (lambda: page(stations(), NUMBER), "public_station_number"),
        (lambda: page(stations(), NUMBER, 1000), "public_station_number"),
        (lambda: page(stations(), COUNTRY, "NL", 1000), "public_station_country"),
        (lambda: page(stations(country=["NL"]), NUMBER, 1000), "public_station_country"),
        (lambda: page(stations(kind=["service_centre"]), NUMBER), "public_station_kind"),
        (lambda: page(stations(operator_jurisdiction="Fuzhou"), NUMBER), "public_station_operator"),
        (lambda: page(stations(operating_status=["unknown"]), NUMBER), "public_station_operating"),
        (lambda: page(stations(standing=["alleged"]), NUMBER), "public_station_standing"),
        (lambda: page(stations(verification=["reported"]), NUMBER), "public_station_verification"),
        (lambda: page(stations(source="D-1"), NUMBER), "public_citation_record"),
        (lambda: page(responses(), NUMBER, 1000), "public_response_number"),
        (lambda: page(responses(), DATE, dt.date(2022, 10, 1), 1000), "public_response_date"),
        (lambda: page(responses(responder=["CN"]), NUMBER), "public_response_responder"),
        (lambda: page(responses(kind=["denial"]), NUMBER), "public_response_kind"),
        (lambda: page(SourceDocument.objects.live(), NUMBER, 1000), "public_source_number"),
        (lambda: page(SourceDocument.objects.live().filter(type="court"), NUMBER), "public_source_type"),
        (lambda: responses_about("NL"), "public_response_status_order"),
        (
            lambda: responses_about("NL").filter(counts_from__lte=dt.date(2022, 10, 1)),
            "public_response_status_order",
        ),
        (
            lambda: CitationLink.objects.live().filter(source_reference="D-1").order_by("-from_seq"),
            "public_citation_source",
        ),
        (
            lambda: StationDocument.objects.live().filter(reference="S-1"),
            "public_stationdocument_one",
        ),
    ],
)
def test_a_list_is_read_from_its_index(queryset, index):
    plan = queryset().explain()
    assert index in plan
    assert "TEMP B-TREE" not in plan
