"""How many requests a server answers, and how long each takes: by wrk, with sixteen at the same time."""

import re
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from statistics import median

from bench.servers import WORKERS, Server

CONCURRENCY = 16
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_COUNT = re.compile(r"(\d+) requests in")
_MIDDLE = re.compile(r"50%\s+([\d.]+)(us|ms|s)\b")
_FAILED = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: connect [1-9].*")
_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Sample:
    """What one run of wrk found."""

    rate: float  # requests a second
    middle: float  # milliseconds that an answer takes
    processor: float  # milliseconds of the server's processes for each


def measure_slow(server: Server, path: str) -> Sample:
    """Ask a few times only, as many at once as there are workers: what takes a second for each answer.

    With more, the server would be busy long after nobody waits any more, and the next in turn with it.
    """
    start, before = time.monotonic(), server.processor()
    with ThreadPoolExecutor(WORKERS) as callers:
        times = list(callers.map(lambda _turn: _seconds(server, path), range(2 * WORKERS)))
    rate = len(times) / (time.monotonic() - start)
    return Sample(rate, median(times) * 1000, (server.processor() - before) / len(times) * 1000)


def _seconds(server: Server, path: str) -> float:
    start = time.monotonic()
    status, _headers, _body = server.get(path)
    if status != HTTPStatus.OK:
        raise SystemExit(f"{server.name} fails at {path}: {status}")
    return time.monotonic() - start


def measure(server: Server, path: str, seconds: float, headers: dict[str, str], *, always_new: bool = False) -> Sample:
    """Ask for one address again and again. `always_new`: each time in another way, so that no cache has seen it."""
    program = shutil.which("wrk")
    if program is None:
        raise SystemExit("This needs wrk: apt-get install wrk")
    command = [program, "--threads", "1", "--connections", str(CONCURRENCY), "--latency"]
    command += ["--duration", f"{max(1, round(seconds))}s"]
    for name, value in headers.items():
        command += ["--header", f"{name}: {value}"]
    if always_new:
        command += ["--script", str(Path(__file__).parent / "always_new.lua")]
    command.append(f"http://127.0.0.1:{server.port}{path}")
    before = server.processor()
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    if failed := _FAILED.search(said):
        raise SystemExit(f"{server.name} fails at {path}: {failed[0]}")
    (amount, unit), (rate,), (count,) = (pattern.search(said).groups() for pattern in (_MIDDLE, _RATE, _COUNT))
    processor = (server.processor() - before) / max(1, int(count)) * 1000
    return Sample(float(rate), float(amount) * _MILLISECONDS[unit], processor)
