"""How long it takes to publish approved stations as one release.

    python -m bench.publishing [NUMBER_OF_RECORDS ...]

The records are logged and edited by the site's services; how they were approved is written past them, because that is
not what is measured. Printed are milliseconds for each record: by the clock and, because other work on the machine
matters less there, of the processor. BENCH_DATABASE_URL names an empty database of another server.
"""

import sys
import time
from uuid import UUID

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone

import bench  # noqa: F401 - sets Django up
from casetracker.accounts.models import User
from casetracker.accounts.roles import Role
from casetracker.review import services
from casetracker.review.choices import State
from casetracker.review.collected import collect_contents
from casetracker.review.models import Record
from casetracker.review.services import Edit
from casetracker.sources.models import Source

SIZES = (100, 1_000)
_STEPS = ("submitted", "verified", "approved")


def main(sizes: list[int]) -> None:
    """Measure each number, and print it."""
    call_command("migrate", verbosity=0)
    author, editor = _person("author", Role.RESEARCHER), _person("editor", Role.EDITOR)
    for size in sizes:
        chosen = _approved(size, author, editor)
        release = services.create_release(title=f"Release of {size}", by=editor, record_ids=chosen)
        clock, processor = time.perf_counter(), time.process_time()
        services.publish_release(release.pk, by=editor, lock_version=release.lock_version)
        clock, processor = time.perf_counter() - clock, time.process_time() - processor
        each = f"{clock * 1000 / size:6.2f} ms each, {processor * 1000 / size:6.2f} ms of the processor"
        sys.stdout.write(f"{size:>7,} records: {each}\n")


def _person(name: str, role: Role) -> User:
    person = User.objects.create(username=name, name=name)
    person.groups.set(Group.objects.filter(name=role))
    return person


def _approved(size: int, author: User, editor: User) -> list[UUID]:
    """Return new stations that are approved. Each cites two sources, which some others cite too."""
    sources = [_source(number, author) for number in range(1, size // 4 + 3)]
    records = [_station(number, sources, author) for number in range(size)]
    contents = collect_contents(records)
    for record in records:
        record.state = State.APPROVED
        digest = contents.digest(record)
        for step in _STEPS:
            setattr(record, f"{step}_at", timezone.now())
            setattr(record, f"{step}_by", editor)
            setattr(record, f"{step}_digest", digest)
    columns = [f"{step}_{what}" for step in _STEPS for what in ("at", "by", "digest")]
    Record.objects.bulk_update(records, ["state", *columns], batch_size=100)
    return [record.pk for record in records]


def _source(number: int, author: User) -> Source:
    words = {"title": f"Article {number}", "publisher": f"Paper {number % 40}", "published": "2022-10-26"}
    place = {"url": f"https://paper.example/{number}", "language": "nl", "type": "newspaper"}
    return services.log_source(fields=words | place, by=author)


def _station(number: int, sources: list[Source], author: User) -> Record:
    cited = [sources[number // 4], sources[number // 4 + 1]]
    edit = Edit(
        fields={"kind": "police_service_station", "country": "NL", "locality": f"Town {number}"},
        rows={"names": [], "replies": []},
        citations=[{"source": source} for source in cited],
        private_terms=[],
    )
    return services.log_record("station", edit, by=author)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
