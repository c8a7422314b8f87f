"""Clients that never end their request, beside honest readers.

Some send a header a byte at a time, some a body that the public side takes from nobody, some the form of the sign-in,
which is read. The last hold up whoever reads it: they are what the proxy is for.
"""

import contextlib
import socket
import threading
from collections.abc import Iterator

from tests.faults.served import ask_for, behind_proxy, percentile, served
from tests.faults.sites import Site

BETWEEN_BYTES = 1.0  # seconds
WARMING = 5  # seconds


def measure(site: Site, *, sockets: int, seconds: float, with_proxy: bool) -> dict[str, object]:
    """Ask for so long while so many slow ones hold connections; say what honest readers got, and how fast.

    Without a proxy the slow ones leave the sign-in alone.
    """
    site.ask("tests.faults.prepare")
    beginnings = (HEADER, PUBLIC_BODY, SIGN_IN) if with_proxy else (HEADER, PUBLIC_BODY)
    with served(site) as inside, behind_proxy(inside) if with_proxy else contextlib.nullcontext(inside) as port:
        ask_for(port, WARMING)  # Each worker is slow at its first answers.
        _answers, alone = ask_for(port, min(seconds, 10))
        with _slow_ones(port, sockets, beginnings):
            answers, took = ask_for(port, seconds)
    return {
        "sockets": sockets,
        "answers": dict(answers),
        "p50": round(percentile(took, 0.5), 3),
        "p95": round(percentile(took, 0.95), 3),
        "p95_alone": round(percentile(alone, 0.95), 3),
    }


_HOST = b"Host: localhost\r\n"
_BODY = (
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n"
    b"Cookie: csrftoken=" + b"a" * 32 + b"\r\n\r\ncsrfmiddlewaretoken="
)
# What a slow one sends at once.
HEADER = b"GET /en/ HTTP/1.1\r\n" + _HOST + b"X-Slow: "
PUBLIC_BODY = b"POST /en/search/ HTTP/1.1\r\n" + _HOST + _BODY
SIGN_IN = b"POST /accounts/login/ HTTP/1.1\r\n" + _HOST + _BODY


@contextlib.contextmanager
def _slow_ones(port: int, number: int, beginnings: tuple[bytes, ...]) -> Iterator[None]:
    over, ends = threading.Event(), []

    def drip() -> None:
        while not over.wait(BETWEEN_BYTES):
            for place, end in enumerate(ends):
                try:
                    end.send(b"x")
                except OSError:  # It was thrown out, and comes again.
                    end.close()
                    ends[place] = _begin(port, beginnings[place % len(beginnings)])

    ends += [_begin(port, beginnings[place % len(beginnings)]) for place in range(number)]
    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        for end in ends:
            end.close()


def _begin(port: int, text: bytes) -> socket.socket:
    end = socket.create_connection(("127.0.0.1", port), timeout=10)
    end.sendall(text)
    return end


if __name__ == "__main__":
    from tests.faults.sites import site

    for proxy in (False, True):
        with site() as one:
            print(measure(one, sockets=500, seconds=10, with_proxy=proxy), flush=True)  # noqa: T201
