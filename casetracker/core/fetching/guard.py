"""Who may be asked at all: names are looked up once, and every address that comes back is checked."""

import socket
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Future
from ipaddress import ip_address
from threading import Thread

from casetracker.core.fetching.addresses import Address, is_own, is_public
from casetracker.core.fetching.problems import FailureCode, FetchFailed, FetchRefused, RefusalCode

Resolver = Callable[[str, int], Iterable[str]]


def system_resolver(host: str, port: int) -> list[str]:
    """Return the addresses that this machine knows for the name. Raises `OSError`."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class Guard:
    """Says which addresses a fetch may connect to. It connects to these and looks up nothing again."""

    def __init__(self, allowed: Collection[tuple[str, int]] = (), *, resolver: Resolver = system_resolver) -> None:
        """Take the pairs of address and port that may be reached although they are not public: test servers."""
        self._allowed = {(ip_address(address), port) for address, port in allowed}
        self._resolver = resolver

    def addresses(self, host: str, port: int, *, seconds: float | None = None) -> list[Address]:
        """Return the addresses of a host, of which each may be connected to at this port.

        One that is not public spoils all. Raises `FetchRefused`, or `FetchFailed` if there is no such host or it is
        not found within `seconds`.
        """
        literal = _address(host)
        found = [literal] if literal else self._looked_up(host, port, seconds)
        if not all(self._may_reach(address, port) for address in found):
            raise FetchRefused(RefusalCode.ADDRESS, host)
        return list(dict.fromkeys(found))

    def _may_reach(self, address: Address, port: int) -> bool:
        return (address, port) in self._allowed or (is_public(address) and not is_own(address))

    def _looked_up(self, host: str, port: int, seconds: float | None) -> list[Address]:
        answer = _started(lambda: [_address_told(text) for text in self._resolver(host, port)])
        try:
            found = answer.result(seconds)
        except TimeoutError:
            raise FetchFailed(FailureCode.TIMEOUT, host) from None
        except (OSError, UnicodeError):
            raise FetchFailed(FailureCode.NO_SUCH_HOST, host) from None
        if not found:
            raise FetchFailed(FailureCode.NO_SUCH_HOST, host)
        return found


def _address(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _address_told(text: str) -> Address:
    try:
        return ip_address(text)
    except ValueError:
        raise OSError("the resolver told something that is no address") from None


def _started(work: Callable[[], list[Address]]) -> "Future[list[Address]]":
    """Do the work in a thread: the system's resolver has no time limit, and cannot be stopped, only left alone."""
    future: Future[list[Address]] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except Exception as error:  # noqa: BLE001 - it goes on in the thread that waits
            future.set_exception(error)

    Thread(target=run, daemon=True, name="resolver").start()
    return future
