"""A page costs the same number of queries however much it shows."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.publications import (
    append,
    citation_part,
    investigating,
    publish_agreement,
    publish_claim,
    publish_response,
    publish_station,
    retract,
    source_part,
    station_snapshot,
    stations_counted,
)

pytestmark = pytest.mark.slow

# Address to queries: while nothing is cached yet, and when counts are.
COSTS = {
    "/en/": (29, 13),
    "/en/stations/": (21, 2),
    "/en/stations/?country=NL": (21, 2),
    "/en/stations/S-1/": (11, 11),
    "/en/stations/S-1/versions/1/": (6, 6),
    "/en/governments/": (11, 1),
    "/en/map/": (15, 1),
    "/en/map/?region=europe": (15, 1),
    "/en/timeline/": (13, 2),
    "/en/statistics/": (10, 1),
    "/en/statistics/?as_of=2022-12-31&compared_with=2022-01-01": (19, 1),
    "/en/governments/NL/?as_of=2022-12-01&known_at=9": (16, 16),
    "/en/governments/NL/": (15, 15),
    "/en/responses/": (12, 3),
    "/en/responses/R-1/": (6, 6),
    "/en/agreements/": (9, 2),
    "/en/agreements/A-1/": (6, 6),
    "/en/agreements/A-1/versions/1/": (6, 6),
    "/en/claims/": (11, 3),
    "/en/claims/C-1/": (8, 8),
    "/en/claims/C-1/versions/1/": (7, 7),
    "/en/sources/": (6, 2),
    "/en/sources/D-1/": (8, 8),
    "/en/method/": (10, 1),
}


def publish_some(first, last):
    for number in range(first, last + 1):
        copied = source_part(f"D-{number}", derived_from="D-1", derivation="copy")
        citations = [citation_part(), citation_part(copied), citation_part(stance="denies")]
        publish_station(number, citations=citations)
        publish_response(number, stations=[f"S-{number}", "S-1"], citations=citations, **investigating())
        publish_response(number + 100, kind="denial", responder="CN", concerns="NL", citations=citations)
        publish_agreement(number, country="NL", ended_by="R-1", citations=citations)
        publish_claim(number, **stations_counted(number, country="NL", superseded_by="C-2", citations=citations))


def cost(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def costs(client):
    """What each page costs, while nothing is cached yet, and when counts are."""
    found = {}
    for path in COSTS:
        cache.clear()
        found[path] = cost(client, path), cost(client, path)
    return found


def test_more_records_cost_no_more_queries(client, db):
    publish_some(1, 2)
    append(station_snapshot(1, version=2), action="correct", version=2, note="A note.")
    publish_station(10)
    retract("S-10")
    few = costs(client)
    publish_some(3, 9)
    retract("S-9")
    many = costs(client)
    assert few == many
    assert {path: cost for path, cost in many.items() if cost[0] > COSTS[path][0] or cost[1] > COSTS[path][1]} == {}
