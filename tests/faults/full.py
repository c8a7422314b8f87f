"""A SQLite that may not grow any more, while records are published: `python -m tests.faults.full`."""

import json

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from casetracker.core.outages import Outage, outage_of  # noqa: E402
from casetracker.review import services  # noqa: E402
from casetracker.review.models import Record  # noqa: E402
from tests.factories.records import bring_to, make_people, make_station  # noqa: E402
from tests.faults.wholeness import problems  # noqa: E402

RECORDS = 30
ROOM = 40  # pages of the database that are left
UNBOUNDED = 4_294_967_294


def main() -> dict[str, object]:
    """Approve and publish until the disk is full, then with room again; say what was refused, and what is wrong."""
    call_command("migrate", verbosity=0)
    people = make_people()
    waiting = [bring_to(make_station(by=people.author), "verified", **vars(people)).pk for _ in range(RECORDS)]
    with connection.cursor() as cursor:
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages + ROOM}")
        done, refused = _publish(waiting, people.editor)
        cursor.execute(f"PRAGMA max_page_count = {UNBOUNDED}")
    found = {"published": len(done), "refused": len(refused), "problems": _wrong(done, people)}
    later, still = _publish(refused, people.editor)
    wrong = [*found["problems"], *_wrong([*done, *later], people), *(f"{key} is still refused" for key in still)]
    return found | {"published_later": len(later), "problems": wrong}


def _publish(keys, editor):
    done, refused = [], []
    for key in keys:
        try:
            services.approve_and_publish(key, by=editor, lock_version=_version(key))
            done.append(key)
        except Exception as error:
            if outage_of(error) is not Outage.FULL:
                raise
            refused.append(key)
    return done, refused


def _version(key):
    return Record.objects.get(pk=key).lock_version


def _wrong(done, people):
    acts = [(act, str(key)) for key in done for act in ("approve", "publish")]
    return problems(acts, editor=people.editor.pk)


if __name__ == "__main__":
    print(json.dumps(main()))  # noqa: T201
