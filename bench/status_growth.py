"""How the cost of as_of and known_at grows from a thousand to a million responses.

    python -m bench.status_growth [NUMBER_OF_RESPONSES ...]

For each number it fills a temporary SQLite database, asks at random days and entries of the log, and prints
the middle (p50) and the slow end (p95) in milliseconds, with the ratio of the middle to that of the first
number. It runs the site's own queries; nothing is taken from a cache. A million takes minutes and 4 GB.
"""

import datetime as dt
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.db import connection

import bench
from bench.invented import DAYS, FIRST_DAY, GOVERNMENTS, fill
from casetracker.public.filters import ResponseFilter
from casetracker.public.keyset import Ordering, Page, page_of
from casetracker.public.models import ResponseDocument
from casetracker.public.status import status_history, status_of, statuses
from casetracker.public.view import NOW, View

SIZES = (1_000, 10_000, 100_000, 1_000_000)
BY_NUMBER, BY_DATE = Ordering("number", ("number",)), Ordering("-date", ("date_earliest", "number"))
Question = Callable[[], object]


def main(sizes: list[int]) -> None:
    """Measure at each size, and print a table."""
    first: dict[str, float] = {}
    for size in sizes:
        for name, times in _measure(size).items():
            middle, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            ratio = middle / first.setdefault(name, middle)
            sys.stdout.write(f"{size:>9,}  {name:<42} p50 {middle:8.2f} ms  p95 {slow:8.2f} ms  x {ratio:.2f}\n")
        sys.stdout.flush()


def _measure(size: int) -> dict[str, list[float]]:
    connection.close()
    connection.settings_dict["NAME"] = str(Path(bench.folder.name) / f"{size}.sqlite3")
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    last = fill(size)
    return {name: _times(ask, count) for name, (ask, count) in _questions(last).items()}


def _times(ask: Question, count: int) -> list[float]:
    times = []
    for _ in range(count):
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    return times


def _questions(last: int) -> dict[str, tuple[Question, int]]:
    """Return what is asked, and how often. `last` is the number of the last entry of the log."""
    chance = random.Random(2)

    def day() -> dt.date:
        return FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS))

    def view() -> View:
        return View(day(), chance.randrange(1, last))

    def government() -> str:
        return chance.choice(GOVERNMENTS)

    return {
        "status of one government": (lambda: status_of(government(), view()), 400),
        "the same, as of a day only": (lambda: status_of(government(), View(day())), 400),
        "the same, known at an entry only": (lambda: status_of(government(), View(None, view().known_at)), 400),
        "the same, now": (lambda: status_of(government(), NOW), 400),
        "statuses of all governments": (lambda: statuses(view()), 60),
        "page of responses": (lambda: _page(view(), BY_NUMBER), 200),
        "page of responses, latest first": (lambda: _page(view(), BY_DATE), 200),
        "page of responses of one government": (lambda: _page(view(), BY_NUMBER, concerns=[government()]), 200),
        "history of one government": (lambda: status_history(government(), view()), 100),
        "count of responses (once per view)": (lambda: ResponseDocument.objects.seen(view()).count(), 10),
    }


def _page(seen: View, ordering: Ordering, **filters: object) -> Page:
    return page_of(ResponseFilter.narrow(ResponseDocument.objects.seen(seen), filters), ordering, ("body",), limit=50)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
