"""How the cost of as_of and known_at grows from a thousand to a million responses.

    python -m bench.status_growth [NUMBER_OF_RESPONSES ...]

For each number it fills a temporary SQLite database, asks at random days and entries of the log, and prints
the middle (p50) and the slow end (p95) in milliseconds of the processor, with the ratio of the middle to that
of the first number. It runs the site's own queries, and none of their answers is kept. The numbers take turns,
so that a slow minute of the machine is in all of them. The files are in the memory of the operating system, as
small ones always are: what is measured is the search, not the disk. A million takes ten minutes and 3 GB.
"""

import datetime as dt
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.db import connection

import bench
from bench.invented import BEGINNING, DAYS, FIRST_DAY, GOVERNMENTS, fill
from casetracker.public.filters import ResponseFilter
from casetracker.public.keyset import Ordering, Page, page_of
from casetracker.public.models import ResponseDocument
from casetracker.public.status import status_history, status_of, statuses
from casetracker.public.view import NOW, View

ROUNDS = 5
SIZES = (1_000, 10_000, 100_000, 1_000_000)
BY_NUMBER, BY_DATE = Ordering("number", ("number",)), Ordering("-date", ("date_earliest", "number"))
Question = Callable[[], object]


def main(sizes: list[int]) -> None:
    """Measure at each size, and print a table."""
    last = {size: _filled(size) for size in sizes}
    times: dict[tuple[int, str], list[float]] = defaultdict(list)
    for turn in range(ROUNDS):
        for size in sizes:
            _use(size)
            for name, (ask, count) in _questions(last[size], random.Random(turn)).items():
                times[size, name] += _times(ask, count)
    for (size, name), its_times in times.items():
        middle, slow = statistics.median(its_times), statistics.quantiles(its_times, n=20)[-1]
        ratio = middle / statistics.median(times[sizes[0], name])
        sys.stdout.write(f"{size:>9,}  {name:<42} p50 {middle:8.2f} ms  p95 {slow:8.2f} ms  x {ratio:.2f}\n")


def _filled(size: int) -> int:
    """Fill the database of a size, and return the number of the last entry of the log."""
    _use(size)
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    return fill(size)


def _use(size: int) -> None:
    """Turn to the database of a size, with its file in memory."""
    connection.close()  # this empties the write-ahead log into the file
    database = Path(bench.folder.name) / f"{size}.sqlite3"
    connection.settings_dict["NAME"] = str(database)
    if database.exists():
        _read_through(database)


def _read_through(file: Path) -> None:
    """Bring a file into the memory of the operating system."""
    with file.open("rb") as stream:
        while stream.read(1 << 20):
            pass


def _times(ask: Question, count: int) -> list[float]:
    times = []
    for _ in range(count):
        start = time.process_time()
        ask()
        times.append((time.process_time() - start) * 1000)
    return times


def _questions(last: int, chance: random.Random) -> dict[str, tuple[Question, int]]:
    """Return what is asked, and how often in a round. `last` is the number of the last entry of the log."""

    def day() -> dt.date:
        return FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS))

    def view() -> View:
        return View(day(), chance.randrange(BEGINNING, last))

    def government() -> str:
        return chance.choice(GOVERNMENTS)

    return {
        "status of one government": (lambda: status_of(government(), view()), 80),
        "the same, as of a day only": (lambda: status_of(government(), View(day())), 80),
        "the same, known at an entry only": (lambda: status_of(government(), View(None, view().known_at)), 80),
        "the same, now": (lambda: status_of(government(), NOW), 80),
        "statuses of all governments": (lambda: statuses(view()), 20),
        "page of responses": (lambda: _page(view(), BY_NUMBER), 40),
        "page of responses, latest first": (lambda: _page(view(), BY_DATE), 40),
        "page of responses of one government": (lambda: _page(view(), BY_NUMBER, concerns=[government()]), 40),
        "history of one government": (lambda: status_history(government(), view()), 20),
        "count of responses (once per view)": (lambda: ResponseDocument.objects.seen(view()).count(), 4),
    }


def _page(seen: View, ordering: Ordering, **filters: object) -> Page:
    return page_of(ResponseFilter.narrow(ResponseDocument.objects.seen(seen), filters), ordering, ("body",), limit=50)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
