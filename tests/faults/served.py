"""A site that is served, and readers who ask it: what they get, and how fast."""

import contextlib
import http.client
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.faults.sites import GOES_ON, ROOT, Site

PAGES = ("/en/", "/en/stations/", "/api/v1/stations/", "/api/v1/changes/")
PATIENCE = 30  # seconds in which a server must be there, or back


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def served(site: Site) -> Iterator[int]:
    """Serve a site as `./run demo` does, on a free port."""
    port = free_port()
    command = [sys.executable, "-m", "granian", *SERVER, "--port", str(port), "casetracker.wsgi:application"]
    process = subprocess.Popen(command, env=site.environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        wait_until(port, 200)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextlib.contextmanager
def behind_proxy(port: int) -> Iterator[int]:
    """Put nginx before a server: it takes requests in as a whole before it passes them on, and waits for none."""
    outside = free_port()
    with tempfile.TemporaryDirectory(prefix="casetracker-nginx-") as folder:
        config = Path(folder, "nginx.conf")
        config.write_text(_NGINX.format(folder=folder, outside=outside, inside=port))
        Path(folder).chmod(0o755)
        process = subprocess.Popen(
            ["/usr/bin/env", "nginx", "-e", f"{folder}/error.log", "-c", config], stderr=subprocess.DEVNULL
        )
        try:
            wait_until(outside, 200)
            yield outside
        finally:
            process.terminate()
            process.wait(PATIENCE)


_NGINX = """
daemon off; pid {folder}/pid; worker_processes 1; worker_rlimit_nofile 8192;
events {{ worker_connections 4096; }}
http {{
  access_log off; client_header_timeout 10s; client_body_timeout 10s; send_timeout 10s;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{outside};
    location / {{ proxy_pass http://127.0.0.1:{inside}; proxy_set_header Host $host; }}
  }}
}}
"""
SERVER = (
    *("--interface", "wsgi", "--host", "127.0.0.1", "--workers", "2", "--blocking-threads", "1"),
    *("--workers-kill-timeout", "2", "--log-level", "critical"),
)


def ask(port: int, path: str) -> tuple[int, str, float]:
    """Return status, Retry-After and seconds of one request on a connection of its own; status 0 for no answer."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        status, retry_after = response.status, response.headers.get("Retry-After", "")
    except OSError:
        status, retry_after = 0, ""
    finally:
        connection.close()
    return status, retry_after, time.perf_counter() - began


def wait_until(port: int, status: int) -> float:
    """Ask until an answer has this status; return how many seconds that took. Raises `TimeoutError`."""
    began = time.perf_counter()
    while time.perf_counter() - began < 2 * PATIENCE:
        if ask(port, PAGES[0])[0] == status:
            return time.perf_counter() - began
        time.sleep(GOES_ON)
    raise TimeoutError(f"no {status} within {2 * PATIENCE} seconds")


def ask_for(port: int, seconds: float) -> tuple[Counter[str], list[float]]:
    """Ask one page after the other for so long; count the answers, and return how many seconds each took."""
    answers: Counter[str] = Counter()
    took: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for path in PAGES:
            status, retry_after, time_taken = ask(port, path)
            answers[f"{status}, Retry-After" if retry_after else str(status)] += 1
            took.append(time_taken)
        time.sleep(GOES_ON / 2)
    return answers, took


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
