"""Health and metrics: figures for those who have the token, and nothing of records and people in them."""

import pytest
from django.db import connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from casetracker.core.append_only import drop_triggers
from tests.factories.records import bring_to, make_people, make_station

pytestmark = pytest.mark.django_db

TOKEN = "a token for these tests"  # noqa: S105


@pytest.fixture
def scrape(settings, client, django_assert_max_num_queries):
    settings.METRICS_TOKEN = TOKEN

    def scrape():
        with django_assert_max_num_queries(30):
            response = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
        families = list(text_string_to_metric_families(response.text))
        return response.text, {(s.name, *sorted(s.labels.values())): s.value for f in families for s in f.samples}

    return scrape


def test_it_counts_and_names_nobody(scrape):
    people = make_people()
    bring_to(make_station(by=people.author, locality="Rotterdam"), "live", **vars(people))
    make_station(by=people.author, locality="Utrecht", notes="Met the neighbour")
    text, figures = scrape()
    assert figures["casetracker_log_sequence",] == 1
    assert figures["casetracker_log_signed_sequence",] == 0
    assert figures["casetracker_log_whole",] == 1
    assert figures["casetracker_records", "draft", "never", "station"] == 1
    assert figures["casetracker_records", "idle", "live", "station"] == 1
    assert figures["casetracker_disk_free_bytes",] > 0
    for word in ("Rotterdam", "Utrecht", "neighbour", people.author.username, people.author.email, "S-1"):
        assert word not in text


def test_it_sees_that_the_log_was_changed(scrape):
    people = make_people()
    bring_to(make_station(by=people.author), "live", **vars(people))
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE publication_logentry SET reference = 'S-9'")
    assert scrape()[1]["casetracker_log_whole",] == 0


@pytest.mark.parametrize("given", [{}, {"authorization": "Bearer another"}, {"authorization": TOKEN[:-1]}])
def test_without_the_token_there_is_no_such_page(settings, client, given):
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers=given).status_code == 404


def test_without_a_token_in_the_settings_nothing_opens_it(client):
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def test_health_is_what_it_is(client):
    assert client.get("/health/live").text == client.get("/health/ready").text == "ok\n"
    assert client.post("/health/ready").status_code == 405
    response = client.get("/health/ready")
    assert not response.cookies
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.django_db(transaction=True)
def test_it_is_not_ready_without_the_triggers_of_the_log(client):
    drop_triggers()
    assert client.get("/health/live").status_code == 200
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert "manage.py doctor" in response.text


def test_being_alive_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        Client().get("/health/live")
