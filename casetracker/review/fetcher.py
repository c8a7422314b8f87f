"""The fetcher: it goes to an address that a person asked for, and keeps what it finds as a WARC file.

It runs as a process of its own (`manage.py run_fetcher`), because what strangers serve may bring it down.
"""

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings

import casetracker
from casetracker.core.errors import DomainError
from casetracker.core.fetching import (
    Fetched,
    FetchFailed,
    FetchRefused,
    Guard,
    Limits,
    fetch,
    readable_text,
    write_warc,
)
from casetracker.core.files import Copy, FileRefused, FileType, examine
from casetracker.review.services.captures import check_room, copies_of, keep_copies
from casetracker.review.services.links import Look, end_capture, end_look, fail_order
from casetracker.sources.capture_choices import CaptureMethod, OrderPurpose
from casetracker.sources.models import Capture, LinkOrder
from casetracker.sources.storage import digest_of, keep_original

NO_ROOM = "no_room"
_PAGES = frozenset({"", "text/html", "application/xhtml+xml"})
_LONGEST_TEXT = 1_000_000  # characters


def carry_out(order: LinkOrder, *, limits: Limits | None = None) -> None:
    """Go to the address of a leased order, and write what came of it. Raises nothing that the address can cause."""
    guard = Guard(allowed=settings.FETCHER_ALLOWED)
    try:
        with fetch(order.url, guard=guard, limits=limits or Limits()) as fetched:
            _take(order, fetched)
    except (FetchRefused, FetchFailed) as error:
        end_look(order, Look(problem=error.code.value))


def _take(order: LinkOrder, fetched: Fetched) -> None:
    found = _read(fetched)
    look = Look(status=fetched.status, digest=found.said)
    by = order.ordered_by
    if order.purpose == OrderPurpose.LOOK or not look.found or by is None:  # The database has somebody for each copy.
        end_look(order, look)
        return
    with tempfile.TemporaryFile() as file:
        write_warc(fetched, file)
        digest, size = digest_of(file)
        try:
            check_room(size, by)
        except DomainError:
            fail_order(order, NO_ROOM)
            return
        keep_original(file)
    capture = Capture(
        source=order.source,
        method=CaptureMethod.FETCHED,
        digest=digest,
        size=size,
        file_type=FileType.WARC.value,
        url=order.url,
        final_url=fetched.final_url[:2000],
        http_status=fetched.status,
        http_headers=[list(pair) for pair in fetched.headers],
        media_type=fetched.media_type[:100] or "application/octet-stream",
        body_digest=fetched.sha256,
        title=found.title[:500],
        text=found.text[:_LONGEST_TEXT],
        metadata=found.metadata,
        tool=f"casetracker {casetracker.__version__}, fetcher",
        received_by=by,
    )
    end_capture(order, capture, keep_copies(found.copies), said=found.said)


@dataclass
class _Found:
    """What a fetched body is good for: a text to read, or copies to look at."""

    title: str = ""
    text: str = ""
    said: str = ""  # as in `Look.digest`
    metadata: dict[str, str] = field(default_factory=dict)
    copies: Sequence[Copy] = ()


def _read(fetched: Fetched) -> _Found:
    readable = readable_text(fetched.body, fetched.media_type, fetched.charset)
    fetched.body.seek(0)
    if readable.text:
        return _Found(readable.title, readable.text, f"text:{hashlib.sha256(readable.text.encode()).hexdigest()}")
    # A page that scripts put together has no text, and other bytes at every visit: nothing to compare.
    said = "" if fetched.media_type in _PAGES else f"body:{fetched.sha256}"
    try:
        examined = examine(fetched.body)
        copies = copies_of(fetched.body, examined.file_type)
        return _Found(said=said, metadata=dict(examined.metadata), copies=copies)
    except FileRefused:  # It is kept all the same, inside the WARC file; there is just nothing to show of it.
        return _Found(said=said)
    finally:
        fetched.body.seek(0)
