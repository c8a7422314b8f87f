"""The PostgreSQL role of the public side: what it may do, how it gets that, and what differs from that.

Whatever a stranger could make a public process ask the database, it can only ask as this role.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from psycopg import sql

from casetracker.core.errors import DomainError
from casetracker.core.published import published_columns

# What every session of the role begins with. It could be changed by the session: the grants are the wall.
SETTINGS = {"statement_timeout": "5s", "default_transaction_read_only": "on"}
_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")

_ROLE = """
SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls, rolname = CURRENT_USER
FROM pg_roles WHERE rolname = %s
"""
_MEMBERSHIPS = """
SELECT parent.rolname FROM pg_auth_members
JOIN pg_roles AS parent ON parent.oid = roleid JOIN pg_roles AS child ON child.oid = member
WHERE child.rolname = %s ORDER BY 1
"""
# Rights that come by way of everybody (PUBLIC) or as owner count too.
_TABLE_RIGHTS = """
SELECT relname, right_name, has_table_privilege(%(role)s, pg_class.oid, right_name) FROM pg_class
JOIN pg_namespace ON pg_namespace.oid = relnamespace CROSS JOIN unnest(%(rights)s::text[]) AS right_name
WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
ORDER BY relname, right_name
"""
_COLUMN_RIGHTS = """
SELECT relname, attname FROM pg_class
JOIN pg_namespace ON pg_namespace.oid = relnamespace JOIN pg_attribute ON attrelid = pg_class.oid
WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
AND attnum > 0 AND NOT attisdropped AND has_column_privilege(%(role)s, pg_class.oid, attnum, 'SELECT')
ORDER BY relname, attname
"""
_SEQUENCES = """
SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE nspname !~ '^pg_'
AND CASE relkind WHEN 'S' THEN has_sequence_privilege(%(role)s, pg_class.oid, 'USAGE, SELECT, UPDATE') ELSE false END
ORDER BY 1
"""
_SCHEMAS = """
SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND has_schema_privilege(%(role)s, oid, 'CREATE') ORDER BY 1
"""
_CONFIGURED = """
SELECT unnest(setconfig) FROM pg_db_role_setting
JOIN pg_roles ON pg_roles.oid = setrole JOIN pg_database ON pg_database.oid = setdatabase
WHERE rolname = %s AND datname = current_database()
"""


class NotGranted(DomainError):
    """The role cannot be made what it should be; the message says what to do first."""


def grant(role: str) -> list[str]:
    """Take every right from the role and give it those of the public side. Return the statements, as they were sent.

    Must run in a transaction, as the owner of the tables. Raises `NotGranted`.
    """
    if connection.vendor != "postgresql":
        raise NotGranted("Only PostgreSQL has roles. On SQLite the public side opens the database for reading alone.")
    unfit = list(_unfit(role))
    if unfit:
        raise NotGranted(" ".join(unfit))
    done = []
    with connection.cursor() as cursor:
        for statement in _statements(role):
            text = statement.as_string(cursor.connection)
            cursor.execute(text)
            done.append(text)
    return done


def differences(role: str) -> list[str]:
    """Return in what the role is not what `grant` makes it, each in a sentence."""
    return (
        [*_unfit(role), *_rights_that_differ(role), *_settings_that_differ(role)] if _exists(role) else [_unknown(role)]
    )


def _statements(role: str) -> Iterator[sql.Composed]:
    name, database = sql.Identifier(role), sql.Identifier(str(connection.settings_dict["NAME"]))
    for kind in ("TABLES", "SEQUENCES"):
        yield sql.SQL("REVOKE ALL ON ALL {} IN SCHEMA public FROM {}").format(sql.SQL(kind), name)
    yield sql.SQL("REVOKE ALL ON SCHEMA public FROM {}").format(name)
    yield sql.SQL("REVOKE ALL ON DATABASE {} FROM {}").format(database, name)
    yield sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, name)
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name)
    for table, columns in _wanted().items():
        chosen = sql.SQL(" ({})").format(sql.SQL(", ").join(map(sql.Identifier, sorted(columns)))) if columns else ""
        yield sql.SQL("GRANT SELECT{} ON {} TO {}").format(chosen or sql.SQL(""), sql.Identifier(table), name)
    for setting, value in SETTINGS.items():
        yield sql.SQL("ALTER ROLE {} IN DATABASE {} SET {} = {}").format(
            name, database, sql.Identifier(setting), sql.Literal(value)
        )


def _wanted() -> dict[str, frozenset[str] | None]:
    """Return the published columns of the tables that are there: some index tables are SQLite's alone."""
    tables = set(connection.introspection.table_names())
    return {table: columns for table, columns in published_columns().items() if table in tables}


def _unknown(role: str) -> str:
    return f"There is no role {role}. Make it first, as a superuser: CREATE ROLE {role} LOGIN PASSWORD '…'."


def _exists(role: str) -> bool:
    return bool(_rows(_ROLE, [role]))


def _unfit(role: str) -> Iterator[str]:
    """Yield what no grant can mend: a role that can do more than its grants say."""
    found = _rows(_ROLE, [role])
    if not found:
        yield _unknown(role)
        return
    ((is_mighty, is_self),) = found
    if is_self:
        yield f"{role} is the role of this connection. The public side needs another one."
    if is_mighty:
        yield (
            f"{role} has attributes that pass by its grants. "
            f"ALTER ROLE {role} NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS."
        )
    parents = _column(_MEMBERSHIPS, [role])
    if parents:
        yield f"{role} is a member of {', '.join(parents)} and has their rights too. REVOKE {parents[0]} FROM {role}."


def _rights_that_differ(role: str) -> Iterator[str]:
    wanted, named = _wanted(), {"role": role}
    whole = {table for table, columns in wanted.items() if columns is None}
    for table, right, is_held in _rows(_TABLE_RIGHTS, {**named, "rights": list(_RIGHTS)}):
        is_wanted = right == "SELECT" and table in whole
        if is_held != is_wanted:
            yield f"{role} {'lacks' if is_wanted else 'has'} {right} on {table}."
    parts = {(table, column) for table, columns in wanted.items() for column in columns or ()}
    held = {(table, column) for table, column in _rows(_COLUMN_RIGHTS, named) if table not in whole}
    for table, column in sorted(parts ^ held):
        yield f"{role} {'has' if (table, column) in held else 'lacks'} SELECT on {table}.{column}."
    for sequence in _column(_SEQUENCES, named):
        yield f"{role} has rights on the sequence {sequence}."
    for schema in _column(_SCHEMAS, named):
        yield f"{role} may make tables in the schema {schema}. REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC."


def _settings_that_differ(role: str) -> Iterator[str]:
    configured = set(_column(_CONFIGURED, [role]))
    for name, value in SETTINGS.items():
        if f"{name}={value}" not in configured:
            yield f"{role} begins its sessions without {name}={value}."


def _rows(statement: str, values: list[Any] | dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _column(statement: str, values: list[Any] | dict[str, Any]) -> list[str]:
    return [row[0] for row in _rows(statement, values)]
