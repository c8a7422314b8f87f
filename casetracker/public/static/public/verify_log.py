#!/usr/bin/env python3
"""Check the log of a casetracker site: python3 verify_log.py https://example.org [FINGERPRINT]

Reads every entry from the site, computes each fingerprint again, and follows the chain from the first to the last. A
fingerprint that you noted earlier must still be in it: nobody can change an entry and keep those behind it.
Needs Python 3.11 and nothing else.
"""

import datetime as dt
import hashlib
import json
import sys
import urllib.request
from collections.abc import Iterable, Iterator

FORMAT = "casetracker-log-1"
COLUMNS = (
    "sequence", "release", "record_kind", "reference", "version", "action", "commitment", "note_hash", "previous_hash",
    "published_at",
)  # fmt: skip


def fingerprint_of(entry: dict) -> str:
    """Return the fingerprint of an entry: SHA-256 over its columns, each behind its length in eight bytes."""
    moment = dt.datetime.fromisoformat(entry["published_at"]).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    columns = {**entry, "published_at": moment}
    parts = [FORMAT, *("" if columns[name] is None else str(columns[name]) for name in COLUMNS)]
    data = b"".join(len(part.encode()).to_bytes(8, "big") + part.encode() for part in parts)
    return hashlib.sha256(data).hexdigest()


def problems(entries: Iterable[dict], noted: str = "") -> Iterator[str]:
    """Yield what is wrong with the log, in its order."""
    previous, number, seen = None, 0, not noted
    for number, entry in enumerate(entries, start=1):
        if entry["sequence"] != number:
            yield f"entry {number} is missing"
            return
        if entry["previous_hash"] != previous:
            yield f"entry {number} does not follow the one before"
        if fingerprint_of(entry) != entry["entry_hash"]:
            yield f"entry {number} was changed"
        previous = entry["entry_hash"]
        seen = seen or previous == noted
    if not seen:
        yield "the fingerprint that you noted is not in the log"
    if number == 0:
        yield "the log is empty"


def read(site: str) -> Iterator[dict]:
    """Yield all entries of a site, page by page."""
    address = "/api/v1/log/?limit=100"
    while address:
        with urllib.request.urlopen(site.rstrip("/") + address) as answer:  # noqa: S310 - the reader gives the address
            page = json.load(answer)
        yield from page["results"]
        address = page["next"]


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    entries = list(read(sys.argv[1]))
    found = list(problems(entries, *sys.argv[2:]))
    last = f"{len(entries)} entries; the last fingerprint is {entries[-1]['entry_hash']}\n" if entries else ""
    sys.stdout.write(last + "\n".join(found or ["The log is whole."]) + "\n")
    sys.exit(bool(found))
