"""Tables that only grow: refused in Python for a clear message, in the database for certain."""

import json
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

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
# Where columns may be erased. A statement trigger sees no rows, so this one is for each.
_SQLITE_ERASING = """
CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN NOT ({allowed})
BEGIN SELECT RAISE(ABORT, '{table} is append-only: UPDATE refused'); END
"""
_POSTGRESQL_ERASING = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {allowed} THEN RETURN NEW; END IF;
    RAISE EXCEPTION '{table} is append-only: UPDATE refused';
END $$;
CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()
"""
_SAME = {"sqlite": "NEW.{0} IS OLD.{0}", "postgresql": "NEW.{0} IS NOT DISTINCT FROM OLD.{0}"}
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


class ErasableQuerySet(AppendOnlyQuerySet):
    """A query set that may empty its rows, each once."""

    def empty(self, entry: int, *, leave: Container[str] = ()) -> int:
        """Take the values out of the erasable columns but some, for an erasure; return of how many rows."""
        values = {name: value for name, value in self.model.erasable.items() if name not in leave}
        return models.QuerySet.update(self.filter(erased_by__isnull=True), erased_by=entry, **values)


class AppendOnlyModel(models.Model):
    """A model whose rows are written once. Its table gets triggers that refuse the rest."""

    objects: ClassVar[Any] = AppendOnlyQuerySet.as_manager()

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


def erasure_column() -> models.PositiveBigIntegerField:  # type: ignore[type-arg]
    """Return the column `erased_by` that every erasable table has."""
    words = "The entry of the log that took the content out of this row."
    return models.PositiveBigIntegerField(null=True, editable=False, help_text=words)


class ErasableModel(AppendOnlyModel):
    """A table that only grows, but for the columns that an erasure of the publication log empties.

    `erasable` says what each of them holds then. A row is emptied once, and names the entry that did it. The database
    does not look whether there is such an entry: on SQLite, a trigger that looks at another table keeps that from
    ever being altered. `verify_log` looks, for what the log itself holds.
    """

    erasable: ClassVar[Mapping[str, Any]]
    objects: ClassVar[Any] = ErasableQuerySet.as_manager()

    class Meta:
        abstract = True


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


def _wanted_triggers(connection: BaseDatabaseWrapper) -> dict[str, _Trigger]:
    make = _sqlite_triggers if connection.vendor == "sqlite" else _postgresql_triggers
    return {trigger.name: trigger for model in _protected_models() for trigger in make(model, connection)}


def _sqlite_triggers(model: type[models.Model], connection: BaseDatabaseWrapper) -> Iterator[_Trigger]:
    table = model._meta.db_table
    for operation in ("UPDATE", "DELETE"):
        name = f"{table}_no_{operation.lower()}"
        sql = _SQLITE_ERASING if operation == "UPDATE" and issubclass(model, ErasableModel) else _SQLITE_TRIGGER
        allowed = _erasure_of(model, "sqlite")
        yield _Trigger(name, table, sql.format(name=name, table=table, operation=operation, allowed=allowed))
    name = f"{table}_no_replace"
    same_key = " OR ".join(_same_keys(model, connection))
    yield _Trigger(name, table, _SQLITE_REPLACE_TRIGGER.format(name=name, table=table, same_key=same_key))


def _same_keys(model: type[models.Model], connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Yield, for each unique index, the condition that a row has the key of the new one."""
    for field in model._meta.concrete_fields:
        if field.unique:
            yield f"{field.column} = NEW.{field.column}"
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            same = " AND ".join(f"{columns[name]} = NEW.{columns[name]}" for name in constraint.fields)
            part = _condition_of(constraint, model, connection)  # Empty, unless the index is on some rows only.
            of_new = _COLUMN.sub(r'NEW."\1"', part)
            yield f"({same} AND {part} AND {of_new})" if part else same


_COLUMN = re.compile(r'"(\w+)"')


def _condition_of(
    constraint: models.UniqueConstraint, model: type[models.Model], connection: BaseDatabaseWrapper
) -> str:
    editor = connection.SchemaEditorClass(connection)
    return constraint._get_condition_sql(model, editor) or ""  # type: ignore[attr-defined] # the stubs lack it


def _postgresql_triggers(model: type[models.Model], _connection: BaseDatabaseWrapper) -> Iterator[_Trigger]:
    table = model._meta.db_table
    for operation in ("UPDATE", "DELETE", "TRUNCATE"):
        name = f"{table}_no_{operation.lower()}"
        sql = _POSTGRESQL_ERASING if operation == "UPDATE" and issubclass(model, ErasableModel) else _POSTGRESQL_TRIGGER
        allowed = _erasure_of(model, "postgresql")
        yield _Trigger(name, table, sql.format(name=name, table=table, operation=operation, allowed=allowed))


def _erasure_of(model: type[models.Model], vendor: str) -> str:
    """Return when a row may be changed: once, with the entry that erases it, and nothing but erasable columns."""
    conditions, erasable = ["OLD.erased_by IS NULL", "NEW.erased_by IS NOT NULL"], getattr(model, "erasable", {})
    for field in model._meta.concrete_fields:
        column = str(field.column)
        same = _SAME[vendor].format(column)
        if field.name in erasable:
            same = f"({same} OR {_is_empty(f'NEW.{column}', erasable[field.name])})"
        if field.name != "erased_by":
            conditions.append(same)
    return " AND ".join(conditions)


def _is_empty(column: str, value: Any) -> str:
    """Return the condition, in SQL, that a column holds a value that stands for nothing."""
    if value is None:
        return f"{column} IS NULL"
    if isinstance(value, bytes):
        return f"length({column}) = 0"
    return f"{column} = '{value if isinstance(value, str) else json.dumps(value)}'"


def missing_triggers(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return the names of the triggers that should be there and are not."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_INSTALLED[connection.vendor])
        installed = {row[0] for row in cursor.fetchall()}
    return sorted(set(_wanted_triggers(connection)) - installed)


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
    wanted, tables = _wanted_triggers(connection), set(connection.introspection.table_names())
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
        for trigger in _wanted_triggers(connection).values():
            if trigger.name not in missing:
                on_table = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {trigger.name}{on_table}")


def install_after_migrate(using: str, **_kwargs: Any) -> None:
    """Install the triggers that are missing (receiver of `post_migrate`, once for each app).

    A migration may remake a table, which on SQLite drops its triggers without a word.
    """
    if missing_triggers(using):
        install_triggers(using)
