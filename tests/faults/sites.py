"""Sites of their own, on each database, for programs that are killed or lose what they stand on."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]
GOES_ON = 0.2  # seconds between two looks at something that takes its time


@dataclass(frozen=True)
class Site:
    """A folder and an empty database, as the environment of a process names them."""

    folder: Path
    database_url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        own = {"CASETRACKER_DATA": str(self.folder), "DJANGO_SETTINGS_MODULE": "casetracker.settings.demo"}
        return kept | own | ({"DATABASE_URL": self.database_url} if self.database_url else {})

    @property
    def database(self) -> str:
        return "PostgreSQL" if self.database_url else "SQLite"

    def start(self, module: str, *arguments: object, **options: Any) -> subprocess.Popen:
        """Start a program of this package, or another module, over the site."""
        command = [sys.executable, "-m", module, *map(str, arguments)]
        return subprocess.Popen(command, env=self.environment, cwd=ROOT, text=True, **options)

    def ask(self, module: str, *arguments: object) -> dict[str, Any]:
        """Run a program of this package to its end; return what it found, which it prints as its last line."""
        process = self.start(module, *arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, err = process.communicate()
        if process.returncode:
            raise RuntimeError(f"{module} failed:\n{out[-2000:]}{err[-4000:]}")
        found: dict[str, Any] = json.loads(out.splitlines()[-1])
        return found


@contextlib.contextmanager
def site(database_url: str = "") -> Iterator[Site]:
    """Make a site; with the address of a PostgreSQL, in a database of its own there. It goes away at the end."""
    with tempfile.TemporaryDirectory(prefix="casetracker-faults-") as folder:
        if not database_url:
            yield Site(Path(folder))
            return
        name = f"faults_{uuid.uuid4().hex}"
        with _connected(database_url) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield Site(Path(folder), urlunsplit(urlsplit(database_url)._replace(path=f"/{name}")))
        finally:
            with _connected(database_url) as connection:  # another: the server may have been stopped since
                drop_database(connection, name)


def _connected(database_url: str) -> Any:
    import psycopg  # noqa: PLC0415 - not needed with SQLite

    return psycopg.connect(database_url, autocommit=True)


def drop_database(cursor: Any, name: str) -> None:
    """Drop it, with what our role left open there. FORCE would end autovacuum too, which only a superuser may."""
    own = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user"
    cursor.execute(own, [name])
    cursor.execute(f'DROP DATABASE "{name}"')
