"""The doctor looks at a deployment and says what is wrong with it, and what to do."""

from collections.abc import Iterator

from django.db import DatabaseError

from casetracker.operations.doctor import database, machine, people, running, site, worker
from casetracker.operations.doctor.findings import Asked, Check, Finding, Level, fail

__all__ = ["Asked", "Finding", "Level", "examine"]

# By the name under which each reports.
_CHECKS: dict[str, Check] = {
    "settings": site.check_settings,
    "key files": site.check_key_files,
    "mail": site.check_mail,
    "disk": machine.check_disk,
    "folder": machine.check_folder,
    "backup": machine.check_backup,
    "running site": running.check_urls,
}
# These ask the database, and are left out while it has not all its tables.
_OF_THE_DATABASE: dict[str, Check] = {
    "database checks": site.check_database,
    "roles": people.check_roles,
    "people": people.check_people,
    "log": database.check_log,
    "checkpoints": database.check_checkpoints,
    "clock": machine.check_clock,
    "archived copies": database.check_captures,
    "releases": database.check_releases,
    "worker": worker.check_worker,
    "fetcher": worker.check_fetcher,
}


# SQLite keeps any value in any column, and fails only when it is read.
_UNREADABLE = (DatabaseError, ValueError, TypeError)


def examine(asked: Asked) -> Iterator[tuple[str, Finding]]:
    """Look at everything, and yield what is found, by the name of the part."""
    for name, check in _CHECKS.items():
        yield from ((name, finding) for finding in check(asked))
    try:
        migrated = list(database.check_migrations(asked))
    except DatabaseError as error:
        yield "database", _unread(error)
        return
    yield from (("migrations", finding) for finding in migrated)
    if any(finding.level == Level.FAIL for finding in migrated):
        return
    for name, check in _OF_THE_DATABASE.items():
        try:
            yield from ((name, finding) for finding in check(asked))
        except _UNREADABLE as error:
            yield name, _unread(error)


def _unread(error: Exception) -> Finding:
    return fail(
        f"The database does not answer, or not with what it should ({type(error).__name__}).",
        "See that it runs, that DATABASE_URL is right and this user may reach it; then run manage.py verify_log.",
    )
