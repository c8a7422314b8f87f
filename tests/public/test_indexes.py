"""Lists and the status rule read by index: no sorting, no reading of rows that are not shown."""

import datetime as dt

import pytest
from django.db import connection

from casetracker.public.coverage import coverages
from casetracker.public.filters import AgreementFilter, ClaimFilter, ResponseFilter, StationFilter
from casetracker.public.governments import responses_about
from casetracker.public.keyset import Ordering
from casetracker.public.models import (
    AgreementDocument,
    CitationLink,
    ClaimDocument,
    ResponseDocument,
    SourceDocument,
    StationDocument,
)
from casetracker.public.place_filters import Box, Near

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads small tables without indexes"),
]

NUMBER = Ordering("number", ("number",))
COUNTRY = Ordering("country", ("country", "number"))
DATE = Ordering("-date", ("date_earliest", "number"))
COUNTED = Ordering("-date", ("counts_from", "number"))
PUBLISHED = Ordering("-published", ("from_seq",))
CLAIMED = Ordering("-date", ("as_of_earliest", "number"))


def stations(**values):
    return StationFilter.narrow(StationDocument.objects.live(), values)


def responses(**values):
    return ResponseFilter.narrow(ResponseDocument.objects.live(), values)


def agreements(**values):
    return AgreementFilter.narrow(AgreementDocument.objects.live(), values)


def claims(**values):
    return ClaimFilter.narrow(ClaimDocument.objects.live(), values)


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
        (lambda: page(stations(source="D-1"), NUMBER), "autoindex_public_citationlink"),
        (lambda: page(responses(), NUMBER, 1000), "public_response_number"),
        (lambda: page(responses(), DATE, dt.date(2022, 10, 1), 1000), "public_response_date"),
        (lambda: page(responses(responder=["CN"]), NUMBER), "public_response_responder"),
        (lambda: page(responses(kind=["denial"]), NUMBER), "public_response_kind"),
        (lambda: page(agreements(), NUMBER, 1000), "public_agreement_number"),
        (lambda: page(agreements(), COUNTRY, "IT", 1000), "public_agreement_country"),
        (lambda: page(agreements(counterpart=["CN"]), NUMBER), "public_agreement_counterpart"),
        (lambda: page(agreements(), COUNTED, dt.date(2022, 10, 1), 1000), "public_agreement_date"),
        (lambda: page(claims(), NUMBER, 1000), "public_claim_number"),
        (lambda: page(claims(), COUNTRY, "CA", 1000), "public_claim_country"),
        (lambda: page(claims(claimed_by="China"), NUMBER), "public_claim_claimed_by"),
        (lambda: page(claims(), CLAIMED, dt.date(2022, 10, 1), 1000), "public_claim_date"),
        (
            lambda: claims(topic=["station_count"], country=["CA"]).order_by("-counts_from", "-number"),
            "public_claim_count",
        ),
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
        (lambda: page(stations(), PUBLISHED, 1000), "public_stationdocument_seq"),
        (lambda: stations(near=Near(52.4, 4.9, 50)), "public_station_place"),
        (lambda: stations(bbox=Box(3.3, 50.7, 7.3, 53.6)), "public_station_place"),
        (lambda: SourceDocument.objects.filter(from_seq__range=(1, 50)), "public_source_begun"),
        (lambda: SourceDocument.objects.filter(to_seq__range=(1, 50)), "public_source_ended"),
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


def test_the_counts_of_all_countries_are_read_from_the_index(django_assert_num_queries):
    with django_assert_num_queries(2) as queries:
        coverages()
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + queries[0]["sql"])
        plan = str(cursor.fetchall())
    assert "public_claim_count" in plan
    assert "TEMP B-TREE" not in plan
