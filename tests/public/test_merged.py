"""What the public finds where a station was that another one has taken over."""

import io

import pytest
from django.core.management import call_command

from casetracker.publication.chain import verify_chain
from tests.factories.publications import merge, publish_response, publish_station, retract

pytestmark = pytest.mark.django_db


@pytest.fixture
def merged():
    """S-1 was merged into S-2."""
    publish_station(1, label="CANARY", summary="CANARY")
    publish_station(2, label="Amsterdam: the one that stays")
    return merge("S-1", "S-2")


@pytest.mark.parametrize("place", ["/api/v1/stations/{}/", "/en/stations/{}/"])
def test_its_address_leads_to_the_one_that_stays(client, merged, place):
    response = client.get(place.format("S-1"))
    assert (response.status_code, response["Location"]) == (301, place.format("S-2"))
    assert response["Cache-Control"] == "no-cache", "nobody keeps it without asking again"
    assert "CANARY" not in response.content.decode()
    assert client.get(response["Location"]).status_code == 200


def test_the_answer_of_the_api_explains_itself_and_keeps_the_question(client, merged):
    response = client.get("/api/v1/stations/S-1/?known_at=2")
    assert response["Location"] == "/api/v1/stations/S-2/?known_at=2"
    answer = response.json()
    assert (answer["reference"], answer["successor"], answer["reason"]) == ("S-1", "S-2", "duplicate")
    assert answer["detail"].startswith("S-1 was merged into S-2 on ")
    assert client.get("/api/v1/stations/S-1/?colour=red").status_code == 400


@pytest.mark.parametrize("path", ["versions/", "versions/1/"])
def test_its_versions_are_gone_and_name_the_successor(client, merged, path):
    response = client.get(f"/api/v1/stations/S-1/{path}")
    assert (response.status_code, response.json()["successor"]) == (410, "S-2")


def test_the_page_of_a_version_says_where_to_go(client, merged):
    response = client.get("/en/stations/S-1/versions/1/")
    text = response.content.decode()
    assert response.status_code == 410
    assert "S-1 was merged into another record" in text
    assert '<a href="/en/stations/S-2/">S-2</a>' in text
    assert "CANARY" not in text


def test_it_is_in_no_list_count_or_earlier_view(client, merged):
    for query in ("", "?known_at=1", "?known_at=2"):
        results = client.get(f"/api/v1/stations/{query}").json()["results"]
        assert "S-1" not in [row["reference"] for row in results]
    assert client.get("/api/v1/stations/").json()["count"] == 1
    assert "CANARY" not in client.get("/en/stations/").content.decode()


def test_the_one_that_stays_says_what_it_took_over(client, merged):
    assert "S-1, which told of the same, on" in client.get("/en/stations/S-2/").content.decode()


def test_the_log_and_the_start_page_tell_it(client, merged):
    entry = client.get(f"/api/v1/log/{merged.sequence}/").json()
    assert (entry["action"], entry["reference"], entry["version"]) == ("merge", "S-1", None)
    text = " ".join(client.get("/en/").content.decode().split())
    assert "Merged" in text
    assert 'into <a href="/en/stations/S-2/">S-2</a>' in text


def test_a_chain_is_followed_to_its_end(client, merged):
    publish_station(3)
    merge("S-2", "S-3")
    for reference in ("S-1", "S-2"):
        assert client.get(f"/api/v1/stations/{reference}/")["Location"] == "/api/v1/stations/S-3/"
        assert client.get(f"/en/stations/{reference}/")["Location"] == "/en/stations/S-3/"
    assert client.get("/api/v1/stations/S-1/versions/").json()["successor"] == "S-3"


def test_where_the_successor_is_retracted_its_reason_is_read_there(client, merged):
    retract("S-2", reason="harm")
    response = client.get("/en/stations/S-1/", follow=True)
    assert response.redirect_chain == [("/en/stations/S-2/", 301)]
    assert response.status_code == 410
    assert "It could harm someone." in response.content.decode()


def test_a_response_that_still_names_it_leads_there(client, merged):
    publish_response(1, stations=["S-1"])
    assert client.get("/en/responses/R-1/").status_code == 200


def test_the_log_holds_and_gives_the_same_documents_again(merged):
    assert list(verify_chain()) == []
    call_command("rebuild_public", check=True, stdout=io.StringIO())
