"""Canonical JSON and hashing, the ground of digests and of the publication log."""

import hashlib
from typing import Any

import rfc8785


def canonical_json(value: Any) -> bytes:
    """Return the one UTF-8 text of a JSON value that everybody arrives at (RFC 8785).

    Raises `rfc8785.CanonicalizationError` for what JSON cannot carry, such as NaN.
    """
    return rfc8785.dumps(value)


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def salted_hash(salt: str, data: bytes) -> str:
    """Return SHA-256(salt ‖ data).

    `salt` is hexadecimal. Without a salt, short or guessable data could be found by trying.
    """
    return sha256_hex(bytes.fromhex(salt) + data)


def length_prefixed(*parts: bytes) -> bytes:
    """Join parts so that no other list of parts gives the same bytes.

    Each part stands behind its length as eight bytes, most significant first.
    """
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)
