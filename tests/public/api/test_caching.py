"""Who has seen this head is told so after one query; nobody is told so after the next publication."""

import gzip

import pytest
from django.utils.http import http_date

from casetracker.publication.reading import current_head
from tests.factories.publications import publish_response, publish_station, retract

CONDITIONAL = [
    "",
    "stations/",
    "stations/?country=NL&limit=1",
    "stations/S-1/",
    "stations/S-1/versions/",
    "stations/S-1/versions/1/",
    "responses/",
    "responses/R-1/",
    "governments/",
    "governments/NL/",
    "sources/",
    "sources/D-1/",
    "log/",
    "log/1/",
    "changes/?since=1",
]


@pytest.fixture(autouse=True)
def _published(db):
    publish_station(1)
    publish_response(1)


@pytest.mark.parametrize("path", CONDITIONAL)
def test_an_answer_says_at_which_head_it_was_given(get, settings, path):
    settings.BUILD = "1.2.3"
    response, head = get(path), current_head()
    assert response["ETag"] == f'W/"1.2.3-2.{head.entry_hash[:16]}-json"'
    assert response["Last-Modified"] == http_date(head.published_at.timestamp())
    assert response["Cache-Control"] == "public, max-age=0, stale-while-revalidate=30"
    assert {"Accept", "Accept-Encoding"} <= set(response["Vary"].replace(" ", "").split(","))


@pytest.mark.parametrize("path", CONDITIONAL)
def test_who_has_seen_the_head_gets_304_after_one_query(get, path, django_assert_num_queries):
    seen = get(path)
    with django_assert_num_queries(1):
        response = get(path, if_none_match=f'"other", {seen["ETag"]}')
    assert (response.status_code, response.content) == (304, b"")
    for header in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
        assert response[header] == seen[header]
    assert "Content-Type" not in response


@pytest.mark.parametrize("path", CONDITIONAL)
def test_the_next_publication_makes_every_answer_stale(get, path):
    seen = get(path)
    publish_station(2)
    response = get(path, if_none_match=seen["ETag"])
    assert response.status_code == 200
    assert response["ETag"] != seen["ETag"]


def test_a_retraction_is_seen_at_once(get):
    seen = get("stations/S-1/")
    retract("S-1")
    assert get("stations/S-1/", if_none_match=seen["ETag"]).status_code == 410


def test_a_new_build_makes_answers_stale(get, settings):
    settings.BUILD = "1"
    seen = get("stations/")
    settings.BUILD = "2"
    assert get("stations/", if_none_match=seen["ETag"]).status_code == 200


@pytest.mark.parametrize("tag", ["*", '"', "W/", 'W/"', "x", "\xe9", '"json"'])
def test_other_tags_are_answered_in_full(get, tag):
    assert get("stations/", if_none_match=tag).status_code == 200


def test_the_date_alone_gives_no_304(get):
    seen = get("stations/")
    assert get("stations/", if_modified_since=seen["Last-Modified"]).status_code == 200


def test_bad_parameters_are_refused_whatever_the_client_has_seen(get):
    seen = get("stations/")
    assert get("stations/?colour=red", if_none_match=seen["ETag"]).status_code == 400


@pytest.mark.parametrize("path", ["stations/S-9/", "stations/?limit=0", "nothing/"])
def test_errors_carry_no_tag_and_are_asked_for_again(get, path):
    response = get(path)
    assert "ETag" not in response
    assert response["Cache-Control"] == "no-cache"


def test_nothing_is_shown_without_asking_where_that_is_wanted(get, settings):
    settings.API_STALE_SECONDS = 0
    assert get("stations/")["Cache-Control"] == "no-cache"


def test_answers_are_compressed_for_those_who_take_it(get):
    plain, packed = get("stations/"), get("stations/", accept_encoding="gzip")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] == plain["ETag"]
    table = get("stations/?format=csv", accept_encoding="gzip")
    assert gzip.decompress(table.getvalue()) == get("stations/?format=csv").getvalue()
    assert get("/en/stations/", accept_encoding="gzip")["Content-Encoding"] == "gzip"


def test_pages_with_secrets_are_not_compressed(client, db):
    response = client.get("/accounts/login/", headers={"accept-encoding": "gzip"})
    assert b"csrfmiddlewaretoken" in response.content
    assert "Content-Encoding" not in response


def test_other_sites_may_read_and_ask_again(client):
    response = client.get("/api/v1/stations/", headers={"origin": "https://elsewhere.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert {"ETag", "Retry-After"} <= set(response["Access-Control-Expose-Headers"].split(", "))
    before = client.options(
        "/api/v1/stations/",
        headers={"origin": "https://elsewhere.example", "access-control-request-method": "GET"},
    )
    assert "if-none-match" in before["Access-Control-Allow-Headers"]
    assert before["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
