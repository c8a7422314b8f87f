"""Passwords that are known to have leaked, from a list on this machine: nobody is asked about a password."""

import hashlib
from pathlib import Path
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_LONGEST_LINE = 100  # bytes; "hash:count" has about 50


class LeakedPasswordValidator:
    """Refuse what stands in a file of SHA-1 digests: one a line, sorted, perhaps with ":count" behind.

    That is how Have I Been Pwned offers its list, of some 40 GB. It is searched by halves, never read as a whole.
    """

    def __init__(self, path: str = "") -> None:
        """Take the path of the list; without one, nothing is refused."""
        self.path = path

    def validate(self, password: str, user: object = None) -> None:
        """Raise `ValidationError` for a password on the list."""
        if self.path and is_listed(password, Path(self.path)):
            raise ValidationError(
                _("This password was found in a leak: others may guess it. Choose another."), code="password_leaked"
            )

    def get_help_text(self) -> str:
        """Say the rule, where there is one."""
        return _("It must not be one that has leaked somewhere.") if self.path else ""


def is_listed(password: str, path: Path) -> bool:
    """Tell whether the digest of a password stands in a sorted list."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with path.open("rb") as lines:
        low, high = 0, path.stat().st_size
        while low < high:
            middle = (low + high) // 2
            digest = _digest_from(lines, middle)
            if digest == wanted:
                return True
            if digest and digest < wanted:
                low = middle + 1
            else:
                high = middle
        return _digest_from(lines, low) == wanted


def _digest_from(lines: BinaryIO, position: int) -> bytes:
    """Return the digest of the first line that begins at a position or behind it; empty at the end."""
    lines.seek(max(position - 1, 0))
    if position:
        lines.readline(_LONGEST_LINE)
    return lines.readline(_LONGEST_LINE).strip().partition(b":")[0].upper()
