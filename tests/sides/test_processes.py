"""Each side as a process of its own: what it answers, what it can reach, and when it does not start."""

import io
import secrets

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import ProgrammingError, connection

from casetracker.core.append_only import drop_triggers, install_triggers
from casetracker.core.published import published_columns, published_models
from casetracker.publication.models import Snapshot
from tests.architecture.routes import PUBLIC, classify, routes
from tests.canary import birds
from tests.canary.crawl import paths_of
from tests.factories.records import MAKERS, bring_to, make_people, make_station
from tests.sides.processes import ask, database_url, start

pytestmark = [pytest.mark.slow, pytest.mark.both, pytest.mark.django_db(transaction=True)]

# A request for each would tell nothing new.
STAFF = [
    "/desk/",
    "/desk/login/",
    "/desk/stations/station/",
    "/admin/",
    "/accounts/login/",
    "/accounts/password/reset/",
]
NOTHING = "/en/nothing/"
WITHDRAWN = ["/en/stations/S-2/", "/api/v1/stations/S-2/"]
# What a process that knows no desk has no use for.
OF_THE_DESK = ["allauth", "axes", "import_export", "simple_history", "stations", "responses"]
PUBLIC_APPS = {"casetracker.core", "casetracker.places", "casetracker.publication", "casetracker.public"}


@pytest.fixture
def world():
    """A live record of each kind, a station that was withdrawn, and a draft."""
    people = make_people()
    who = {"author": people.author, "reviewer": people.reviewer, "editor": people.editor}
    for make in MAKERS.values():
        bring_to(make(by=people.author), "live", **who)
    bring_to(make_station(by=people.author), "retracted", **who)
    make_station(by=people.author, summary=birds.text("summary of a draft"))


@pytest.fixture
def reader():
    """The address of the database for the public side. On PostgreSQL it is that of a role made for it."""
    if connection.vendor == "sqlite":
        yield database_url()
        return
    name, password = f"public_{secrets.token_hex(4)}", secrets.token_hex(8)
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}'")
        except ProgrammingError:
            pytest.skip("the role of the tests may not make roles: give it CREATEROLE")
        try:
            call_command("grant_public", role=name, stdout=io.StringIO())
            yield database_url(name, password)
        finally:
            cursor.execute(f"GRANT {name} TO CURRENT_USER")
            cursor.execute(f"DROP OWNED BY {name}")
            cursor.execute(f"DROP ROLE {name}")


def addresses():
    """Of each public route what is there, and what is not."""
    found = (paths_of(route) for route in routes() if classify(route) == PUBLIC)
    return list({path for paths in found for path in (paths[0], paths[-1])})


def desk_tables():
    published = set(published_models())
    return [model._meta.db_table for model in apps.get_models(include_auto_created=True) if model not in published]


def test_the_public_side_answers_the_same_bytes_without_the_desk(world, reader):
    paths = [*addresses(), "/en/stations/?country=NL", "/api/v1/stations/?format=csv", NOTHING, *WITHDRAWN, *STAFF]
    refused = [f"SELECT * FROM {table}" for table in desk_tables()]
    columns = [field.column for field in Snapshot._meta.concrete_fields]
    snapshot = {column: f"SELECT {column} FROM publication_snapshot" for column in columns}
    writes = [f"DELETE FROM {table}" for table in published_columns()] + ["CREATE TABLE mine (id integer)"]
    statements = [*refused, *snapshot.values(), *writes]
    public = ask("public", {"paths": paths, "sql": statements, "packages": OF_THE_DESK}, PUBLIC_DATABASE_URL=reader)
    both = ask("all", {"paths": paths}, DATABASE_URL=database_url(), PUBLIC_DATABASE_URL=reader)

    assert len(refused) > 60
    allowed = {statement for statement, outcome in public["outcomes"].items() if outcome == "done"}
    assert allowed == {snapshot["entry_id"], snapshot["note"]}
    assert {name for name in public["apps"] if name.startswith(("casetracker", "stations", "responses"))} == PUBLIC_APPS
    assert public["loaded"] == []
    answers = public["answers"]
    assert {path for path in paths if answers[path] != both["answers"][path]} == set(STAFF) - {"/admin/"}
    assert {answers[path]["status"] for path in paths} == {200, 302, 404, 410}
    assert [path for path, answer in answers.items() if "Set-Cookie" in answer["headers"]] == []
    for path in STAFF:
        assert {**answers[path], "headers": answers[NOTHING]["headers"]} == answers[NOTHING]
    assert not birds.found_in(str(answers))


@pytest.mark.once
def test_the_desk_serves_no_public_page_and_leads_to_where_they_are(world):
    paths = [path for path in addresses() if path != "/"]
    apart = ask("desk", {"paths": [*paths, "/"]}, DATABASE_URL=database_url())["answers"]
    assert {apart[path]["status"] for path in paths} == {404}
    assert apart["/"]["status"] == 302
    site = {"DATABASE_URL": database_url(), "PUBLIC_URL": "https://cases.example"}
    led = ask("desk", {"paths": ["/en/stations/S-1/?as_of=2022", "/desk/login/"]}, **site)["answers"]
    (there, sign_in) = led.values()
    assert (there["status"], there["headers"]["Location"]) == (302, "https://cases.example/en/stations/S-1/?as_of=2022")
    assert sign_in["status"] == 302


@pytest.fixture
def without_triggers():
    drop_triggers()
    yield
    install_triggers()


@pytest.mark.once
def test_no_process_starts_without_the_triggers(without_triggers, reader):
    for side, given in (
        ("public", {"PUBLIC_DATABASE_URL": reader}),
        ("desk", {"DATABASE_URL": database_url()}),
        ("all", {"DATABASE_URL": database_url()}),
    ):
        run = start(side, {}, **given)
        assert run.returncode != 0, side
        assert "The database lacks the trigger" in run.stderr
        assert "Run manage.py migrate --skip-checks" in run.stderr
        assert run.stdout == ""
