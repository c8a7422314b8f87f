"""Archived copies of sources."""

import io
import itertools

from django.db import transaction
from PIL import Image

from casetracker.accounts.models import User
from casetracker.core.files import FileType
from casetracker.review import services
from casetracker.review.services.captures import write_capture
from casetracker.sources.capture_choices import CaptureMethod
from casetracker.sources.models import Capture, Source
from casetracker.sources.storage import keep_original

_numbers = itertools.count(1)


def png(number: int = 0, size: tuple[int, int] = (40, 30)) -> bytes:
    """A small picture. Another number is another file."""
    colour = number or next(_numbers)
    file = io.BytesIO()
    Image.new("RGB", size, (colour % 256, colour // 256 % 256, colour // 65536 % 256)).save(file, "PNG")
    return file.getvalue()


def make_capture(
    source: Source, *, by: User | None = None, content: bytes | None = None, name: str = "page.png", note: str = ""
) -> Capture:
    """A file that somebody uploaded; a small picture, unless `content` says otherwise."""
    file = io.BytesIO(content or png())
    return services.upload_capture(source.pk, file=file, file_name=name, note=note, by=by or source.created_by)


def make_fetched(source: Source, *, by: User | None = None, **values) -> Capture:
    """A page as the fetcher keeps it, without a server to fetch it from."""
    digest, size = keep_original(io.BytesIO(b"WARC/1.1 %d" % next(_numbers)))
    by = by or source.created_by
    fields = {
        "url": source.url,
        "final_url": source.url,
        "http_status": 200,
        "http_headers": [["Content-Type", "text/html"]],
        "media_type": "text/html",
        "title": "The page",
        "text": "What it says.",
        **values,
    }
    capture = Capture(
        source=source,
        method=CaptureMethod.FETCHED,
        digest=digest,
        size=size,
        file_type=FileType.WARC.value,
        tool="tests",
        received_by=by,
        **fields,
    )
    with transaction.atomic():
        write_capture(capture, [], by=by)
    return capture
