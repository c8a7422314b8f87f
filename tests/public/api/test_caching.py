"""Who has seen this head is told so after one query; nobody is told so after the next publication."""

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
    assert response["Cache-Control"] == "no-cache"
    assert "Accept" in response["Vary"].replace(" ", "").split(",")


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
