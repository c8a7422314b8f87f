"""Details and versions: permanent addresses, 404 for what is not public, 410 for what was withdrawn."""

import json

import pytest

from casetracker.public.models import StationDocument
from tests.factories.publications import (
    publish_agreement,
    publish_claim,
    publish_response,
    publish_station,
    retract,
)


@pytest.mark.parametrize(
    ("path", "publish"),
    [
        ("stations/S-1/", publish_station),
        ("responses/R-1/", publish_response),
        ("agreements/A-1/", publish_agreement),
        ("claims/C-1/", publish_claim),
    ],
)
def test_a_detail_is_the_stored_text(get, path, publish, django_assert_num_queries):
    publish(1)
    with django_assert_num_queries(2):
        response = get(path)
    assert response.status_code == 200
    assert response.json()["links"]["self"] == "/api/v1/" + path
    for link in ("version", "versions", "government"):
        assert get(response.json()["links"][link]).status_code == 200


def test_a_detail_is_the_last_version(get):
    publish_station(1)
    publish_station(1, version=2, label="Corrected")
    response = get("stations/S-1/")
    assert (response.json()["label"], response.json()["version"]) == ("Corrected", 2)
    assert response.content.decode() == StationDocument.objects.live().get().body


def test_earlier_versions_stay_readable_and_are_marked(get):
    publish_station(1)
    publish_station(1, version=2, label="Corrected")
    first, second = get("stations/S-1/versions/1/").json(), get("stations/S-1/versions/2/").json()
    assert (first.pop("superseded"), second.pop("superseded")) == (True, False)
    stored = [json.loads(row.body) for row in StationDocument.objects.order_by("version")]
    assert [first, second] == stored


def test_the_versions_are_listed_with_their_entries_in_the_log(get):
    publish_response(1)
    first = publish_station(1)
    second = publish_station(1, version=2, label="Corrected")
    listed = get("stations/S-1/versions/").json()
    assert (listed["count"], listed["next"]) == (2, None)
    assert [(row["version"], row["superseded"], row["label"]) for row in listed["results"]] == [
        (1, True, "Amsterdam: station 1"),
        (2, False, "Corrected"),
    ]
    for row, entry in zip(listed["results"], (first, second), strict=True):
        assert get(row["links"]["self"]).json()["version"] == row["version"]
        assert get(row["links"]["log_entry"]).json()["entry_hash"] == entry.entry_hash


def test_versions_come_in_pages(get):
    for version in range(1, 6):
        publish_station(1, version=version)
    page = get("stations/S-1/versions/?limit=2&ordering=-version").json()
    assert [row["version"] for row in page["results"]] == [5, 4]
    assert [row["version"] for row in get(page["next"]).json()["results"]] == [3, 2]


PLACES = ["stations/S-1/", "stations/S-1/versions/", "stations/S-1/versions/1/", "stations/S-1/versions/2/"]


@pytest.mark.parametrize("path", PLACES)
def test_every_address_of_a_retracted_record_says_why_it_is_gone(get, path):
    first = publish_station(1)
    publish_station(1, version=2)
    entry = retract("S-1", "harm", "Somebody could be found.")
    response = get(path)
    assert response.status_code == 410
    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "Gone",
        "status": 410,
        "detail": f"S-1 was retracted on {entry.published_at:%Y-%m-%d}. It could harm someone.",
        "errors": [],
        "reference": "S-1",
        "record_kind": "station",
        "reason": "harm",
        "reason_label": "It could harm someone",
        "note": "Somebody could be found.",
        "successor": None,
        "first_published_at": first.published_at.isoformat().replace("+00:00", "Z"),
        "withdrawn_at": entry.published_at.isoformat().replace("+00:00", "Z"),
        "erased_versions": [],
    }


@pytest.mark.parametrize(
    ("publish", "reference", "plural", "kind"),
    [(publish_agreement, "A-1", "agreements", "agreement"), (publish_claim, "C-1", "claims", "claim")],
)
def test_agreements_and_claims_have_versions_and_a_retraction(get, publish, reference, plural, kind):
    publish(1)
    publish(1, version=2, label="Corrected")
    listed = get(f"{plural}/{reference}/versions/").json()
    assert [(row["version"], row["superseded"]) for row in listed["results"]] == [(1, True), (2, False)]
    for row in listed["results"]:
        assert get(row["links"]["self"]).json()["label"] == row["label"]
    retract(reference, "duplicate")
    for path in ("", "versions/", "versions/1/", "versions/2/"):
        response = get(f"{plural}/{reference}/{path}")
        assert (response.status_code, response.json()["record_kind"]) == (410, kind)
    assert get(f"{plural}/").json()["count"] == 0


def test_a_superseded_claim_stays_readable_and_says_by_what(get):
    publish_claim(2)
    publish_claim(1, superseded_by="C-2")
    assert get("claims/C-1/").json()["superseded_by"] == "C-2"
    assert get("claims/C-1/").json()["links"]["self"] == "/api/v1/claims/C-1/"


def test_a_retraction_is_answered_at_any_page_of_the_versions(get):
    publish_response(1)
    retract("R-1", "legal", "")
    response = get("responses/R-1/versions/?ordering=-version&limit=1")
    assert (response.status_code, response.json()["reason"], response.json()["note"]) == (410, "legal", None)


def test_a_record_that_comes_back_is_read_again_but_not_its_earlier_versions(get):
    publish_station(1)
    retract("S-1", "error")
    publish_station(1, version=2)
    assert get("stations/S-1/").status_code == 200
    assert [row["version"] for row in get("stations/S-1/versions/").json()["results"]] == [2]
    assert get("stations/S-1/versions/1/").json()["reason"] == "error"
    retract("S-1", "legal")
    assert get("stations/S-1/versions/1/").json()["reason"] == "error"
    assert get("stations/S-1/versions/2/").json()["reason"] == "legal"
    assert get("stations/S-1/").json()["reason"] == "legal"


@pytest.mark.parametrize(
    "path",
    [
        "stations/S-2/",
        "stations/S-2/versions/",
        "stations/S-2/versions/1/",
        "stations/S-1/versions/2/",
        "stations/S-0/",
        "stations/S-01/",
        "stations/s-1/",
        "stations/R-1/",
        "stations/S-99999999999999999999/",
        "stations/S-1/versions/0/",
        "stations/S-1/versions/99999999999999999999/",
        "stations/S-1%0A/",
        "stations/S-1/versions/1/%0A",
        "stations/S-%D9%A1/",
        "responses/R-9/",
        "agreements/A-9/",
        "agreements/C-1/",
        "claims/C-9/",
        "claims/A-1/",
        "claims/C-9/versions/1/",
        "sources/D-9/",
        "governments/XX/",
        "governments/nl/",
        "log/9/",
        "log/0/",
        "log/99999999999999999999/",
        "nothing/here/",
    ],
)
def test_what_is_not_public_looks_like_what_never_was(get, path):
    publish_station(1)
    response, never = get(path), get("stations/S-77/")
    assert response.status_code == 404
    assert response.content == never.content
    ignored = {"Content-Length"}
    assert {k: v for k, v in response.items() if k not in ignored} == {
        k: v for k, v in never.items() if k not in ignored
    }
    assert response.json()["detail"] == "Nothing is published at this address."
