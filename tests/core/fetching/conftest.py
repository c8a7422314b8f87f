"""Servers, and a world without names but those that a test makes up: nothing here may reach another machine."""

import contextlib
import socket

import pytest

from casetracker.core.fetching import Guard, Limits, fetch
from tests.core.fetching.servers import LOOPBACK, CountingListener, TestServer

QUICK = Limits(connect_seconds=10, read_seconds=10, total_seconds=30, body_bytes=1_000_000, redirects=5)


@pytest.fixture(autouse=True)
def _no_names_but_ours(monkeypatch):
    """Let the system's resolver read numbers alone."""
    real = socket.getaddrinfo

    def numbers_alone(*asked, flags=0, **more):
        return real(*asked, flags=flags | socket.AI_NUMERICHOST, **more)

    monkeypatch.setattr(socket, "getaddrinfo", numbers_alone)


class Names:
    """A resolver that knows what it is told. A list of lists is told one after the other: the name is rebound."""

    def __init__(self, **known):
        self.known = {name.replace("_", "."): list(answers) for name, answers in known.items()}
        self.asked = []

    def __call__(self, host, port):
        self.asked.append((host, port))
        answers = self.known.get(host)
        if not answers:
            raise socket.gaierror("no such host")
        return answers.pop(0) if isinstance(answers[0], list) else answers


@pytest.fixture
def names():
    return Names(site_example=[LOOPBACK], other_example=[LOOPBACK])


@pytest.fixture
def server():
    with contextlib.closing(TestServer()) as server:
        yield server


@pytest.fixture
def listener():
    with contextlib.closing(CountingListener()) as listener:
        yield listener


@pytest.fixture
def get(server, names):
    """Return a function that fetches a path of the server, which may be reached though it is on this machine."""
    with contextlib.ExitStack() as stack:

        def fetched(path="/", *, url=None, guard=None, limits=QUICK, **more):
            guard = guard or Guard({server.pair}, resolver=names)
            return stack.enter_context(fetch(url or server.url(path), guard=guard, limits=limits, **more))

        yield fetched
