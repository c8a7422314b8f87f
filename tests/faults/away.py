"""The database goes away and comes back, while readers go on asking.

A PostgreSQL is reached through a wire that can be cut: to the site it is a server that was switched off. A SQLite is a
folder that is not there, as when a disk is unmounted.
"""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from tests.faults.served import ask_for, served, wait_until
from tests.faults.sites import Site


def measure(site: Site, seconds: float) -> dict[str, object]:
    """Take the database away for so many seconds; say what readers got, and how soon it was as before."""
    site.ask("tests.faults.prepare")
    with _cuttable(site) as (wired, cut), served(wired) as port:
        before, _took = ask_for(port, 1)
        with cut():
            during, took = ask_for(port, seconds)
        back = wait_until(port, 200)
        after, _took = ask_for(port, 1)
    return {
        "before": dict(before),
        "during": dict(during),
        "after": dict(after),
        "slowest": round(max(took), 2),
        "back_after": round(back, 2),
    }


@contextlib.contextmanager
def _cuttable(site: Site) -> Iterator[tuple[Site, Callable]]:
    if not site.database_url:
        yield site, lambda: _moved_away(site)
        return
    parts = urlsplit(site.database_url)
    wire = Wire((parts.hostname or "127.0.0.1", parts.port or 5432))
    with contextlib.closing(wire):
        address = site.database_url.replace(f"@{parts.hostname}:{parts.port}", f"@127.0.0.1:{wire.port}")
        yield replace(site, database_url=address), wire.cut


@contextlib.contextmanager
def _moved_away(site: Site) -> Iterator[None]:
    elsewhere = site.folder.with_name(f"{site.folder.name}-away")
    site.folder.rename(elsewhere)
    try:
        yield
    finally:
        elsewhere.rename(site.folder)


class Wire:
    """A relay between a site and its database."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.target, self.port, self._ends = target, 0, set[socket.socket]()
        self._listen()

    def _listen(self) -> None:
        self._door = socket.create_server(("127.0.0.1", self.port))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._door,), daemon=True).start()

    def _accept(self, door: socket.socket) -> None:
        while True:
            try:
                near, _address = door.accept()
                far = socket.create_connection(self.target)
            except OSError:
                return
            self._ends |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Refuse whoever comes, and end all that is under way."""
        with contextlib.suppress(OSError):  # wakes whoever waits for a caller
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for end in self._ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._ends.clear()

    @contextlib.contextmanager
    def cut(self) -> Iterator[None]:
        self.close()
        try:
            yield
        finally:
            self._listen()
