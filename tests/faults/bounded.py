"""A PostgreSQL of its own with a small disk, which can be filled: no disk of the machine is.

The disk is a tmpfs, which only root can mount. It is filled by a file that takes all but a little of it, and has room
again when that is gone. It holds the tables, and then the server refuses what would make them grow; or the write-ahead
log, and then the server stops, and is started again, as systemd does, until it can go on.
"""

import contextlib
import errno
import os
import secrets
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.served import PATIENCE, free_port
from tests.faults.sites import GOES_ON, Site, site

SIZE = 256  # MB of the disk: an empty cluster and a site with a few records take half of it
ROOM = 0.6  # MB that are left when it is filled
BALLAST = "ballast"
TABLES, WAL = "tables", "wal"  # what the small disk holds


def why_not() -> str:
    """Return why there can be none on this machine; empty if there can."""
    # In many containers not even root may mount. Who may not has no mounts of their own either, which harms nobody.
    trial = ["/usr/bin/env", "unshare", "--mount", "true"]
    if subprocess.run(trial, check=False, stderr=subprocess.DEVNULL).returncode:
        return "only root can mount a small disk, and not in every container"
    if not _installed():
        return "PostgreSQL is not installed here (its initdb)"
    return ""


def fill(disk: Path) -> None:
    """Leave almost no room on a disk. The server writes meanwhile, so that what was free may be so no more."""
    with Path(disk, BALLAST).open("wb") as file:
        for tries_left in reversed(range(20)):
            found = os.statvfs(disk)
            try:
                os.posix_fallocate(file.fileno(), 0, found.f_bavail * found.f_frsize - int(ROOM * 2**20))
            except OSError as error:
                if error.errno != errno.ENOSPC or not tries_left:
                    raise
            else:
                return


def empty(disk: Path) -> None:
    """Give the room back."""
    Path(disk, BALLAST).unlink()


@contextlib.contextmanager
def small_postgres(holds: str) -> Iterator[tuple[Site, Path]]:
    """Make a site over a PostgreSQL whose tables (`TABLES`) or log (`WAL`) have a small disk; yield that disk too."""
    with tempfile.TemporaryDirectory(prefix="casetracker-full-") as name, _mounted(Path(name, "disk")) as disk:
        folder = Path(name)
        folder.chmod(0o755)
        cluster = Cluster(folder, disk, holds)
        with cluster.running(), site(cluster.url) as one:
            yield one, disk


@contextlib.contextmanager
def _mounted(disk: Path) -> Iterator[Path]:
    disk.mkdir()
    subprocess.run(["/usr/bin/env", "mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", disk], check=True)
    try:
        yield disk
    finally:
        subprocess.run(["/usr/bin/env", "umount", disk], check=True)


@dataclass
class Cluster:
    """A server with its data on a disk, and what starts it again."""

    folder: Path
    disk: Path
    holds: str
    port: int = field(default_factory=free_port)
    password: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def url(self) -> str:
        return f"postgres://postgres:{self.password}@127.0.0.1:{self.port}/postgres"

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Make it, and keep it running."""
        self._make()
        self._is_wanted = True
        self._start()
        looking = threading.Thread(target=self._keep_running, daemon=True)
        looking.start()
        try:
            self._wait()
            yield
        finally:
            self._is_wanted = False
            looking.join()

    @property
    def _data(self) -> Path:
        return (self.disk if self.holds == TABLES else self.folder / "elsewhere") / "data"

    @property
    def _wal(self) -> Path:
        return (self.disk if self.holds == WAL else self.folder / "elsewhere") / "wal"

    def _make(self) -> None:
        secret, elsewhere = self.folder / "password", self.folder / "elsewhere"
        secret.write_text(self.password)
        elsewhere.mkdir()
        for path in (secret, elsewhere, self.disk):
            shutil.chown(path, "postgres")
        options = ["--username=postgres", f"--pwfile={secret}", "--auth=scram-sha-256", "--encoding=UTF8"]
        options += ["--locale=C.UTF-8", "--wal-segsize=1", f"--pgdata={self._data}", f"--waldir={self._wal}"]
        subprocess.run(
            [*_AS_POSTGRES, _installed()[-1] / "initdb", *options], check=True, stdout=subprocess.DEVNULL, cwd="/"
        )

    def _start(self) -> None:
        options = {"port": self.port, "listen_addresses": "127.0.0.1"}
        options |= {"unix_socket_directories": self.folder / "elsewhere"}
        # The log takes room when it needs some, and none is made by chance meanwhile.
        options |= {"max_wal_size": "128MB", "wal_recycle": "off"}
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *_AS_POSTGRES,
                    _installed()[-1] / "postgres",
                    *("-D", self._data),
                    *(part for name, value in options.items() for part in ("-c", f"{name}={value}")),
                ],
                stderr=log,
                cwd="/",
            )

    def _wait(self) -> None:
        ready = [_installed()[-1] / "pg_isready", "--quiet", "--host=127.0.0.1", f"--port={self.port}"]
        end = time.monotonic() + PATIENCE
        while subprocess.run(ready, check=False).returncode:
            if time.monotonic() > end:
                raise TimeoutError((self.folder / "log").read_text()[-2000:])
            time.sleep(GOES_ON)

    def _keep_running(self) -> None:
        while True:
            try:
                self._process.wait(GOES_ON)
            except subprocess.TimeoutExpired:
                if not self._is_wanted:
                    self._process.terminate()
                continue
            if not self._is_wanted:
                return
            self._start()


_AS_POSTGRES = ("/usr/bin/env", "runuser", "-u", "postgres", "--")


def _installed() -> list[Path]:
    """Return the folders of the server's programs, the newest version last."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return sorted((path.parent for path in found), key=lambda folder: int(folder.parts[-2]))
