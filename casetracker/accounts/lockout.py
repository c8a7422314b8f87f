"""What failed sign-ins are counted by, beside the caller's address: the name as the sign-in compares it."""

from django.http import HttpRequest


def counted_name(request: HttpRequest, credentials: dict[str, str] | None = None) -> str:
    """Give the typed name in one letter case, because the sign-in ignores case too."""
    typed = (credentials or {}).get("username") or request.POST.get("login", "")
    return typed.strip().lower()
