"""The whole list as one file: how fast it comes, and how much memory of the server it takes."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import median

import psycopg

from bench.servers import OURS, USUAL, Server

RAW = "raw read"
PATHS = {OURS: "/api/v1/stations/?format=ndjson", USUAL: "/stations/export/"}
_ROWS = "SELECT body FROM public_stationdocument WHERE to_seq IS NULL ORDER BY number"
_ROUNDS = 2
_LONGEST = 10  # seconds; what takes longer is broken off, and its speed until then counts
_PART = 1 << 20
_LOOK = 0.05  # seconds between two looks at the memory


@dataclass(frozen=True)
class Download:
    """What came in what time."""

    name: str
    rate: float  # rows a second
    megabytes: float  # a second
    growth: float = 0.0  # of the server's memory, in megabytes


def downloads(servers: dict[str, Server], database: str) -> list[Download]:
    """Download all stations from each that offers it, and read the same rows without any server."""
    found: dict[str, list[Download]] = {RAW: [], OURS: [], USUAL: []}
    for _turn in range(_ROUNDS):
        found[RAW].append(_read(database))
        for name, path in PATHS.items():
            found[name].append(_download(servers[name], path))
    return [
        Download(
            name,
            median(one.rate for one in runs),
            median(one.megabytes for one in runs),
            max(one.growth for one in runs),
        )
        for name, runs in found.items()
    ]


def _download(server: Server, path: str) -> Download:
    before = server.memory()
    with _highest_memory(server) as memory, closing(HTTPConnection("127.0.0.1", server.port)) as connection:
        start = time.monotonic()
        connection.request("GET", path)
        response, size, rows = connection.getresponse(), 0, 0
        while time.monotonic() - start < _LONGEST and (part := response.read1(_PART)):
            size, rows = size + len(part), rows + part.count(b"\n")
        seconds = time.monotonic() - start
    return Download(server.name, rows / seconds, size / 1e6 / seconds, max(memory) - before)


def _read(database: str) -> Download:
    """Read the rows with the driver alone."""
    start = time.monotonic()
    sizes = [len(body.encode()) for (body,) in _rows(database)]
    seconds = time.monotonic() - start
    return Download(RAW, len(sizes) / seconds, sum(sizes) / 1e6 / seconds)


def _rows(database: str) -> Iterator[tuple[str]]:
    if database.startswith("sqlite"):
        with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as connection:
            yield from connection.execute(_ROWS)
    else:
        with psycopg.connect(database) as connection, connection.cursor("bench") as cursor:
            cursor.itersize = 200
            yield from cursor.execute(_ROWS)


@contextmanager
def _highest_memory(server: Server) -> Iterator[list[float]]:
    """Give a list to which the memory of a server is added, again and again."""
    seen, is_done = [server.memory()], threading.Event()

    def look() -> None:
        while not is_done.wait(_LOOK):
            seen.append(server.memory())

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        is_done.set()
        watcher.join()
