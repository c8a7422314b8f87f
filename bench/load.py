"""How many requests a server answers, and how long each takes: by wrk, with sixteen at the same time."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bench.servers import Server

CONCURRENCY = 16
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_MIDDLE = re.compile(r"50%\s+([\d.]+)(us|ms|s)\b")
_FAILED = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.+)")
_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Sample:
    """What one run of wrk found."""

    rate: float  # requests a second
    middle: float  # milliseconds


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
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    if failed := _FAILED.search(said):
        raise SystemExit(f"{server.name} fails at {path}: {failed[0]}")
    amount, unit = _MIDDLE.search(said).groups()  # type: ignore[union-attr]
    return Sample(float(_RATE.search(said)[1]), float(amount) * _MILLISECONDS[unit])  # type: ignore[index]
