"""Tables that only grow: every way of changing a row is refused, in Python and by the database itself."""

import base64
import datetime as dt
import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, migrations, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.test import override_settings
from django.utils import timezone

from casetracker.core.append_only import (
    AppendOnlyError,
    AppendOnlyModel,
    drop_triggers,
    install_triggers,
    missing_triggers,
    protected_tables,
)
from casetracker.core.checks import check_append_only_triggers
from casetracker.publication.checkpoints import sign_head
from casetracker.review import services
from tests.factories.captures import make_capture
from tests.factories.confidential import check_in_confidence, cite_in_confidence, make_cleared
from tests.factories.records import bring_to, make_editor, make_researcher, make_source, make_station

MODELS = [model for model in apps.get_models() if issubclass(model, AppendOnlyModel)]
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite only")
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only")

EVERYWHERE = {
    "update": "UPDATE {table} SET {column} = {column}",
    "delete": "DELETE FROM {table}",
    "delete returning": "DELETE FROM {table} RETURNING {pk}",
    "upsert": "INSERT INTO {table} SELECT * FROM {table} WHERE true "
    "ON CONFLICT ({pk}) DO UPDATE SET {column} = excluded.{column}",
}
SQLITE = {
    "insert or replace": "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    "replace": "REPLACE INTO {table} SELECT * FROM {table}",
    "update or replace": "UPDATE OR REPLACE {table} SET {column} = {column}",
    "update or ignore": "UPDATE OR IGNORE {table} SET {column} = {column}",
}
POSTGRESQL = {
    "truncate": "TRUNCATE {table}",
    "truncate cascade": "TRUNCATE {table} CASCADE",
    "truncate from above": "TRUNCATE {above} CASCADE",
    "merge": "MERGE INTO {table} AS old USING {table} AS new ON old.{pk} = new.{pk} "
    "WHEN MATCHED THEN UPDATE SET {column} = new.{column}",
    "delete in a query": "WITH gone AS (DELETE FROM {table} RETURNING *) SELECT * FROM gone",
}
# The second stands before our trigger where other tables point to the table.
REFUSALS = ("is append-only", "cannot truncate a table referenced in a foreign key constraint")


REQUEST = {"kind": "access", "sender": "Jan", "way": "mail", "received_on": dt.date(2026, 1, 2), "asked": "All of it."}


def statements():
    return EVERYWHERE | (SQLITE if connection.vendor == "sqlite" else POSTGRESQL)


def statement(model, template):
    """Fill in the names of a table: its key, a column of its own, and a table whose rows it points to."""
    meta = model._meta
    column = next(field.column for field in meta.concrete_fields if not field.primary_key)
    above = next((field.related_model for field in meta.concrete_fields if field.is_relation), model)
    return template.format(table=meta.db_table, pk=meta.pk.column, column=column, above=above._meta.db_table)


def rows_of(model):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY 1")
        return cursor.fetchall()


def refusals(model):
    """Try every statement; return those that the triggers did not refuse."""
    before = rows_of(model)
    assert before, "a table without rows proves nothing"
    connection.check_constraints()  # PostgreSQL truncates no table whose deferred checks are still to come.
    passed = []
    for name, template in statements().items():
        error = execute(statement(model, template))
        if not any(message in error for message in REFUSALS):
            passed.append(f"{name}: {error or 'carried out'}")
        assert rows_of(model) == before
    return passed


def execute(sql):
    """Return what the database said against a statement; nothing if it carried it out."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        return str(error)
    return ""


def make_rows():
    record = bring_to(make_station(), "live")
    by, now = make_researcher(), timezone.now()
    services.note_file_export(record.pk, digest="0" * 64, with_private_terms=False, by=by, at=now)
    noted = {"sheet_kind": "station", "file_format": "csv", "rows": 1, "with_private": False, "digest": "0" * 64}
    services.note_list_export(**noted, by=by)
    services.create_release(title="A batch", by=make_editor())
    with override_settings(CHECKPOINT_KEY=base64.b64encode(bytes(32)).decode(), CHECKPOINT_KEY_FILE=""):
        sign_head()
    services.enter_request(fields=REQUEST, by=make_editor())
    erased = bring_to(make_station(), "retracted")
    asked = {"version": 1, "ground": "court", "note": "A court ordered it.", "lock_version": erased.lock_version}
    erasure = services.ask_for_erasure(erased.pk, by=make_editor(), **asked)
    services.erase_version(erasure.pk, by=make_editor(), lock_version=erased.lock_version + 1)
    make_capture(make_source())
    cited = cite_in_confidence(make_station(by=(cleared := make_cleared())), by=cleared)
    bring_to(cited.record, "submitted", author=cleared)
    check_in_confidence(cited, by=make_cleared())


@pytest.fixture
def rows(db):
    """One row at least in every append-only table."""
    make_rows()


def test_the_tables_that_must_be_protected_are():
    names = {model.__name__ for model in MODELS}
    of_records = {"Decision", "Participation", "Check", "PublishedContent", "FileExport"}
    of_sources = {"Capture", "CaptureCopy", "CustodyEntry", "ConfidentialCheck", "ConfidentialEvent"}
    of_log = {"LogEntry", "Snapshot", "Checkpoint"}
    assert names == {"ReleaseDecision", "ListExport", "LegalEvent", *of_log, *of_records, *of_sources}


def test_the_database_refuses_every_change(rows):
    assert {model.__name__: refusals(model) for model in MODELS} == {model.__name__: [] for model in MODELS}


def test_python_refuses_with_a_clear_error(rows):
    for model in MODELS:
        _try_in_python(model)


def _try_in_python(model):
    row, never = model._default_manager.first(), f"{model.__name__} rows are never"
    fields = [field.name for field in model._meta.fields if not field.primary_key][:1]
    for act in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.update(pk=1)):
        with pytest.raises(AppendOnlyError, match=never), transaction.atomic():
            act()
    with pytest.raises(AppendOnlyError, match="never changed"), transaction.atomic():
        model.objects.bulk_update([row], fields)


def test_the_back_doors_of_the_orm_are_refused_by_the_database(rows):
    for model in MODELS:
        _try_the_back_doors(model)


def _try_the_back_doors(model):
    row = model._default_manager.first()
    column = next(field for field in model._meta.concrete_fields if not field.primary_key)
    doors = {
        "base manager": lambda: model._base_manager.update(**{column.name: models.F(column.name)}),
        "raw delete": lambda: model._base_manager.all()._raw_delete("default"),
        "base save": lambda: row.save_base(raw=True, force_update=True),
        "bulk upsert": lambda: model._base_manager.bulk_create(
            [row], update_conflicts=True, unique_fields=[model._meta.pk.name], update_fields=[column.name]
        ),
    }
    for door, act in doors.items():
        with pytest.raises(DatabaseError, match="is append-only"), transaction.atomic():
            act()
        assert model._base_manager.filter(pk=row.pk).exists(), (model, door)


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_client_without_our_settings_cannot_replace_rows(db):
    """`recursive_triggers` holds for our connections only; the sqlite3 shell knows nothing of it."""
    make_rows()
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        for model in MODELS:
            before = rows_of(model)
            for template in (EVERYWHERE | SQLITE).values():
                with pytest.raises(sqlite3.IntegrityError, match="is append-only"):
                    other.execute(statement(model, template))
                other.rollback()
            assert rows_of(model) == before


@contextmanager
def altered(model):
    """Run a migration that alters a column of the model, and undo it afterwards."""
    field = next(
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.IntegerField) and not field.primary_key and not field.null
    )
    changed = field.clone()
    changed.null = True
    label = model._meta.app_label
    migration = migrations.Migration("altered", label)
    migration.operations = [migrations.AlterField(model._meta.model_name, field.name, changed)]
    loader = MigrationLoader(connection)
    state = loader.project_state(loader.graph.leaf_nodes(label))
    with connection.schema_editor() as editor:
        migration.apply(state.clone(), editor)
    try:
        yield field
    finally:
        with connection.schema_editor() as editor:
            migration.unapply(state.clone(), editor)
        call_command("migrate", verbosity=0)


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_the_triggers_stand_again_after_a_migration_that_alters_their_table():
    make_rows()
    for model in MODELS:
        own = sorted(name for name in wanted_triggers() if name.startswith(f"{model._meta.db_table}_no_"))
        with altered(model) as field:
            assert is_nullable(model, field), "the migration did alter the table"
            # SQLite makes the table anew, and its triggers go with the old one.
            assert missing_triggers() == (own if connection.vendor == "sqlite" else [])
            call_command("migrate", verbosity=0)
            assert missing_triggers() == []
            assert refusals(model) == []
        assert not is_nullable(model, field)
        assert missing_triggers() == []


def wanted_triggers():
    with transaction.atomic():
        drop_triggers()
        wanted = missing_triggers()
        install_triggers()
    return wanted


def is_nullable(model, field):
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, model._meta.db_table)
    return next(column.null_ok for column in columns if column.name == field.column)


def test_a_missing_trigger_is_reported_and_stops_a_migration(db):
    name = wanted_triggers()[0]
    table = name.rpartition("_no_")[0]
    assert check_append_only_triggers(databases=["default"]) == []
    drop(name, table)
    (problem,) = run_checks(databases=["default"], tags=["database"])
    assert problem.id == "casetracker.E001"
    assert name in problem.msg
    assert "find out who removed it" in problem.hint
    with pytest.raises(SystemCheckError, match=name):
        call_command("check", databases=["default"])
    install_triggers()
    assert run_checks(databases=["default"], tags=["database"]) == []


def drop(name, table):
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))


@on_postgresql
@pytest.mark.parametrize("change", ["DISABLE TRIGGER", "ENABLE REPLICA TRIGGER"])
def test_a_trigger_that_is_switched_off_counts_as_missing_and_is_mended(db, change):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE publication_logentry {change} publication_logentry_no_delete")
    assert missing_triggers() == ["publication_logentry_no_delete"]
    install_triggers()
    assert missing_triggers() == []
    with pytest.raises(DatabaseError, match="is append-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM publication_logentry")


def test_the_check_waits_until_the_tables_are_there(db):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE publication_snapshot")
    assert check_append_only_triggers(databases=["default"]) == []
    assert check_append_only_triggers(databases=None) == []
    install_triggers()
    assert set(missing_triggers()) == {name for name in missing_triggers() if name.startswith("publication_snapshot_")}


def test_installing_twice_does_nothing(db):
    install_triggers()
    install_triggers()
    assert missing_triggers() == []
    assert protected_tables() == sorted(model._meta.db_table for model in MODELS)
