"""Addresses of pages, taken apart once, so that what is checked is what is asked."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna

from casetracker.core.fetching.problems import FetchRefused, RefusalCode

_DEFAULT_PORTS = {"http": 80, "https": 443}
_FIRST_FREE_PORT = 1024
# Ports above 1023 that browsers refuse as well: what listens there might take a request for orders of its own.
_OTHER_PROTOCOLS = frozenset(
    {
        *(1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6379, 6566, 6679, 6697, 10080, 11211),
        *range(6665, 6670),
    }
)
# To look these up tells the neighbours, or the provider, what is looked for; there is never a public server.
_NEVER_PUBLIC = frozenset({"local", "internal", "localdomain", "onion", "alt"})
_MOST_CHARACTERS = 8_000

_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\\]")
_NETLOC = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<name>[^\[\]:%]+))(?::(?P<port>[0-9]{0,5}))?")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_MOST_CHARACTERS_OF_A_NAME = 253
_AS_IT_IS = "%!$&'()*+,/:;=?@[]~|"


@dataclass(frozen=True)
class Target:
    """A page to ask for. `host` is ASCII, without brackets; `path` has the query in it."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Return host and port as the Host header wants them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """Return the address."""
        return f"{self.scheme}://{self.authority}{self.path}"


def target_of(url: str) -> Target:
    """Take an address apart. Raises `FetchRefused`."""
    parts = _split(url)
    if parts.scheme not in _DEFAULT_PORTS:
        raise FetchRefused(RefusalCode.SCHEME)
    if "@" in parts.netloc:
        raise FetchRefused(RefusalCode.CREDENTIALS)
    match = _NETLOC.fullmatch(parts.netloc)
    if not match:
        raise FetchRefused(RefusalCode.HOST)
    host = _six(match["six"]) if match["six"] else _name(match["name"])
    port = int(match["port"] or _DEFAULT_PORTS[parts.scheme])
    _check_port(port)
    return Target(parts.scheme, host, port, _path(parts))


def redirected(target: Target, location: str) -> Target:
    """Return where a response to `target` sends us. Raises `FetchRefused`."""
    try:
        url = urljoin(target.url, location.strip())
    except ValueError:
        raise FetchRefused(RefusalCode.URL) from None
    return target_of(url)


def _split(url: str) -> SplitResult:
    url = url.strip()
    if _FORBIDDEN.search(url) or len(url) > _MOST_CHARACTERS:
        raise FetchRefused(RefusalCode.URL)
    try:
        return urlsplit(url)
    except ValueError:  # such as http://[, or letters that would become a slash
        raise FetchRefused(RefusalCode.URL) from None


def _six(text: str) -> str:
    try:
        return str(IPv6Address(text))
    except ValueError:
        raise FetchRefused(RefusalCode.HOST) from None


def _name(text: str) -> str:
    """Return the name in ASCII. Numbers pass only as a.b.c.d: 127.1, 0x7f000001 or 2130706433 are nobody's address."""
    try:
        name = text.lower() if text.isascii() else idna.encode(text, uts46=True).decode()
    except idna.IDNAError:
        raise FetchRefused(RefusalCode.HOST) from None
    name = name.removesuffix(".")
    labels = name.split(".")
    if len(name) > _MOST_CHARACTERS_OF_A_NAME or not all(_LABEL.fullmatch(label) for label in labels):
        raise FetchRefused(RefusalCode.HOST)
    if labels[-1] in _NEVER_PUBLIC or (_NUMBER.fullmatch(labels[-1]) and not _is_four(name)):
        raise FetchRefused(RefusalCode.HOST)
    return name


def _is_four(name: str) -> bool:
    try:
        return str(IPv4Address(name)) == name
    except ValueError:
        return False


def _check_port(port: int) -> None:
    """Refuse what is not for web pages: behind such a port stands somebody's mail or database."""
    usual = port in _DEFAULT_PORTS.values() or _FIRST_FREE_PORT <= port < 2**16
    if not usual or port in _OTHER_PROTOCOLS:
        raise FetchRefused(RefusalCode.PORT)


def _path(parts: SplitResult) -> str:
    path = parts.path or "/"
    query = f"?{parts.query}" if parts.query else ""
    try:
        return quote(path, safe=_AS_IT_IS.replace("?", "")) + quote(query, safe=_AS_IT_IS)
    except UnicodeEncodeError:  # half of a pair
        raise FetchRefused(RefusalCode.URL) from None
