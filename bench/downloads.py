"""The whole list as one file: how long it takes, and how much memory of the server."""

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
_ROUNDS = {OURS: 3, USUAL: 1}  # the usual one takes minutes
_PART = 1 << 20
_LOOK = 0.05  # seconds between two looks at the memory


@dataclass(frozen=True)
class Download:
    """What it took to read all."""

    name: str
    seconds: float
    megabytes: float
    growth: float = 0.0  # of the server's memory, in megabytes


def downloads(servers: dict[str, Server], database: str) -> list[Download]:
    """Download all stations from each that offers it, and read the same rows without any server."""
    found: dict[str, list[Download]] = {RAW: [], OURS: [], USUAL: []}
    for turn in range(max(_ROUNDS.values())):
        found[RAW].append(_read(database))
        for name, path in PATHS.items():
            if turn < _ROUNDS[name]:
                found[name].append(_download(servers[name], path))
    return [
        Download(
            name,
            median(one.seconds for one in runs),
            runs[0].megabytes,
            max(one.growth for one in runs),
        )
        for name, runs in found.items()
    ]


def _download(server: Server, path: str) -> Download:
    before = server.memory()
    with _highest_memory(server) as memory, closing(HTTPConnection("127.0.0.1", server.port)) as connection:
        start = time.monotonic()
        connection.request("GET", path)
        response, size = connection.getresponse(), 0
        while part := response.read(_PART):
            size += len(part)
        seconds = time.monotonic() - start
    return Download(server.name, seconds, size / 1e6, max(memory) - before)


def _read(database: str) -> Download:
    """Read the rows with the driver alone."""
    start = time.monotonic()
    size = sum(len(body.encode()) for (body,) in _rows(database))
    return Download(RAW, time.monotonic() - start, size / 1e6)


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
