"""A database that may not grow any more, while an editor publishes at the desk: `python -m tests.faults.full [DISK]`.

SQLite is told how many pages it may have. A PostgreSQL has a small disk, which is filled (`tests.faults.bounded`).
"""

import contextlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import OperationalError, connection  # noqa: E402
from django.test import Client  # noqa: E402

from casetracker.review.choices import PublicStatus  # noqa: E402
from casetracker.review.models import Record  # noqa: E402
from tests.accounts.signing import signed_in  # noqa: E402
from tests.desk.browser import address  # noqa: E402
from tests.factories.records import People, bring_to, make_people, make_station  # noqa: E402
from tests.faults import bounded  # noqa: E402
from tests.faults.served import PAGES, PATIENCE  # noqa: E402
from tests.faults.sites import GOES_ON  # noqa: E402
from tests.faults.wholeness import problems  # noqa: E402

RECORDS = 30
ROOM = 40  # pages that are left to SQLite
UNBOUNDED = 4_294_967_294
PUBLISHED, FULL, AWAY = "published", "refused: full", "refused: away"
_FULL_PAGE = "The disk of this site is full"
Form = tuple[str, dict[str, object]]


def main(disk: str = "") -> dict[str, object]:
    """Approve and publish until the disk is full, then with room again; say what was refused, and what is wrong."""
    call_command("migrate", verbosity=0)
    people = make_people()
    waiting = [bring_to(make_station(by=people.author), "verified", **vars(people)) for _ in range(RECORDS)]
    forms = {record.pk: _form(record) for record in waiting}
    editor, reader = signed_in(people.editor, client=_client()), _client()
    with _full_disk(Path(disk)) if disk else _full_sqlite():
        said = {key: _press(editor, form) for key, form in forms.items()}
        read = Counter(_status(reader, page) for page in PAGES)
    _wait_for_the_database()
    done = [key for key, what in said.items() if what == PUBLISHED]
    wrong = [f"answered with {what}" for what in (*said.values(), *read) if what not in _EXPECTED]
    wrong += _wrong(done, people)
    # What was refused because the server went away in the middle may have been done all the same: the page says so.
    refused = list(Record.objects.filter(pk__in=forms).exclude(public_status=PublicStatus.LIVE))
    later = [record.pk for record in refused if _press(editor, _form(record)) == PUBLISHED]
    wrong += _wrong([*done, *later], people)
    still = len(refused) - len(later)
    return {
        "said": dict(Counter(said.values())),
        "read": dict(read),
        "published_later": len(later),
        "problems": wrong + [f"{still} are still refused"] * bool(still),
    }


_EXPECTED = frozenset({PUBLISHED, FULL, AWAY, "200", "503"})


def _client() -> Client:
    return Client(raise_request_exception=False, SERVER_NAME="localhost")


@contextlib.contextmanager
def _full_sqlite() -> Iterator[None]:
    with connection.cursor() as cursor:
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages + ROOM}")
        yield
        cursor.execute(f"PRAGMA max_page_count = {UNBOUNDED}")


@contextlib.contextmanager
def _full_disk(disk: Path) -> Iterator[None]:
    with connection.cursor() as cursor:
        # The server's log grows by files of a megabyte: let it be in one that has room for some publications alone.
        cursor.execute("SELECT pg_switch_wal(), pg_logical_emit_message(false, 'filler', repeat('x', 700000))")
    bounded.fill(disk)
    yield
    bounded.empty(disk)


def _form(record: Record) -> Form:
    return address(record, "approve-and-publish"), {"lock_version": record.lock_version}


def _press(editor: Client, form: Form) -> str:
    """Press “approve and publish” at the desk; return what the answer says."""
    response = editor.post(*form)
    _close_what_broke()
    if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        return FULL if _FULL_PAGE in response.text else AWAY
    return PUBLISHED if response.status_code == HTTPStatus.FOUND else str(response.status_code)


def _status(reader: Client, page: str) -> str:
    response = reader.get(page)
    _close_what_broke()
    return str(response.status_code)


def _close_what_broke() -> None:
    """Do what a server does after each request. SQLite keeps its connection, which knows how many pages it may have."""
    if connection.vendor == "postgresql":
        connection.close_if_unusable_or_obsolete()


def _wait_for_the_database() -> None:
    """Wait until the server is there again. Raises `OperationalError` if it does not come."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            connection.ensure_connection()
        except OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(GOES_ON)
        else:
            return


def _wrong(done: list, people: People) -> list[str]:
    acts = [(act, str(key)) for key in done for act in ("approve", "publish")]
    return problems(acts, editor=people.editor.pk)


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))  # noqa: T201
