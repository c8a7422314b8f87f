"""Taking metadata out of pictures that stand in documents, without touching their pixels.

Only what a picture needs is taken over, so that a place for metadata which nobody has thought of stays behind too.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterator

from casetracker.core.file_parsing.findings import Refusal

# --- JPEG ---------------------------------------------------------------------

_EOI, _SOS, _ADOBE = 0xD9, 0xDA, 0xEE
_WITHOUT_LENGTH = {0x01, 0xD8}
_LENGTH_OF_ADOBE = 12
_NEEDED_OF_JPEG = {0xC4, 0xCC, 0xDB, 0xDC, 0xDD, _SOS, *(set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC})}
_MOST_OF_ARITHMETIC = 64
# Some programs put a line break before a picture.
_FARTHEST_BEGINNING = 16
# Within the packed pixels, 0xFF is followed by 0 or by the number of a restart.
_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")


def clean_jpeg(content: bytes) -> bytes:
    """Return a JPEG of tables and pixels. Raises `Refusal` if it is none."""
    begin = content.find(b"\xff\xd8", 0, _FARTHEST_BEGINNING)
    if begin < 0:
        raise Refusal("damaged")
    content = content[begin:]
    kept, has_pixels = [b"\xff\xd8"], False
    for code, segment, pixels in _segments(content):
        if code in _NEEDED_OF_JPEG:
            if not _is_exact(code, segment):
                raise Refusal("damaged")  # Something else may stand behind the table.
            kept += [bytes([0xFF, code]), segment, pixels]
        elif code == _ADOBE and segment[2:7] == b"Adobe" and len(segment) >= 2 + _LENGTH_OF_ADOBE:
            # It says how the colours are kept.
            kept += [b"\xff\xee", struct.pack(">H", 2 + _LENGTH_OF_ADOBE), segment[2 : 2 + _LENGTH_OF_ADOBE]]
        has_pixels = has_pixels or code == _SOS
    if not has_pixels:
        raise Refusal("damaged")
    return b"".join([*kept, b"\xff\xd9"])


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield each segment up to the end of the image: its code, itself with its length, and the pixels after it."""
    at = 2
    while found := _MARKER.search(content, at):
        code, at = content[found.end() - 1], found.end()
        if code == _EOI:
            return
        if code in _WITHOUT_LENGTH:
            continue
        end = at + int.from_bytes(content[at : at + 2], "big")
        if end < at + 2 or end > len(content):
            raise Refusal("damaged")
        segment, at = content[at:end], end
        if code == _SOS:
            following = _MARKER.search(content, at)
            at = following.start() if following else len(content)
        yield code, segment, content[end:at]


def _is_exact(code: int, segment: bytes) -> bool:
    """Tell whether a segment is as long as what it says it holds."""
    body = segment[2:]
    match code:
        case 0xDB:  # tables of quantisation
            return _adds_up(body, lambda at: 65 + 64 * (body[at] >> 4))
        case 0xC4:  # tables of Huffman codes
            return _adds_up(body, lambda at: 17 + sum(body[at + 1 : at + 17]))
        case 0xDA:  # a scan
            return bool(body) and len(body) == 4 + 2 * body[0]
        case 0xDD | 0xDC:  # the interval of restarts, the number of lines
            return len(body) == 2
        case 0xCC:  # tables of arithmetic coding
            return len(body) <= _MOST_OF_ARITHMETIC
    return len(body) > 5 and len(body) == 6 + 3 * body[5]  # a frame


def _adds_up(body: bytes, length: Callable[[int], int]) -> bool:
    at = 0
    while at < len(body):
        at += length(at)
    return at == len(body)


# --- PNG ----------------------------------------------------------------------

_PNG = b"\x89PNG\r\n\x1a\n"
_NEEDED_OF_PNG = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"sBIT", b"bKGD"}


def clean_png(content: bytes) -> bytes:
    """Return a PNG of pixels and colours. Raises `Refusal` if it is none."""
    if not content.startswith(_PNG):
        raise Refusal("damaged")
    kept, at, packed = [_PNG], len(_PNG), []
    while at < len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        at += 12 + length
        if len(body) < length or at > len(content):
            raise Refusal("damaged")
        if kind == b"IDAT":
            packed.append(body)
        elif kind == b"IEND":
            break
        elif kind in _NEEDED_OF_PNG:
            kept.append(_chunk(kind, body))
    return b"".join([*kept, _chunk(b"IDAT", _one_zlib_stream(b"".join(packed))), _chunk(b"IEND", b"")])


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _one_zlib_stream(packed: bytes) -> bytes:
    """Return the packed pixels without what may hang on behind them."""
    unpacker, at = zlib.decompressobj(), 0
    try:
        while at < len(packed) and not unpacker.eof:
            rest: bytes = packed[at : at + 2**16]
            at += len(rest)
            while rest and not unpacker.eof:
                unpacker.decompress(rest, 2**20)
                rest = unpacker.unconsumed_tail
    except zlib.error:
        raise Refusal("damaged") from None
    return packed[: at - len(unpacker.unused_data)]


# --- JPEG 2000 ----------------------------------------------------------------

_NEEDED_OF_JP2 = {b"jP  ", b"ftyp", b"jp2h", b"jp2c"}
_CODESTREAM = b"\xff\x4f\xff\x51"


def clean_jp2(content: bytes) -> bytes:
    """Return a JPEG 2000 without the boxes that describe it. Raises `Refusal` if it is none."""
    if content.startswith(_CODESTREAM):
        return content
    kept, at = [], 0
    while at < len(content):
        length, kind = struct.unpack_from(">I4s", content, at) if len(content) - at >= 8 else (0, b"")
        if length == 1:
            length = int.from_bytes(content[at + 8 : at + 16], "big")
        elif length == 0:
            length = len(content) - at
        if length < 8 or at + length > len(content) or not kind:
            raise Refusal("damaged")
        if kind in _NEEDED_OF_JP2:
            kept.append(content[at : at + length])
        at += length
    if not kept:
        raise Refusal("damaged")
    return b"".join(kept)
