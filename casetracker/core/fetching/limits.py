"""How much a fetch may cost."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on one fetch, all its redirects together unless it says otherwise."""

    connect_seconds: float = 10  # for one look-up of a name, and for one address
    read_seconds: float = 20  # of silence
    total_seconds: float = 120
    body_bytes: int = 50 * 2**20  # as they come, and once more unpacked
    header_bytes: int = 64 * 2**10  # of one response
    redirects: int = 10
