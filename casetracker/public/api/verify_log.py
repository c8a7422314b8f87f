#!/usr/bin/env python3
"""Check a casetracker publication log from outside. Needs Python 3.11 and nothing else.

    python3 verify_log.py https://cases.example.org/api/v1/ --key PUBLIC_KEY --state state.json

It reads the whole log, computes the hash of every entry anew, and compares the log with the signed checkpoints, with
what it saw last time (--state), and with hashes that you noted (--noted). --key names a public key that you have from
elsewhere; without one, the keys that the server itself gives are believed.

Exit code 0: the log is whole. 1: it is not; the first fault is named. 2: it cannot be read.
"""

import argparse
import base64
import datetime as dt
import hashlib
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

LOG_FORMAT = b"casetracker-log-1"
CHECKPOINT_FORMAT = b"casetracker-checkpoint-1"
TIMEOUT = 60  # seconds


class Fault(Exception):
    """The log is not what it says it is."""


# --- Ed25519 (RFC 8032, section 6): verifying needs no secrets, so plain arithmetic is safe -------------------------

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]
NEUTRAL: Point = (0, 1, 1, 0)


def add(one: Point, other: Point) -> Point:
    """Return the sum of two points in extended coordinates."""
    a, b = (one[1] - one[0]) * (other[1] - other[0]) % P, (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    """Return a multiple of a point."""
    total = NEUTRAL
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def same(one: Point, other: Point) -> bool:
    """Tell whether two points are one."""
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 == (one[1] * other[2] - other[1] * one[2]) % P


def point_of(data: bytes) -> Point:
    """Return the point that 32 bytes stand for. Raises `ValueError` if there is none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if y >= P or (x * x - square) % P or (not x and sign):
        raise ValueError("no point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature is that of the key over the message."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    try:
        key, commitment = point_of(public_key), point_of(signature[:32])
    except ValueError:
        return False
    response = int.from_bytes(signature[32:], "little")
    if response >= Q:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % Q
    return same(times(response, BASE), add(commitment, times(challenge, key)))


# --- The log ----------------------------------------------------------------------------------------------------------


def length_prefixed(*parts: bytes) -> bytes:
    """Join parts, each behind its length as eight bytes, most significant first."""
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def timestamp(text: str) -> str:
    """Return a moment as it is hashed: with microseconds and Z."""
    moment = dt.datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(dt.UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def hash_of(entry: dict[str, Any]) -> str:
    """Return the hash that an entry must carry."""
    names = ("sequence", "release", "record_kind", "reference", "version", "action")
    columns = [entry[name] for name in (*names, "commitment", "note_hash", "previous_hash")]
    texts = ["" if value is None else str(value) for value in columns] + [timestamp(entry["published_at"])]
    return hashlib.sha256(length_prefixed(LOG_FORMAT, *(text.encode() for text in texts))).hexdigest()


def check_checkpoint(checkpoint: dict[str, Any], trusted: list[str]) -> None:
    """Raise `Fault` unless a trusted key signed the checkpoint. Without any, each key is trusted."""
    where = f"checkpoint of entry {checkpoint['sequence']}"
    key = checkpoint["public_key"]
    if trusted and key not in trusted:
        raise Fault(f"{where}: signed with a key that was not named: {key}")
    parts = (str(checkpoint["sequence"]), checkpoint["entry_hash"], timestamp(checkpoint["signed_at"]))
    message = length_prefixed(CHECKPOINT_FORMAT, *(part.encode() for part in parts))
    if not is_signed(base64.b64decode(key), message, base64.b64decode(checkpoint["signature"])):
        raise Fault(f"{where}: the signature is not that of the key")


def check_log(entries: Iterator[dict[str, Any]], expected: dict[int, set[str]]) -> tuple[int, str]:
    """Return number and hash of the last entry. Raises `Fault` at the first that does not fit.

    `expected` has hashes that entries must carry, because they were signed or seen before.
    """
    sequence, previous, published_at = 0, "", ""
    for entry in entries:
        where = f"entry {entry['sequence']}"
        if entry["sequence"] != sequence + 1:
            raise Fault(f"{where}: stands where entry {sequence + 1} must be")
        if (entry["previous_hash"] or "") != previous:
            raise Fault(f"{where}: does not carry the hash of the entry before it")
        if hash_of(entry) != entry["entry_hash"]:
            raise Fault(f"{where}: its hash is not that of its content")
        if timestamp(entry["published_at"]) < published_at:
            raise Fault(f"{where}: is older than the entry before it")
        sequence, previous, published_at = entry["sequence"], entry["entry_hash"], timestamp(entry["published_at"])
        if expected.pop(sequence, {previous}) != {previous}:
            raise Fault(f"{where}: the log was rewritten: its hash was another one when it was signed or seen")
    if expected:
        raise Fault(f"entry {max(expected)}: was signed or seen, and is missing: the log was cut")
    return sequence, previous


def with_noted(entries: Iterator[dict[str, Any]], noted: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Pass the entries on. Raises `Fault` at their end unless one of them carries each hash that somebody noted."""
    missing = {text.strip().lower() for text in noted}
    for entry in entries:
        missing.discard(entry["entry_hash"])
        yield entry
    if missing:
        raise Fault(f"no entry has the hash that was noted: {min(missing)}")


# --- Reading ----------------------------------------------------------------------------------------------------------


def lines_of(address: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a list as they come."""
    request = urllib.request.Request(address, headers={"Accept": "application/x-ndjson"})  # noqa: S310 - see main
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
        for line in answer:
            yield json.loads(line)


def verify(api: str, trusted: list[str], state: Path | None, noted: Sequence[str] = ()) -> str:
    """Check everything; return what was found. Raises `Fault`, or what reading raises."""
    expected: dict[int, set[str]] = {}
    seen = json.loads(state.read_text(encoding="utf-8")) if state and state.exists() else None
    if seen and seen["sequence"]:
        expected.setdefault(seen["sequence"], set()).add(seen["entry_hash"])
    count = 0
    # Before the log, so that it has grown rather than lacks something.
    for checkpoint in lines_of(f"{api}log/checkpoints/"):
        check_checkpoint(checkpoint, trusted)
        expected.setdefault(checkpoint["sequence"], set()).add(checkpoint["entry_hash"])
        count += 1
    if trusted and not count:
        raise Fault("a key was named, and there is no checkpoint that it signed")
    sequence, entry_hash = check_log(with_noted(lines_of(f"{api}log/"), noted), expected)
    if state:
        state.write_text(json.dumps({"sequence": sequence, "entry_hash": entry_hash}), encoding="utf-8")
    found = f"entries: {sequence}, last hash: {entry_hash or 'none'}, checkpoints that fit: {count}"
    return f"The log is whole ({found})."


def main(arguments: list[str] | None = None) -> int:
    """Check the log that the arguments name; return the exit code."""
    summary, *_rest = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(description=summary)
    parser.add_argument("api", help="address of the API, such as https://cases.example.org/api/v1/")
    parser.add_argument("--key", action="append", default=[], help="a public key to trust, as base64; may be repeated")
    parser.add_argument("--state", type=Path, help="a file that keeps what was seen, for the next time")
    parser.add_argument("--noted", action="append", default=[], help="a hash that you noted earlier; may be repeated")
    asked = parser.parse_args(arguments)
    if not asked.api.startswith(("https://", "http://")):
        parser.error("give the address of the API, beginning with https://")
    try:
        sys.stdout.write(verify(asked.api.rstrip("/") + "/", asked.key, asked.state, asked.noted) + "\n")
    except Fault as fault:
        sys.stderr.write(f"The log is not to be trusted: {fault}.\n")
        return 1
    except (OSError, urllib.error.URLError, ValueError, KeyError, TypeError, AttributeError) as error:
        sys.stderr.write(f"The log cannot be read: {error!r}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
