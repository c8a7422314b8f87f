"""Tables that only grow: refused in Python for a clear message, in the database for certain."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

_SQLITE_TRIGGER = """
CREATE TRIGGER {name} BEFORE {operation} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only: {operation} refused'); END
"""
# INSERT OR REPLACE deletes, and fires DELETE under recursive_triggers. A client that has not set them,
# such as the sqlite3 shell, must not replace a row either.
_SQLITE_REPLACE_TRIGGER = """
CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same_key})
BEGIN SELECT RAISE(ABORT, '{table} is append-only: it has a row with this key'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION casetracker_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP; END $$
"""
# TRUNCATE passes by row triggers, so PostgreSQL gets statement triggers for all three.
_POSTGRESQL_TRIGGER = """
CREATE OR REPLACE TRIGGER {name} BEFORE {operation} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION casetracker_append_only()
"""
# Those that are switched off, or on for replication alone, do not count.
_INSTALLED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal",
}


# Without --skip-checks the migration would stop at what it is to mend.
REMEDY = "Run manage.py migrate --skip-checks, which installs it; if the database was in use, find out who removed it."


class AppendOnlyError(TypeError):
    """Code tried to change or delete a row of an append-only table: a mistake of ours, not of a user."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """A query set without the methods that change or remove rows."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError(f"{self.model.__name__} rows are never changed")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError(f"{self.model.__name__} rows are never deleted")


class AppendOnlyModel(models.Model):
    """A model whose rows are written once. Its table gets triggers that refuse the rest."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row. Refuse to save it a second time."""
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} rows are never changed")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError(f"{type(self).__name__} rows are never deleted")


def _protected_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, AppendOnlyModel)]


def protected_tables() -> list[str]:
    """Return the tables of all append-only models, in alphabetical order."""
    return sorted(model._meta.db_table for model in _protected_models())


@dataclass(frozen=True)
class _Trigger:
    name: str
    table: str
    sql: str


def _wanted_triggers(vendor: str) -> dict[str, _Trigger]:
    make = _sqlite_triggers if vendor == "sqlite" else _postgresql_triggers
    return {trigger.name: trigger for model in _protected_models() for trigger in make(model)}


def _sqlite_triggers(model: type[models.Model]) -> Iterator[_Trigger]:
    table = model._meta.db_table
    for operation in ("UPDATE", "DELETE"):
        name = f"{table}_no_{operation.lower()}"
        yield _Trigger(name, table, _SQLITE_TRIGGER.format(name=name, table=table, operation=operation))
    name = f"{table}_no_replace"
    keys = [" AND ".join(f"{column} = NEW.{column}" for column in columns) for columns in _unique_columns(model)]
    yield _Trigger(name, table, _SQLITE_REPLACE_TRIGGER.format(name=name, table=table, same_key=" OR ".join(keys)))


def _unique_columns(model: type[models.Model]) -> Iterator[list[str]]:
    for field in model._meta.concrete_fields:
        if field.unique:
            yield [str(field.column)]
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
    for constraint in model._meta.total_unique_constraints:
        yield [columns[name] for name in constraint.fields]


def _postgresql_triggers(model: type[models.Model]) -> Iterator[_Trigger]:
    table = model._meta.db_table
    for operation in ("UPDATE", "DELETE", "TRUNCATE"):
        name = f"{table}_no_{operation.lower()}"
        yield _Trigger(name, table, _POSTGRESQL_TRIGGER.format(name=name, table=table, operation=operation))


def missing_triggers(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return the names of the triggers that should be there and are not."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_INSTALLED[connection.vendor])
        installed = {row[0] for row in cursor.fetchall()}
    return sorted(set(_wanted_triggers(connection.vendor)) - installed)


def require_triggers() -> None:
    """Raise `ImproperlyConfigured` unless every append-only table has its triggers. For the start of a process.

    The public side looks at those of the tables that it knows; which triggers there are, its role may read.
    """
    own = settings.PUBLIC_DB_ALIAS if settings.SIDE == "public" else DEFAULT_DB_ALIAS
    for using in {own, settings.PUBLIC_DB_ALIAS}:
        missing = missing_triggers(using)
        if missing:
            raise ImproperlyConfigured(
                f"The database lacks the trigger {missing[0]}. {REMEDY} Until then nothing starts that writes or shows "
                "the log."
            )


def install_triggers(using: str = DEFAULT_DB_ALIAS) -> None:
    """Install the triggers that are missing. Tables that do not exist yet are left for the next time."""
    connection = connections[using]
    wanted, tables = _wanted_triggers(connection.vendor), set(connection.introspection.table_names())
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for name in missing_triggers(using):
            if wanted[name].table in tables:
                cursor.execute(wanted[name].sql)


def drop_triggers(using: str = DEFAULT_DB_ALIAS) -> None:
    """Remove the triggers. Only for tests, which must empty the tables between them."""
    connection = connections[using]
    missing = set(missing_triggers(using))
    with connection.cursor() as cursor:
        for trigger in _wanted_triggers(connection.vendor).values():
            if trigger.name not in missing:
                on_table = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {trigger.name}{on_table}")


def install_after_migrate(using: str, **_kwargs: Any) -> None:
    """Install the triggers that are missing (receiver of `post_migrate`, once for each app).

    A migration may remake a table, which on SQLite drops its triggers without a word.
    """
    if missing_triggers(using):
        install_triggers(using)
