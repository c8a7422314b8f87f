"""After the documented vacuum, what was erased is in no byte of the database's files, of its log or of the archive."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from casetracker.core.append_only import missing_triggers
from tests.erasure.world import CANARY, World
from tests.stored_bytes import bytes_of

pytestmark = [pytest.mark.slow, pytest.mark.both, pytest.mark.django_db(transaction=True)]


def places_in_files() -> list[str]:
    """Return the files, or the tables, in whose bytes the canary is."""
    archive = Path(settings.STORAGES["captures"]["OPTIONS"]["location"])
    files = [path for path in archive.rglob("*") if path.is_file()]
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        files += [path for ending in ("", "-wal", "-shm") if (path := Path(f"{database}{ending}")).exists()]
        return [path.name for path in files if _sings(bytes_of(path))]
    return [path.name for path in files if _sings(bytes_of(path))] + _places_in_postgresql()


def _sings(content: bytes) -> bool:
    lower, name = content.lower(), CANARY.lower()
    return name.encode() in lower or name.encode().hex().encode() in lower or name.encode("utf-16-le") in lower


def _places_in_postgresql() -> list[str]:
    """Look into the files of all tables and indexes, once they are on the disk; without that right, into the rows."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone() != (True,):
            return _places_in_rows(cursor)
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT relname, pg_relation_filepath(oid) FROM pg_class WHERE pg_relation_filepath(oid) IS NOT NULL"
        )
        for name, path in cursor.fetchall():
            cursor.execute("SELECT pg_read_binary_file(%s, 0, 1000000000, true)", [path])
            content = cursor.fetchone()[0]
            if content and _sings(bytes(content)):
                found.append(name)
    return found


def _places_in_rows(cursor) -> list[str]:
    found = []
    for name in connection.introspection.table_names(cursor):
        cursor.execute(f'SELECT lower("{name}"::text) FROM "{name}"')
        found += [name for (row,) in cursor.fetchall() if _sings(row.encode())]
    return found


def test_nothing_is_left_in_any_file(settings, tmp_path):
    captures = settings.STORAGES["captures"] | {"OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"captures": captures}
    world = World()
    assert len(places_in_files()) > 1, "the canary must have sung first, in the archive and in the database"
    world.erase(1, with_sources=True)
    world.erase(2, with_sources=True)
    call_command("vacuum_erased", stdout=io.StringIO())
    assert places_in_files() == []
    assert missing_triggers() == []
    for check in ("verify_log", "verify_captures"):
        call_command(check, stdout=io.StringIO())
