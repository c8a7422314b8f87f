"""Texts that stand in metadata, and are looked for in every byte of a copy."""

import re
import zipfile
import zlib
from io import BytesIO

CANARY = "canary"
# Where the GPS position of every picture in the corpus is.
LATITUDE, LONGITUDE = ((31, 1), (14, 1), (1359, 50)), ((121, 1), (28, 1), (3141, 100))
POSITION = "31.240883, 121.475392"
# The seconds, as EXIF keeps them in either order of bytes.
SECONDS = [(1359).to_bytes(4, order) + (50).to_bytes(4, order) for order in ("little", "big")]
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def canary(place):
    """Return the text for a place. The point parts it from what follows."""
    return f"{CANARY}-{place}."


def found_in(content):
    """Return the canaries in the content, however it is packed: in zip entries, streams, chunks, strings of a PDF."""
    found = set()
    for layer in layers(content):
        found |= {one.decode() for one in re.findall(rb"canary[a-z0-9-]*\.?", layer)}
        found |= {"GPS" for seconds in SECONDS if seconds in layer}
    return found


def layers(content):
    """Yield the content, and all that can be unpacked from it, each also without the zeros of UTF-16."""
    yield content
    yield content.replace(b"\x00", b"")
    yield from (bytes.fromhex(text.decode()) for text in re.findall(rb"<((?:[0-9a-fA-F]{2})+)>", content))
    for packed in packed_in(content):
        yield from layers(packed)


def packed_in(content):
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for entry in archive.infolist():
                yield entry.filename.encode() + entry.comment + entry.extra
                yield archive.read(entry)
    elif content.startswith(b"\x89PNG"):
        yield from (inflated(part) for part in re.split(rb"[a-zA-Z]{4}", content) if inflated(part))
        yield from (inflated(content[at:]) for at in places(content, b"\x78") if inflated(content[at:]))
    else:
        for stream in _STREAM.findall(content):
            yield inflated(stream) or stream


def places(content, mark):
    return [found.start() for found in re.finditer(re.escape(mark), content)][:2000]


def inflated(packed):
    try:
        return zlib.decompressobj().decompress(packed, 2**22)
    except zlib.error:
        return b""
