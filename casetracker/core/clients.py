"""Who calls, as far as a server can know it."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """Give the caller's address, or None when the server does not know it (a Unix socket).

    X-Forwarded-For can be forged, except for the entries that our own proxies appended, so only
    the entry of the outermost of TRUSTED_PROXIES is believed.
    """
    forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",")]
    if 0 < settings.TRUSTED_PROXIES <= len(forwarded):
        try:
            return str(ip_address(forwarded[-settings.TRUSTED_PROXIES]))
        except ValueError:
            pass  # no proxy of ours writes that
    return request.META.get("REMOTE_ADDR") or None


def network_of(address: str) -> str:
    """Return what one caller can be expected to have for itself: an IPv4 address, or 64 bits of IPv6.

    Raises `ValueError` for what is no address.
    """
    found = ip_address(address)
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((int(found), 64), strict=False))
