"""The public side is the same, byte for byte and query for query, whatever else is in the database."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client

from casetracker.review.models import Record, ReleaseMember
from casetracker.sources.models.confidential import ConfidentialSource
from tests.architecture.routes import PUBLIC, classify, routes
from tests.canary import birds
from tests.canary.crawl import ask, paths_of, read
from tests.canary.crowd import add_many, add_some
from tests.factories.records import MAKERS, bring_to, make_people, make_station

pytestmark = pytest.mark.pages

MANY = 1_000
LISTS = ("/en/stations/?country=NL", "/api/v1/stations/?format=csv", "/api/v1/responses/?as_of=2022-12-01")


@pytest.fixture
def people(db):
    """Those who published a record of each kind and withdrew a station, and who do what is not public then."""
    people = make_people()
    for make in MAKERS.values():
        bring_to(make(by=people.author), "live", **vars(people))
    bring_to(make_station(by=people.author), "retracted", **vars(people))
    cache.clear()
    yield people
    cache.clear()


def first_of_each_route():
    found = [paths_of(route)[0] for route in routes() if classify(route) == PUBLIC]
    client = Client()
    return [ask(client, "GET", path) for path in (*found, *LISTS)]


def read_with_queries(ask_for_all):
    """All answers, and the statements that they took, without what is filled into them."""
    statements = []

    def note(execute, sql, *args):
        statements.append(sql)
        return execute(sql, *args)

    cache.clear()
    with connection.execute_wrapper(note):
        return ask_for_all(), statements


def test_some_of_everything_that_is_not_public_changes_nothing(people):
    before = read_with_queries(first_of_each_route)
    add_some(people)
    assert Record.objects.exclude(public_status="live").count() > len(MAKERS)
    assert read_with_queries(first_of_each_route) == before


@pytest.mark.slow
@pytest.mark.parametrize("ask_for_all", [first_of_each_route, pytest.param(read, marks=pytest.mark.long)])
def test_a_thousand_drafts_confidential_sources_and_embargoed_records_change_nothing(people, ask_for_all):
    before = read_with_queries(ask_for_all)
    add_many(people, MANY)
    assert Record.objects.filter(state="draft").count() > MANY
    assert ConfidentialSource.objects.count() > MANY
    assert ReleaseMember.objects.filter(release__state="scheduled").count() > MANY
    after = read_with_queries(ask_for_all)
    assert len(after[0]) > 50
    assert [new.request for old, new in zip(before[0], after[0], strict=True) if old != new] == []
    assert after[1] == before[1]
    assert [answer.request for answer in after[0] if birds.found_in(answer.text)] == []


def test_what_is_hidden_takes_the_same_queries_as_what_never_was(people):
    add_some(people)
    drafts = Record.objects.filter(public_status="never", kind="station").values_list("pk", flat=True)[:2]
    client = Client()
    for start in ("/en/stations/", "/api/v1/stations/", "/api/v1/responses/?station=", "/en/responses/?station="):
        end = "/" if start.endswith("/") else ""
        taken = {
            str(key): read_with_queries(lambda path=f"{start}{key}{end}": ask(client, "GET", path).status)
            for key in (*drafts, drafts[0].hex, "S-3", "S-4", "S-9999")
        }
        assert taken[str(drafts[0])] == taken[str(drafts[1])] == taken[drafts[0].hex], start
        assert taken["S-3"] == taken["S-4"] == taken["S-9999"], start


def test_e_mails_and_logs_carry_nothing_of_records(people, caplog, monkeypatch):
    add_some(people)
    people.author.email = "author@example.org"
    people.author.save()
    call_command("send_notices")
    sent = [f"{one.subject}\n{one.body}" for one in mail.outbox]
    assert sent, "somebody is told that something waits"
    assert not birds.found_in("\n".join(sent))

    canary = birds.text("what an error of the database quotes")

    def fail(*_args, **_kwargs):
        raise RuntimeError(canary)

    draft = Record.objects.filter(state="draft", kind="station").first()
    client = Client(raise_request_exception=False)
    client.force_login(people.editor)
    for name in (
        "public.pages.base.current_head",
        "public.api.base.current_head",
        "desk.reviewing.views.checklist",
    ):
        monkeypatch.setattr(f"casetracker.{name}", fail)
    for path in ("/en/", "/api/v1/", f"/desk/review/{draft.pk}/"):
        response = client.get(path)
        assert response.status_code == 500
        assert not birds.found_in(f"{dict(response.headers)}{response.text}", keys=frozenset({str(draft.pk)}))
    assert not birds.found_in("\n".join(record.getMessage() for record in caplog.records))
    assert len(mail.outbox) == len(sent), "no error is sent by mail"
