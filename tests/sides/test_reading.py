"""The connection of the public side, whatever it is asked: only what is published, and never a change."""

import secrets

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.db.utils import ConnectionHandler

from casetracker.core.published import (
    NotPublished,
    PublishedRouter,
    published_columns,
    published_models,
    read_published,
)
from casetracker.public.models import StationDocument
from casetracker.publication.models import LogEntry
from casetracker.review.models import Record
from casetracker.settings.sides import for_reading
from tests.factories.records import bring_to, make_station

on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite only")
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only")
# All that holds something of the desk: models, those between them, and what Django keeps for itself.
PUBLISHED = {model._meta.db_table for model in published_models()}
TABLES = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | {"django_migrations"}
DESK = sorted(TABLES - PUBLISHED)
NOT_PRIVILEGED = "42501"
HIDDEN = ["content", "salt", "note_salt"]


def test_the_list_is_of_published_documents_and_the_log():
    assert {name for name in PUBLISHED if not name.startswith("public_")} == {
        "publication_checkpoint",
        "publication_logentry",
        "publication_publicationhead",
        "publication_snapshot",
    }
    assert set(apps.get_app_config("public").get_models()) <= set(published_models())
    assert published_columns()["publication_snapshot"] == {"entry_id", "note"}
    assert {name for name, columns in published_columns().items() if columns} == {"publication_snapshot"}
    assert len(DESK) > 60


def desk_statements():
    yield from (f"SELECT * FROM {table}" for table in DESK)
    yield from (f"SELECT count(*) FROM {table}" for table in DESK)
    yield from (f"SELECT 1 FROM public_tombstone WHERE EXISTS (SELECT 1 FROM {table})" for table in DESK)
    yield from (f"SELECT {column} FROM publication_snapshot" for column in HIDDEN)
    yield "SELECT * FROM publication_snapshot"
    yield "UPDATE public_tombstone SET note = ''"
    yield "DELETE FROM publication_logentry"
    yield "INSERT INTO public_spelling (spelling, word) VALUES ('a', 'a')"
    yield "DROP TABLE public_tombstone"


def refused(cursor, statements, words):
    """The statements that were not refused in these words."""
    found = []
    for statement in statements:
        try:
            cursor.execute(statement)
        except DatabaseError as error:
            if not any(word in str(error) for word in words):
                found.append((statement, str(error)))
        else:
            found.append((statement, "done"))
    return found


@on_sqlite
class TestSqlite:
    STATEMENTS = (
        "ATTACH DATABASE ':memory:' AS other",
        "PRAGMA query_only=OFF",
        "PRAGMA writable_schema=ON",
        "PRAGMA table_info(review_record)",
        "PRAGMA database_list",
        "CREATE TABLE mine (id integer)",
        "CREATE TEMP TABLE mine (id integer)",
        "CREATE TEMP VIEW mine AS SELECT * FROM review_record",
        "BEGIN IMMEDIATE",
        "SAVEPOINT one",
        "VACUUM INTO '/nowhere/copy'",
        "SELECT load_extension('x')",
        "SELECT * FROM sqlite_temp_master",
        "SELECT * FROM pragma_table_info('review_record')",
        "UPDATE sqlite_master SET sql = ''",
        "EXPLAIN SELECT * FROM review_record",
    )

    @pytest.fixture
    def cursor(self, django_db_setup, django_db_blocker):
        file = {"ENGINE": "django.db.backends.sqlite3", "NAME": connection.settings_dict["NAME"]}
        with django_db_blocker.unblock():
            reader = ConnectionHandler({"default": for_reading(file)})["default"]
            with reader.cursor() as cursor:
                yield cursor
            reader.close()

    def test_it_reads_what_is_published(self, cursor):
        for table, columns in published_columns().items():
            cursor.execute(f"SELECT {', '.join(columns or '*')} FROM {table}")
            cursor.execute(f"SELECT count(*) FROM {table}")
        cursor.execute("SELECT rowid FROM public_search_index WHERE public_search_index MATCH 'town'")

    def test_it_refuses_all_else(self, cursor):
        words = ("not authorized", "is prohibited", "authorization denied", "may not be modified")
        assert refused(cursor, [*desk_statements(), *self.STATEMENTS], words) == []


@on_postgresql
class TestPostgresql:
    @pytest.fixture
    def role(self, db):
        name = f"public_{secrets.token_hex(4)}"
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"CREATE ROLE {name} LOGIN")
                cursor.execute(f"GRANT {name} TO CURRENT_USER")
        except ProgrammingError:
            pytest.skip("the role of the tests may not make roles: give it CREATEROLE")
        return name

    def test_the_role_can_read_what_is_published_and_nothing_else(self, role):
        call_command("grant_public", role=role)
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {role}")
            for table, columns in published_columns().items():
                if table in connection.introspection.table_names():
                    cursor.execute(f"SELECT {', '.join(columns or '*')} FROM {table}")
            found = [one for one in desk_statements() if answer_to(one) != NOT_PRIVILEGED]
            cursor.execute("RESET ROLE")
        assert found == []

    def test_who_may_not_grant_is_told_what_to_do(self, role):
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE ROLE {role}_app")
            cursor.execute(f"GRANT {role}_app TO CURRENT_USER")
            cursor.execute(f"SET LOCAL ROLE {role}_app")
            with pytest.raises(CommandError, match=r"PostgreSQL says: \w.*\w\. Nothing was changed\. Run this as"):
                call_command("grant_public", role=role)
            cursor.execute("RESET ROLE")

    def test_granting_twice_is_granting_once_and_a_difference_is_told(self, role, capsys):
        with pytest.raises(CommandError, match="lacks SELECT on public_tombstone"):
            call_command("grant_public", role=role, check=True)
        call_command("grant_public", role=role)
        once = capsys.readouterr().out
        assert f'GRANT SELECT ("entry_id", "note") ON "publication_snapshot" TO "{role}";' in once
        call_command("grant_public", role=role)
        assert capsys.readouterr().out == once
        call_command("grant_public", role=role, check=True)
        database = connection.settings_dict["NAME"]
        changes = {
            f"GRANT SELECT ON review_record TO {role}": "has SELECT on review_record",
            "GRANT SELECT ON review_comment TO PUBLIC": "has SELECT on review_comment",
            f"GRANT INSERT ON public_tombstone TO {role}": "has INSERT on public_tombstone",
            f"GRANT SELECT (salt) ON publication_snapshot TO {role}": "has SELECT on publication_snapshot.salt",
            f"GRANT USAGE ON SEQUENCE public_spelling_id_seq TO {role}": "has rights on the sequence",
            f"GRANT CREATE ON SCHEMA public TO {role}": "may make tables in the schema public",
            f"ALTER ROLE {role} CREATEROLE": "has attributes that pass by its grants",
            f"ALTER ROLE {role} IN DATABASE {database} RESET statement_timeout": "without statement_timeout=5s",
        }
        for change, words in changes.items():
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(change)
                with pytest.raises(CommandError, match=words):
                    call_command("grant_public", role=role, check=True)
                transaction.set_rollback(True)

    @pytest.mark.parametrize("options", [{}, {"check": True}])
    def test_a_role_that_is_not_there_or_is_our_own_is_refused(self, db, options):
        with pytest.raises(CommandError, match="There is no role nobody"):
            call_command("grant_public", role="nobody", **options)
        with pytest.raises(CommandError, match="needs another one"):
            call_command("grant_public", role=connection.settings_dict["USER"], **options)

    def test_an_application_that_owns_the_log_is_told_so(self, db, settings, role):
        assert codes() == []
        settings.ROLES_APART = True
        assert codes() == ["casetracker.W021"]
        with connection.cursor() as cursor:
            for right, things in (("SELECT, INSERT, UPDATE, DELETE", "TABLES"), ("USAGE, SELECT", "SEQUENCES")):
                cursor.execute(f"GRANT {right} ON ALL {things} IN SCHEMA public TO {role}")
            cursor.execute(f"SET LOCAL ROLE {role}")
            assert codes() == []
            # These rights, which the documentation gives it, are enough.
            bring_to(make_station(), "live")
            assert LogEntry.objects.count() == 1
            cursor.execute("RESET ROLE")


def answer_to(statement):
    """The code with which PostgreSQL refuses a statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return error.__cause__.sqlstate
    return "done"


def codes():
    return [problem.id for problem in run_checks(databases=["default"], tags=["database"])]


@on_sqlite
def test_sqlite_has_no_roles_to_grant_to(db):
    with pytest.raises(CommandError, match="Only PostgreSQL has roles"):
        call_command("grant_public", role="anybody")


class TestRouter:
    """Who reads through which connection, without one: what it says for models of each sort."""

    @pytest.fixture
    def router(self, settings):
        settings.PUBLIC_DB_ALIAS = "public"
        read_published(by_public=False)
        yield PublishedRouter()
        read_published(by_public=False)

    def test_the_desk_reads_what_it_wrote_and_the_public_what_is_published(self, router):
        assert router.db_for_read(StationDocument) is None
        assert router.db_for_write(Record) is None
        read_published(by_public=True)
        assert router.db_for_read(StationDocument) == "public"
        with pytest.raises(NotPublished, match=r"review\.Record is not public"):
            router.db_for_read(Record)
        for model in (Record, LogEntry):
            with pytest.raises(NotPublished, match="writes nothing"):
                router.db_for_write(model)
        read_published(by_public=False)
        assert router.db_for_read(LogEntry) is None

    def test_the_public_side_has_no_other_connection(self, router, settings):
        settings.SIDE = "public"
        assert router.db_for_read(LogEntry) == "public"
        with pytest.raises(NotPublished):
            router.db_for_read(Record)
        assert router.allow_migrate("public", "public") is False
        assert router.allow_migrate("default", "public") is None

    def test_a_request_says_who_reads(self, router, client, db, settings):
        client.get("/accounts/login/")
        assert router.db_for_read(LogEntry) is None
        client.get("/robots.txt")
        assert router.db_for_read(LogEntry) == "public"
