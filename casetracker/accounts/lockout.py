"""What failed sign-ins are counted by: the name as the sign-in compares it, and the caller's address."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def counted_name(request: HttpRequest, credentials: dict[str, str] | None = None) -> str:
    """Give the typed name in one letter case, because the sign-in ignores case too."""
    typed = (credentials or {}).get("username") or request.POST.get("login", "")
    return typed.strip().lower()


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
