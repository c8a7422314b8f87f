"""Contenders: each a server of its own on the loopback, started and ended here."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

BENCH = Path(__file__).parent
ROOT = BENCH.parent
OURS, USUAL, DATASETTE, BARE = "casetracker", "usual DRF", "Datasette", "bare WSGI"
WORKERS = 2
_START = 60  # seconds that a server may take
_OF_DATASETTE = ["--setting", "suggest_facets", "off", "--setting", "max_returned_rows", "100"]


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    name: str
    port: int
    process: subprocess.Popen = field(repr=False)

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers (their names in small letters) and body of an answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            return response.status, headers, response.read()
        finally:
            connection.close()

    def memory(self) -> float:
        """Return the megabytes of all its processes together that are theirs alone."""
        return sum(map(_private, _family(self.process.pid))) / 1024

    def processor(self) -> float:
        """Return the seconds that its processes have had of the processor, whatever else the machine does."""
        return sum(map(_ticks, _family(self.process.pid))) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(names: list[str], database: str, folder: Path) -> Iterator[dict[str, Server]]:
    """Run servers over a database. `folder` has what the bare one gives, and takes what they write."""
    with ExitStack() as stack:
        servers = [stack.enter_context(_running(name, database, folder)) for name in names]
        yield {server.name: server for server in servers}


@contextmanager
def _running(name: str, database: str, folder: Path) -> Iterator[Server]:
    port = _free_port()
    command, environment = _command(name, port, database, folder)
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=os.environ | environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        server = Server(name, port, process)
        _wait_for(server)
        yield server
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _command(name: str, port: int, database: str, folder: Path) -> tuple[list[str], dict[str, str]]:
    if name == DATASETTE:
        python = datasette_python()
        file = database.removeprefix("sqlite:///")
        return [str(python), "-m", "datasette", file, "--port", str(port), *_OF_DATASETTE], {}
    # The side that serves the public; it takes no other connection than its own.
    databases = (
        {"PUBLIC_DATABASE_URL": database, "CASETRACKER_SIDE": "public"} if name == OURS else {"DATABASE_URL": database}
    )
    application = {OURS: "casetracker.wsgi", USUAL: "usual.wsgi", BARE: "bare"}[name]
    settings = {OURS: "casetracker.settings.demo", USUAL: "usual.settings", BARE: ""}[name]
    # As `./run demo` serves it.
    serve = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    serve += [
        "--workers",
        str(WORKERS),
        "--blocking-threads",
        "1",
        "--workers-kill-timeout",
        "2",
        "--log-level",
        "warning",
    ]
    environment = {
        **databases,
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": str(BENCH / "contenders"),
        "BARE_FOLDER": str(folder / "bare"),
    }
    return [sys.executable, *serve, f"{application}:application"], environment


def datasette_python() -> Path:
    """Return the Python of the environment with Datasette; make it if need be."""
    home = Path(os.environ.get("BENCH_VENV", ROOT / ".venv" / "bench"))
    python = home / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", home], check=True)  # noqa: S603
        wanted = ["install", "--quiet", "--require-hashes", "--requirement", str(BENCH / "requirements.txt")]
        subprocess.run([python, "-m", "pip", *wanted], check=True)  # noqa: S603
    return python


def _wait_for(server: Server) -> None:
    until = time.monotonic() + _START
    while time.monotonic() < until and server.process.poll() is None:
        try:
            server.get("/")
        except (OSError, HTTPException):
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"{server.name} does not start.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))


def _ticks(pid: int) -> int:
    behind_name = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return int(behind_name[11]) + int(behind_name[12])


def _private(pid: int) -> int:
    """Return the kilobytes of a process that no other shares."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))
