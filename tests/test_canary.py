"""Nothing that is not published reaches the public: in no answer, no header and no encoding."""

import re
import uuid

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from casetracker.core.published import published_columns
from casetracker.public.models import AgreementDocument, ClaimDocument, ResponseDocument, StationDocument
from tests.architecture.ours import declared_models, field_names
from tests.architecture.routes import PUBLIC, Route, classify, routes
from tests.canary import birds, filling
from tests.canary.crawl import ask, crawl, paths_of, read, staff_addresses
from tests.canary.world import build

# On one worker: the world and its answers are made once for all tests of the module.
pytestmark = [pytest.mark.slow, pytest.mark.pages, pytest.mark.django_db, pytest.mark.xdist_group("canary")]

# What a public answer may be.
STATUSES = {200, 204, 301, 302, 304, 400, 404, 405, 406, 410}
TABLE = re.compile(r'(?:FROM|JOIN|UPDATE|INTO) "(\w+)"')
NEVER = "9999"


@pytest.fixture(scope="module")
def rolled_back(django_db_setup, django_db_blocker):
    """A transaction around all tests of the module, each in a savepoint of it. Nothing of it stays."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            cache.clear()
            yield
            transaction.set_rollback(True)
        cache.clear()


@pytest.fixture(scope="module")
def world(rolled_back, tmp_path_factory):
    """Records in every state, with canaries wherever a person could have written what is not public."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "PACKAGES_DIR", tmp_path_factory.mktemp("packages"))
        yield build()


@pytest.fixture(scope="module")
def first(world):
    """All public answers, and the tables that they were read from, after everything went through the services."""
    tables = set()

    def note(execute, sql, *args):
        tables.update(TABLE.findall(sql))
        return execute(sql, *args)

    with connection.execute_wrapper(note):
        call_command("build_package", verbosity=0)
        return crawl(), tables


@pytest.fixture(scope="module")
def crawled(first):
    return first[0]


@pytest.fixture(scope="module")
def internal_keys(world):
    return filling.keys()


@pytest.fixture(scope="module")
def filled(crawled, internal_keys):
    """The fields that hold a canary from now on: all private ones, and the desk's copies of public ones."""
    return filling.fill()


@pytest.fixture(scope="module")
def crawled_again(filled):
    """All public answers while everything that they must not rest on is full of canaries."""
    cache.clear()
    return read()


def leaks(answers, keys=frozenset()):
    return {answer.request: found for answer in answers if (found := birds.found_in(answer.text, keys=keys))}


def test_no_canary_and_no_internal_key_comes_through_the_door(crawled, internal_keys):
    assert len(internal_keys) > 50
    assert leaks(crawled, internal_keys) == {}


@pytest.mark.long
def test_no_canary_is_read_from_a_table(crawled_again):
    assert leaks(crawled_again) == {}


def test_the_public_side_reads_published_documents_and_the_log_alone(first):
    tables = first[1]
    assert {"public_stationdocument", "publication_logentry"} <= tables
    assert [name for name in tables if name not in published_columns()] == []


def test_the_answers_do_not_change_with_the_tables_of_the_desk(crawled, crawled_again):
    """Public data is a function of the log: filling all other tables changes not a byte."""
    before = {answer.request: answer for answer in crawled}
    assert [answer.request for answer in crawled_again if before[answer.request] != answer] == []


def test_every_field_of_every_model_is_declared_public_or_private():
    for model in declared_models():
        assert model.public_fields | model.private_fields == field_names(model), model


def test_every_private_field_held_a_canary(filled):
    wanted = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model not in filling.CODE
        for field in model._meta.concrete_fields
        if filling.must_hold(model, field)
    }
    assert len(wanted) > 200
    assert wanted - filled == set(), "let the world have a row in which it is filled"


def test_every_public_route_was_asked_for_and_answered(crawled):
    answered = {answer.path for answer in crawled if answer.status in {200, 302}}
    for route in routes():
        if classify(route) == PUBLIC and route.name != "api-unknown":
            assert answered & set(paths_of(route)), f"nothing public at {route}"


def test_a_route_with_an_unknown_parameter_fails():
    with pytest.raises(KeyError):
        paths_of(Route("en/people/(?P<person>x)/", "person", None, frozenset({"person"})))


def test_every_answer_is_a_planned_one_and_sets_no_cookie(crawled):
    assert {answer.status for answer in crawled} == STATUSES
    assert [answer.request for answer in crawled if "Set-Cookie" in answer.headers] == []


def test_the_page_for_our_own_faults_says_nothing(world):
    response = server_error(RequestFactory().get("/en/"))
    assert response.status_code == 500
    assert birds.found_in(response.content.decode()) == []


def test_strangers_see_nothing_of_the_desk(crawled_again, internal_keys, world):
    client = Client()
    for key in (world.draft.pk, 1):
        answers = [ask(client, "GET", path) for path in staff_addresses(key)]
        assert leaks(answers, internal_keys) == {}
        assert {answer.status for answer in answers} <= {200, 301, 302, 404}


class TestWhatDoesNotExist:
    """A draft, a discarded record and one that never existed are the same to the public, to the byte."""

    KINDS = (
        ("stations", "S", StationDocument),
        ("claims", "C", ClaimDocument),
        ("responses", "R", ResponseDocument),
        ("agreements", "A", AgreementDocument),
    )
    # With the letter and the documents of the kind that the address is about.
    PATHS = (
        *(
            (f"{start}/{plural}/{{}}/{end}", prefix, model)
            for plural, prefix, model in KINDS
            for start, end in (("/api/v1", ""), ("/api/v1", "versions/"), ("/api/v1", "versions/1/"), ("/en", ""))
        ),
        ("/en/stations/{}/versions/1/", "S", StationDocument),
        ("/api/v1/log/{}/", "S", StationDocument),
        ("/api/v1/responses/?station={}", "S", StationDocument),
        ("/en/responses/?station={}", "S", StationDocument),
        ("/api/v1/agreements/?ended_by={}", "R", ResponseDocument),
    )

    @pytest.mark.parametrize("path", [path for path, _prefix, _model in PATHS])
    def test_keys_of_records_tell_nothing(self, world, path):
        keys = [world.draft.pk, world.discarded.pk, uuid.UUID(int=4), *(record.pk for record in world.hidden)]
        assert_all_alike(path, [*keys, *(key.hex for key in keys if isinstance(key, uuid.UUID))])

    @pytest.mark.parametrize(("path", "prefix", "model"), PATHS)
    def test_references_that_were_not_given_yet_tell_nothing(self, world, path, prefix, model):
        number = model.objects.order_by("-number").values_list("number", flat=True)[0]
        assert_all_alike(path, [f"{prefix}-{number + step}" for step in (1, 2, 3)] + [f"{prefix}-{NEVER}"])


def assert_all_alike(path, keys):
    client = Client()
    for method in ("GET", "HEAD", "OPTIONS"):
        answers = [ask(client, method, path.format(key)) for key in keys]
        # The address itself may come back, as in the field of a filter, and its length with it.
        shown = {
            (answer.status, headers_but_length(answer), answer.body.replace(str(key), "KEY"))
            for key, answer in zip(keys, answers, strict=True)
        }
        assert len(shown) == 1, {answer.request: answer.status for answer in answers}


def headers_but_length(answer):
    return tuple(item for item in answer.headers.items() if item[0] != "Content-Length")


@pytest.mark.parametrize("path", ["/api/v1/stations/S-1/", "/api/v1/stations/", "/en/stations/S-1/"])
def test_a_leak_on_purpose_is_found(world, path):
    """The trap snaps: without that, silence would prove nothing."""
    with transaction.atomic():
        document = StationDocument.objects.live().get(reference="S-1")
        assert "and denied." in document.body
        leaking = document.body.replace("and denied.", birds.text("a leak on purpose"))
        StationDocument.objects.filter(pk=document.pk).update(body=leaking)
        answer = ask(Client(), "GET", path)
        transaction.set_rollback(True)
    (found,) = birds.found_in(answer.text)
    assert found.startswith("a leak on purpose (kanarie")
