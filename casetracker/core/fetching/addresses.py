"""Which addresses of the Internet lead to somebody else's public server.

`ipaddress.is_global` alone does not tell: it is True for multicast, and for 127.0.0.1 spelled as NAT64 or 6to4.
"""

import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

_NOT_PUBLIC_4 = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this host
        "10.0.0.0/8",
        "100.64.0.0/10",  # shared by customers of one provider; metadata of one cloud
        "127.0.0.0/8",
        "168.63.129.16/32",  # looks public, yet serves Azure's machines their configuration
        "169.254.0.0/16",  # link-local; metadata of most clouds
        "172.16.0.0/12",
        "192.0.0.0/24",  # protocol assignments; metadata of one cloud
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112: the nearest of many
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
]
# All that is given out to networks. Loopback, link-local, ULA, mapped, compatible, NAT64 and multicast are outside.
_GIVEN_OUT_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = [
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
]
# ISATAP: the last half of the address says that the last quarter is an IPv4 address.
_ISATAP = 0x5EFE
_ISATAP_BITS = 0xFDFF_FFFF  # all but the one that tells local from universal


def is_public(address: Address) -> bool:
    """Tell whether the address may lead to a public server, going by the address alone."""
    if isinstance(address, IPv4Address):
        listed = any(address in network for network in _NOT_PUBLIC_4)
    elif address not in _GIVEN_OUT_6 or _is_isatap(address):
        return False
    else:
        listed = any(address in network for network in _NOT_PUBLIC_6)
    return address.is_global and not listed


def is_own(address: Address) -> bool:
    """Tell whether the address is one of this machine's. Nothing is sent: the routing table is asked.

    A firewall often lets a machine reach more of itself than others may.
    """
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((str(address), 9))
            source = probe.getsockname()[0]
    except OSError:  # No way leads there, or this machine speaks no IPv6.
        return False
    return ip_address(source) == address


def _is_isatap(address: IPv6Address) -> bool:
    return (int(address) >> 32) & _ISATAP_BITS == _ISATAP
