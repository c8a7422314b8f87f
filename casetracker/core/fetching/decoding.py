"""Unpacking what comes packed, a little at a time, so that a small bomb never becomes a large one."""

import zlib
from collections.abc import Iterable, Iterator

from casetracker.core.fetching.problems import FailureCode, FetchFailed, FetchRefused, RefusalCode

ACCEPTED = "gzip"
_GZIP = frozenset({"gzip", "x-gzip"})
_PIECE = 1 << 16
_GZIP_FORMAT = zlib.MAX_WBITS | 16
_GZIP_MARK = b"\x1f"
# Each costs a little, however small it is; the usual number is one.
_MOST_MEMBERS = 1_000


def decoded(chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Yield the content of a body that came with this Content-Encoding.

    Raises `FetchRefused` for a coding that nobody asked for, `FetchFailed` where the body is not what it says.
    """
    coding = coding.strip().lower()
    if coding in {"", "identity"}:
        return iter(chunks)
    if coding in _GZIP:
        return gunzipped(chunks)
    raise FetchRefused(RefusalCode.ENCODING)


def gunzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what is in a gzip file of one member or several, in pieces of bounded size. Raises `FetchFailed`."""
    members = 0
    inflater = None
    for chunk in chunks:
        rest = chunk
        while rest:
            if inflater is None or inflater.eof:
                # What follows the last member is no part of it: browsers let it fall as well.
                if inflater and not rest.startswith(_GZIP_MARK):
                    break
                inflater = zlib.decompressobj(_GZIP_FORMAT)
                members += 1
            if members > _MOST_MEMBERS:
                raise FetchFailed(FailureCode.BROKEN)
            yield from _inflated(inflater, rest)
            rest = inflater.unused_data
    if inflater and not inflater.eof:
        raise FetchFailed(FailureCode.BROKEN)


def _inflated(inflater: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    while True:
        try:
            piece = inflater.decompress(data, _PIECE)
        except zlib.error:
            raise FetchFailed(FailureCode.BROKEN) from None
        if piece:
            yield piece
        data = inflater.unconsumed_tail
        if inflater.eof or not data:
            return
