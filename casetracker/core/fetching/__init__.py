"""Fetching pages that strangers serve, and keeping them as they came.

Nothing here knows of models. `fetch` asks, `write_warc` keeps, `read_capture` reads again, `readable_text` makes a copy
that is quick to read. What may go wrong are codes; `describe` has the words.
"""

from casetracker.core.fetching.client import USER_AGENT, Fetched, fetch
from casetracker.core.fetching.exchanges import Exchange
from casetracker.core.fetching.guard import Guard, Resolver
from casetracker.core.fetching.limits import Limits
from casetracker.core.fetching.messages import describe
from casetracker.core.fetching.problems import (
    CaptureCode,
    CaptureUnreadable,
    FailureCode,
    FetchFailed,
    FetchRefused,
    RefusalCode,
)
from casetracker.core.fetching.readable import ReadableCopy, readable_text
from casetracker.core.fetching.warc_reading import CapturedPage, read_capture
from casetracker.core.fetching.warc_writing import write_warc

__all__ = [
    "USER_AGENT",
    "CaptureCode",
    "CaptureUnreadable",
    "CapturedPage",
    "Exchange",
    "FailureCode",
    "FetchFailed",
    "FetchRefused",
    "Fetched",
    "Guard",
    "Limits",
    "ReadableCopy",
    "RefusalCode",
    "Resolver",
    "describe",
    "fetch",
    "read_capture",
    "readable_text",
    "write_warc",
]
