"""Lists: stored texts in pages, with a count."""

import json

import pytest

from casetracker.public.models import (
    AgreementDocument,
    ClaimDocument,
    ResponseDocument,
    SourceDocument,
    StationDocument,
)
from tests.factories.publications import (
    citation_part,
    publish_agreement,
    publish_claim,
    publish_response,
    publish_station,
    retract,
)


def references(response):
    return [row["reference"] for row in response.json()["results"]]


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("stations/", StationDocument),
        ("responses/", ResponseDocument),
        ("agreements/", AgreementDocument),
        ("claims/", ClaimDocument),
        ("sources/", SourceDocument),
    ],
)
def test_a_list_holds_the_stored_texts_byte_by_byte(get, path, model):
    publish_station(1, citations=[citation_part("D-1"), citation_part("D-2")])
    publish_station(2)
    publish_response(1)
    publish_response(2)
    for number in (1, 2):
        publish_agreement(number)
        publish_claim(number)
    bodies = list(model.objects.live().order_by("number").values_list("body", flat=True))
    response = get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response.content.decode() == f'{{"count":2,"next":null,"results":[{",".join(bodies)}]}}'
    assert json.loads(bodies[0]) == response.json()["results"][0]


def test_an_empty_list(get):
    assert get("stations/").json() == {"count": 0, "next": None, "results": []}


def test_a_list_shows_only_what_is_live(get):
    publish_station(1)
    publish_station(2)
    publish_station(1, version=2, label="Corrected")
    retract("S-2")
    response = get("stations/")
    assert [row["label"] for row in response.json()["results"]] == ["Corrected"]
    assert response.json()["count"] == 1


def test_next_leads_through_all_pages_and_keeps_the_query(get):
    for number in range(1, 8):
        publish_station(number, country="DE" if number == 4 else "NL")
    response = get("stations/?country=NL&ordering=-number&limit=2")
    found = references(response)
    while response.json()["next"]:
        assert response.json()["next"].startswith("/api/v1/stations/?country=NL&ordering=-number&limit=2&cursor=")
        response = get(response.json()["next"])
        assert response.json()["count"] == 6
        found += references(response)
    assert found == ["S-7", "S-6", "S-5", "S-3", "S-2", "S-1"]


def test_a_repeated_filter_stays_in_next(get):
    for number, country in enumerate(["NL", "DE", "FR"], start=1):
        publish_station(number, country=country)
    following = get("stations/?country=NL&country=DE&limit=1").json()["next"]
    assert references(get(following)) == ["S-2"]


def test_a_page_stays_where_it_was_when_something_is_published_meanwhile(get):
    for number in (1, 2, 4):
        publish_station(number)
    following = get("stations/?limit=2").json()["next"]
    retract("S-1")
    publish_station(3)
    assert references(get(following)) == ["S-3", "S-4"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("stations/", "S-1 S-2 S-3"),
        ("stations/?ordering=-number", "S-3 S-2 S-1"),
        ("stations/?ordering=country", "S-2 S-1 S-3"),
        ("responses/?ordering=date", "R-2 R-1"),
        ("responses/?ordering=-date", "R-1 R-2"),
        ("agreements/?ordering=country", "A-2 A-1"),
        ("agreements/?ordering=-date", "A-1 A-2"),
        ("claims/?ordering=country", "C-2 C-1"),
        ("claims/?ordering=date", "C-2 C-1"),
        ("claims/?ordering=-date", "C-1 C-2"),
    ],
)
def test_orders(get, path, expected):
    for number, country in enumerate(["NL", "DE", "NL"], start=1):
        publish_station(number, country=country)
    publish_response(1, date="2022-11-01")
    publish_response(2, date="2022-10")
    publish_agreement(1)
    publish_agreement(2, country="HR", signed="")
    publish_claim(1)
    publish_claim(2, country="", as_of="2022-09")
    assert " ".join(references(get(path))) == expected


def test_a_page_has_50_results_unless_another_number_is_asked_for(get):
    publish_station(1, citations=[citation_part(f"D-{number}") for number in range(1, 121)])
    assert len(references(get("sources/"))) == 50
    assert len(references(get("sources/?limit=100"))) == 100
    assert len(references(get("sources/?limit=7"))) == 7


@pytest.mark.parametrize(
    "path",
    [
        "stations/?country=NL",
        "responses/?kind=statement",
        "agreements/?country=IT",
        "claims/?superseded=false",
        "sources/?language=nl",
    ],
)
def test_a_list_takes_three_queries_and_two_once_its_count_is_known(get, path, django_assert_num_queries):
    for number in range(1, 6):
        publish_station(number, citations=[citation_part(), citation_part("D-2")])
        publish_response(number, stations=["S-1", "S-2"])
        publish_agreement(number)
        publish_claim(number)
    with django_assert_num_queries(3):
        first = get(path)
    with django_assert_num_queries(2):
        second = get(path)
    assert first.content == second.content


def test_the_count_follows_the_head(get):
    publish_station(1)
    assert get("stations/").json()["count"] == 1
    publish_station(2)
    assert get("stations/").json()["count"] == 2
    retract("S-1")
    assert get("stations/").json()["count"] == 1


def test_the_count_belongs_to_its_filters(get):
    publish_station(1)
    publish_station(2, country="DE")
    assert [get(f"stations/?{query}").json()["count"] for query in ("", "country=DE", "country=FR")] == [2, 1, 0]
    assert get("stations/?country=DE,NL").json()["count"] == 2
