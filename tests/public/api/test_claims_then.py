"""Agreements, claims and coverage as of a day of the world, and as they were known."""

import pytest

from tests.factories.publications import (
    publish_agreement,
    publish_claim,
    publish_station,
    retract,
    stations_counted,
)


@pytest.fixture
def canada(db):
    """Entries 1 to 5 of the log."""
    publish_claim(1, **stations_counted(3, as_of="2022-09"))
    publish_claim(2, **stations_counted(5))
    publish_claim(1, version=2, **stations_counted(3, as_of="2022-09", superseded_by="C-2"))
    publish_station(1, country="CA", first_reported="2022-09")
    publish_station(2, country="CA", first_reported="2022-12", counted_in=[])


def references(response):
    assert response.status_code == 200, response.content
    return " ".join(row["reference"] for row in response.json()["results"])


@pytest.mark.usefixtures("canada")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("as_of=2022-09-29", ""),
        ("as_of=2022-09-30", "C-1"),
        ("as_of=2022-12-05", "C-1 C-2"),
        ("known_at=1999-12-31", ""),
        ("known_at=1", "C-1"),
        ("known_at=2&superseded=true", ""),
        ("known_at=3&superseded=true", "C-1"),
        ("known_at=3&superseded=true&as_of=2022-12-04", ""),
        ("superseded=false", "C-2"),
    ],
)
def test_claims_then(get, query, expected):
    assert references(get(f"claims/?{query}")) == expected


@pytest.mark.usefixtures("canada")
def test_a_claim_is_read_as_it_was_known(get):
    assert get("claims/C-1/?known_at=2").json()["superseded_by"] is None
    assert get("claims/C-1/?known_at=3").json()["superseded_by"] == "C-2"
    assert get("claims/C-2/?known_at=1").status_code == 404
    retract("C-2")
    assert get("claims/C-2/?known_at=3").status_code == 410


def test_agreements_then(get):
    publish_agreement(1, signed="2015")
    publish_agreement(2, signed="")
    assert references(get("agreements/?as_of=2015-12-30")) == ""
    assert references(get("agreements/?as_of=2015-12-31")) == "A-1"
    assert references(get("agreements/?known_at=1")) == "A-1"
    assert references(get("agreements/")) == "A-1 A-2"
    assert get("agreements/A-2/?known_at=1").status_code == 404


@pytest.mark.usefixtures("canada")
@pytest.mark.parametrize(
    ("query", "claims", "explanation"),
    [
        ("", ["C-1", "C-2"], "5 reported, 2 listed, 1 of them counted, 1 alleged elsewhere."),
        ("?as_of=2022-12-04", ["C-1"], "3 reported, 1 listed, 1 of them counted."),
        ("?known_at=2", ["C-1", "C-2"], "5 reported, none listed."),
        ("?known_at=4&as_of=2022-10-01", ["C-1"], "3 reported, 1 listed, 1 of them counted."),
        ("?known_at=1999-12-31", [], "No count reported, none listed."),
    ],
)
def test_the_coverage_of_a_government_then(get, query, claims, explanation):
    body = get(f"governments/CA/{query}").json()
    assert [claim["reference"] for claim in body["claims"]] == claims
    assert body["coverage"]["explanation"].startswith(explanation)
    rows = get(f"governments/{query}").json()["results"]
    assert [row["coverage"] for row in rows] == ([body["coverage"]] if claims else [])


@pytest.mark.usefixtures("canada")
def test_pages_tell_the_same_then(client):
    page = client.get("/en/governments/CA/?as_of=2022-12-04").text
    assert "3 reported, 1 listed, 1 of them counted." in page
    assert "C-2" not in page
    assert "A later claim" not in page
    listed = client.get("/en/claims/?as_of=2022-12-04").text
    assert "C-1" in listed
    assert "Superseded by" not in listed
    assert "Superseded by" in client.get("/en/claims/?as_of=2022-12-05").text
