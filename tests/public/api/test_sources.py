"""Sources, and who cites them."""

from tests.factories.publications import (
    citation_part,
    publish_agreement,
    publish_claim,
    publish_response,
    publish_station,
    retract,
    source_part,
)


def test_a_detail_lists_the_live_records_that_cite_it(get, django_assert_num_queries):
    publish_station(1)
    publish_response(1, citations=[citation_part("D-1", field="standing", stance="denies")])
    with django_assert_num_queries(3):
        body = get("sources/D-1/").json()
    assert body["publisher"] == "NRC"
    assert body["cited_by"] == [
        {
            "reference": "R-1",
            "record_kind": "response",
            "record_kind_label": "Response",
            "label": "Netherlands: response 1",
            "field": "standing",
            "stance": "denies",
            "stance_label": "Denies",
            "links": {"self": "/api/v1/responses/R-1/"},
        },
        {
            "reference": "S-1",
            "record_kind": "station",
            "record_kind_label": "Station",
            "label": "Amsterdam: station 1",
            "field": None,
            "stance": "supports",
            "stance_label": "Supports",
            "links": {"self": "/api/v1/stations/S-1/"},
        },
    ]
    assert {name: get(path).json()["count"] for name, path in body["cited_by_lists"].items()} == {
        "stations": 1,
        "responses": 1,
        "agreements": 0,
        "claims": 0,
    }


def test_agreements_and_claims_are_among_what_cites_it(get):
    publish_agreement(1, citations=[citation_part(field="signed")])
    publish_claim(1)
    body = get("sources/D-1/").json()
    assert [(row["reference"], row["record_kind_label"]) for row in body["cited_by"]] == [
        ("C-1", "Claim"),
        ("A-1", "Agreement"),
    ]
    for row in body["cited_by"]:
        assert get(row["links"]["self"]).status_code == 200
    for name in ("agreements", "claims"):
        assert get(body["cited_by_lists"][name]).json()["count"] == 1


def test_a_detail_names_no_retracted_and_no_superseded_citation(get):
    publish_station(1)
    publish_station(2)
    publish_station(3)
    retract("S-2")
    publish_station(3, version=2, citations=[citation_part("D-2")])
    assert [row["reference"] for row in get("sources/D-1/").json()["cited_by"]] == ["S-1"]


def test_a_detail_embeds_no_more_than_it_says(get, monkeypatch):
    monkeypatch.setattr("casetracker.public.api.views.sources.EMBEDDED", 2)
    for number in range(1, 5):
        publish_station(number)
    body = get("sources/D-1/").json()
    assert [row["reference"] for row in body["cited_by"]] == ["S-4", "S-3"]
    assert get(body["cited_by_lists"]["stations"]).json()["count"] == 4


def test_a_source_that_no_live_record_cites_any_more_is_gone(get):
    first = publish_station(1, citations=[citation_part(source_part("D-1", title="Somebody's name"))])
    entry = retract("S-1", "harm")
    response = get("sources/D-1/")
    assert response.status_code == 410
    assert "Somebody" not in response.content.decode()
    body = response.json()
    assert (body["reference"], body["record_kind"], body["reason"]) == ("D-1", "source", "no_longer_cited")
    assert body["first_published_at"] == first.published_at.isoformat().replace("+00:00", "Z")
    assert body["withdrawn_at"] == entry.published_at.isoformat().replace("+00:00", "Z")
    assert get("sources/").json()["count"] == 0


def test_a_source_that_is_only_named_as_the_origin_of_another_is_not_public(get):
    copy = source_part("D-2", derived_from="D-1", derivation="copy")
    publish_station(1, citations=[citation_part(copy)])
    assert get("sources/D-2/").json()["derived_from"] == "D-1"
    assert get("sources/D-1/").status_code == 404
