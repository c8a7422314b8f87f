"""The API beside others that serve the same stations, and how it grows from a thousand of them to a million.

    python -m bench.api [--sizes 1000 10000 100000 1000000] [--compare 100000] [--postgres URL] [--write]

Fills a SQLite file for each size (and with --postgres an empty database of that server, for the size that is compared),
then runs wrk against the contenders in turn, several rounds, and prints the middle of the rounds and the ratios. The
contenders: the public side, with two workers of granian as `./run demo` has; a usual ModelSerializer list with
prefetch, django-filter and page numbers, on the same server; Datasette over the same file; a WSGI function that gives
the same bytes. --write puts tables and a plot into docs/performance.md. --folder keeps the data (a million takes an
hour and 10 GB); what is there is not made again. Needs wrk, and some 200 MB in .venv/bench for Datasette.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections import defaultdict
from contextlib import ExitStack, nullcontext
from pathlib import Path

import psycopg

from bench import report
from bench.cases import GOALS, Case, Question, cases
from bench.downloads import downloads
from bench.load import Sample, measure, measure_slow
from bench.servers import BARE, BENCH, DATASETTE, OURS, ROOT, USUAL, WORKERS, Server, running

SIZES = (1_000, 10_000, 100_000, 1_000_000)
LIST = "/api/v1/stations/?country=NL"


def main(arguments: list[str]) -> None:
    """Measure, print, and write if asked to."""
    asked = _read(arguments)
    signal.signal(signal.SIGTERM, lambda *_said: sys.exit("ended"))  # so that the servers end too
    with nullcontext(asked.folder) if asked.folder else tempfile.TemporaryDirectory(prefix="casetracker-api-") as home:
        files = {size: _filled(size, Path(home)) for size in asked.sizes}
        compared = asked.compare if asked.compare in files else max(files)
        found = report.Found(compared)
        _compare(found, "SQLite", files[compared], asked, Path(home))
        if asked.postgres:
            _compare(found, "PostgreSQL", _filled_on_postgresql(asked.postgres, compared), asked, Path(home))
        found.load = _load()
        found.growth = _grow(files, asked, Path(home))
    sys.stdout.write(report.as_text(found, GOALS))
    if asked.write:
        report.write(found, GOALS)


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.api", description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of stations")
    parser.add_argument("--compare", type=int, default=100_000, help="the size at which others are asked too")
    parser.add_argument("--postgres", metavar="URL", help="an empty database on PostgreSQL, which is filled")
    parser.add_argument("--seconds", type=float, default=3, help="of each run")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", help="where data are kept; otherwise they go away at the end")
    parser.add_argument("--without-datasette", action="store_true", help="install nothing")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    return parser.parse_args(arguments)


def _filled(size: int, home: Path) -> str:
    """Fill a SQLite file, and return its address."""
    folder = home / str(size)
    address = f"sqlite:///{folder / 'bench.sqlite3'}"
    if not (folder / "filled").exists():
        folder.mkdir(exist_ok=True)
        _fill(address, size)
        (folder / "filled").touch()
    return address


def _filled_on_postgresql(address: str, size: int) -> str:
    """Fill an empty database on PostgreSQL. One that was filled before is used again."""
    with psycopg.connect(address) as connection:
        is_filled = connection.execute("SELECT to_regclass('usual_station')").fetchone()
    if is_filled == (None,):
        _fill(address, size)
    return address


def _fill(address: str, size: int) -> None:
    sys.stderr.write(f"filling {size:,}\n")
    environment = os.environ | {
        "BENCH_DATABASE_URL": address,
        "DATABASE_URL": address,
        "PYTHONPATH": str(BENCH / "contenders"),
    }
    del environment["DJANGO_SETTINGS_MODULE"]
    for command in (["bench.invented_stations", str(size)], ["usual.fill"]):
        subprocess.run([sys.executable, "-m", *command], env=environment, cwd=ROOT, check=True)  # noqa: S603


def _compare(found: report.Found, database: str, address: str, asked: argparse.Namespace, home: Path) -> None:
    """Ask all contenders all questions, in rounds, and then for the whole list."""
    samples: report.Samples = defaultdict(list)
    reads_files = [] if asked.without_datasette or database != "SQLite" else [DATASETTE]
    names = [OURS, USUAL, *reads_files, BARE]
    _prepare_bodies(address, home)
    with running(names, address, home) as servers:
        for question in (question for case in cases(found.compared) for question in case.questions):
            if question.server in servers and not question.is_slow:
                _warm(servers[question.server], question)
        for turn in range(asked.rounds):
            for case in cases(found.compared):
                for question in case.questions:
                    if question.server in servers:
                        sample = _ask(servers[question.server], question, asked.seconds)
                        samples[case.name, question.server].append(sample)
                        said = f"{sample.rate:10,.0f}/s {sample.processor:8.3f} ms"
                        sys.stderr.write(f"{turn + 1} {case.name:<20} {question.server:<12} {said}\n")
        found.tables[database] = samples
        found.memory[database] = {name: server.memory() for name, server in servers.items()}
        found.files[database] = downloads(servers, address)


def _load() -> str:
    """Say what else the machine did."""
    return (
        f"{os.cpu_count()} cores; load of the last 15 minutes, of the measurement itself too: {os.getloadavg()[2]:.1f}."
    )


def _prepare_bodies(address: str, home: Path) -> None:
    """Let the bare contender have the bytes that ours answers."""
    (home / "bare").mkdir(exist_ok=True)
    with running([OURS], address, home) as servers:
        (home / "bare" / "list").write_bytes(servers[OURS].get(LIST)[2])


def _ask(server: Server, question: Question, seconds: float) -> Sample:
    if question.is_slow:
        return measure_slow(server, question.path)
    headers = {}
    if question.known:
        headers["If-None-Match"] = server.get(question.path)[1].get("etag", '"known"')
    return measure(server, question.path, seconds, headers, always_new=question.always_new)


def _warm(server: Server, question: Question) -> None:
    """Ask first until each worker has answered: its first answers take seconds, and would hold up what is measured."""
    for _turn in range(3 * WORKERS):
        server.get(question.path)
    _ask(server, question, 1)


def _grow(files: dict[int, str], asked: argparse.Namespace, home: Path) -> report.Growth:
    """Return what answers take by size and question. The sizes take turns."""
    samples: report.Growth = {size: defaultdict(list) for size in files}
    with ExitStack() as stack:
        servers = {size: stack.enter_context(running([OURS], url, home))[OURS] for size, url in files.items()}
        for turn in range(asked.rounds + 1):
            for size, server in servers.items():
                for case in _that_grow(size):
                    sample = _ask(server, case.questions[0], asked.seconds if turn else 1)
                    if turn:  # The first answers of a process cost more.
                        samples[size][case.name].append(sample)
    return samples


def _that_grow(size: int) -> list[Case]:
    return [case for case in cases(size) if case.questions[0].always_new]


if __name__ == "__main__":
    main(sys.argv[1:])
