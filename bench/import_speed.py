"""How long it takes to plan and import a spreadsheet of stations, beside django-import-export's own way.

    python -m bench.import_speed [ROWS ...]

With two numbers of rows it also says how much memory each further row takes. Both read the same file into the same
columns with the same widgets, look first and then import, and keep the edit history. The other way writes less: no
author, no decision, no search for possible duplicates. Both run in processes of their own on an empty SQLite
database; printed are seconds, the seconds of processor time in them (other work on the machine matters less there),
and the most memory that each had beside what it began with.
"""

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.invented_sheet import stations_csv

ROWS = (2_500, 10_000)
_EVERYBODY = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
OURS, THEIRS = "ours", "django-import-export"


class Measure(NamedTuple):
    """What an import took: seconds, seconds of the processor, megabytes."""

    seconds: float
    processor: float
    memory: float


def main(sizes: list[int]) -> None:
    """Measure at each size, and print a table."""
    found: dict[tuple[str, int], Measure] = {}
    for rows in sizes:
        for name in (OURS, THEIRS):
            found[name, rows] = one = _measured(name, rows)
            took = f"{one.seconds:7.1f} s  {one.processor:7.1f} s of processor  {one.memory:6.1f} MB"
            sys.stdout.write(f"{rows:>7,} rows  {name:<22} {took}\n")
        ours, theirs = found[OURS, rows], found[THEIRS, rows]
        times = f"{theirs.seconds / ours.seconds:.1f} ({theirs.processor / ours.processor:.1f} by processor)"
        sys.stdout.write(f"{rows:>7,} rows  {times} times as fast\n")
    fewest, most = min(sizes), max(sizes)
    for name in (OURS, THEIRS) if most > fewest else ():
        growth = (found[name, most].memory - found[name, fewest].memory) / (most - fewest) * 1024
        sys.stdout.write(f"{name}: {growth:.2f} KB of memory for each row between {fewest:,} and {most:,}\n")
    sizes_of_files = ", ".join(f"{len(stations_csv(rows)) / rows / 1024:.2f} KB for each of {rows:,}" for rows in sizes)
    sys.stdout.write(f"the file itself: {sizes_of_files}\n")


def _measured(name: str, rows: int) -> Measure:
    receiver, sender = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_measure, args=(name, rows, sender))
    process.start()
    sender.close()  # Ours; that of the process remains, so that its end is noticed.
    found = Measure(*receiver.recv())
    process.join()
    return found


def _measure(name: str, rows: int, sender: "multiprocessing.connection.Connection") -> None:
    from django.core.management import call_command  # noqa: PLC0415

    import bench  # noqa: PLC0415 - sets Django up, in this process alone

    call_command("migrate", verbosity=0)
    way: Callable[[bytes], int] = {"ours": _ours, "django-import-export": _theirs}[name]
    content = stations_csv(rows)
    before, start, start_of_processor = _memory(), time.perf_counter(), _processor()
    written = way(content)
    seconds = time.perf_counter() - start
    if written != rows:
        raise SystemExit(f"{name} wrote {written} of {rows} rows in {Path(bench.folder.name)}")
    sender.send((seconds, _processor() - start_of_processor, _memory() - before))


def _memory() -> float:
    """Return the most megabytes that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _processor() -> float:
    """Return the processor time of this process and of those that it started, such as the one that reads files."""
    return sum(resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime for who in _EVERYBODY)


def _ours(content: bytes) -> int:
    from casetracker.desk.exchange.running import carry_out_import, plan_import  # noqa: PLC0415
    from casetracker.review.services.uploads import Choices, confirm_import, start_import  # noqa: PLC0415

    person = _researcher()
    upload = plan_import(start_import("station", "stations.csv", content, by=person).pk)
    confirm_import(upload.pk, by=person, plan_digest=upload.plan_digest, choices=Choices())
    return int(carry_out_import(upload.pk).counts["written"])


def _theirs(content: bytes) -> int:
    from tablib import Dataset  # noqa: PLC0415

    from bench.default_resource import StationResource  # noqa: PLC0415
    from stations.models import Station  # noqa: PLC0415

    data, by_default = Dataset().load(content.decode(), format="csv"), StationResource(by=_researcher())
    for dry_run in (True, False):
        result = by_default.import_data(data, dry_run=dry_run, use_transactions=True, raise_errors=True)
        if result.has_errors() or result.has_validation_errors():
            raise SystemExit("the file has errors")
    return Station.objects.count()


def _researcher():  # type: ignore[no-untyped-def]  # Django is set up only in the process that measures.
    from django.contrib.auth.models import Group  # noqa: PLC0415

    from casetracker.accounts.models import User  # noqa: PLC0415
    from casetracker.accounts.roles import Role  # noqa: PLC0415

    person = User.objects.create_user("researcher")
    person.groups.add(Group.objects.get(name=Role.RESEARCHER))
    return person


if __name__ == "__main__":
    main([int(rows) for rows in sys.argv[1:]] or list(ROWS))
