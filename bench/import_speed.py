"""How long it takes to plan and import a spreadsheet of stations, beside django-import-export's own way.

    python -m bench.import_speed [ROWS ...]

Both read the same file into the same columns with the same widgets, look first and then import, and keep the
edit history. The other way writes less: no author, no decision, no search for possible duplicates. Both run in
processes of their own on an empty SQLite database; printed are seconds and the most memory that each had.
"""

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.invented_sheet import stations_csv

ROWS = (10_000,)


def main(sizes: list[int]) -> None:
    """Measure at each size, and print a table."""
    for rows in sizes:
        times = {}
        for name in ("ours", "django-import-export"):
            times[name], memory = _measured(name, rows)
            sys.stdout.write(f"{rows:>7,} rows  {name:<22} {times[name]:7.1f} s  {memory:6.0f} MB\n")
        sys.stdout.write(f"{rows:>7,} rows  {times['django-import-export'] / times['ours']:.1f} times as fast\n")


def _measured(name: str, rows: int) -> tuple[float, float]:
    receiver, sender = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_measure, args=(name, rows, sender))
    process.start()
    sender.close()  # Ours; that of the process remains, so that its end is noticed.
    found: tuple[float, float] = receiver.recv()
    process.join()
    return found


def _measure(name: str, rows: int, sender: "multiprocessing.connection.Connection") -> None:
    from django.core.management import call_command  # noqa: PLC0415

    import bench  # noqa: PLC0415 - sets Django up, in this process alone

    call_command("migrate", verbosity=0)
    way: Callable[[bytes], int] = {"ours": _ours, "django-import-export": _theirs}[name]
    content = stations_csv(rows)
    before, start = _memory(), time.perf_counter()
    written = way(content)
    seconds = time.perf_counter() - start
    if written != rows:
        raise SystemExit(f"{name} wrote {written} of {rows} rows in {Path(bench.folder.name)}")
    sender.send((seconds, _memory() - before))


def _memory() -> float:
    """Return the most megabytes that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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
