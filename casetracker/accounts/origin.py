"""From where a request comes, in few words: nothing that would tell more of a colleague than the log needs."""

import re
from dataclasses import dataclass
from ipaddress import ip_network

from django.http import HttpRequest

from casetracker.core.clients import client_address

_PREFIX = {4: 24, 6: 48}  # bits: what a provider usually gives one customer or place
# The first that is found counts: most browsers name others too.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Origin:
    """Address, the network it is in, and the kind of device, such as "Firefox, Linux"."""

    address: str | None
    network: str
    device: str


def origin_of(request: HttpRequest) -> Origin:
    """Say from where a request comes, as far as it tells."""
    address = client_address(request)
    return Origin(address, _network(address), device_in_words(request.headers.get("User-Agent", "")))


def device_in_words(agent: str) -> str:
    """Name browser and system; empty if neither is known. They are names, the same in every language."""
    found = (_first(agent, _BROWSERS), _first(agent, _SYSTEMS))
    return ", ".join(filter(None, found))


def _first(agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in names if re.search(rf"\b{sign}\b|\b{sign}/", agent)), "")


def _network(address: str | None) -> str:
    if not address:
        return ""
    version = 6 if ":" in address else 4
    return str(ip_network(f"{address}/{_PREFIX[version]}", strict=False))
