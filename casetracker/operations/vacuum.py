"""Taking what was erased out of the files of the database, where deleted rows stand until something overwrites them."""

from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from casetracker.public.search import engine
from casetracker.publication.erasers import tables_of_erasers
from casetracker.review.models import LegalRequest


class NotVacuumed(Exception):
    """Something of what was erased may still be in the files; the message says why, and what to do."""


def vacuum() -> None:
    """Write the tables that erasers cover anew, without what was deleted. Takes long, and room for a second copy.

    Not in a transaction. Raises `NotVacuumed`, and `DatabaseError` where the database role owns no tables.
    """
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    engine.refill()
    (_vacuum_sqlite if connection.vendor == "sqlite" else _vacuum_postgresql)()


def _vacuum_sqlite() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (busy, _pages, _moved) = cursor.fetchone()
    if busy:
        raise NotVacuumed(
            "Somebody was reading from the database all the time, so that its write-ahead log could not be emptied. "
            "Stop the site for a moment, or run this again at night."
        )


def _vacuum_postgresql() -> None:
    models: list[type[Model]] = [*tables_of_erasers(), LegalRequest, Session]
    tables = {model._meta.db_table for model in models}
    with connection.cursor() as cursor:
        for name in sorted(tables):
            cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(name)}")
