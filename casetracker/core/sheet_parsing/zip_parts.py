"""The files inside an XLSX, unpacked within limits. What the archive says about itself is not believed."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from casetracker.core.sheet_parsing.findings import refuse
from casetracker.core.sheet_parsing.limits import Limits

_END = b"PK\x05\x06"
_LOCAL = struct.Struct("<4s5H3I2H")
_LONGEST_COMMENT = 2**16
_BYTES_OF_AN_ENTRY = 1_000
_SLICE = 2**14
_PIECE = 2**18
# Small parts of a workbook may repeat themselves as they like.
_RATIO_FROM = 2**20
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_NAME_IS_UTF8 = 0x800
_IS_ENCRYPTED = 0x2041


class Package:
    """A zip archive whose entries lie one after the other, under plain names, each once."""

    def __init__(self, content: bytes, limits: Limits, *, may_nest: bool = False) -> None:
        """Read the directory. Raises `Refusal` for whatever no office program writes.

        Text documents may have workbooks inside; `may_nest` lets such archives be.
        """
        self._content = memoryview(content)
        self._limits = limits
        self._left = limits.unpacked
        self._entries: dict[str, tuple[zipfile.ZipInfo, int]] = {}
        end = 0
        for entry in sorted(_directory(content, limits), key=lambda entry: entry.header_offset):
            begin = self._begin(entry)
            name = entry.filename.lower()
            # Entries that share bytes unpack to far more than the file could hold; a name that comes twice shows
            # one content to the checker and another to the reader.
            if entry.header_offset < end or name in self._entries or (not self._entries and entry.header_offset):
                raise refuse("zip_odd", part=entry.filename[:80])
            end = begin + entry.compress_size
            self._entries[name] = (entry, begin)
            if not may_nest and self._starts_as_zip(entry, begin):
                raise refuse("zip_in_zip", part=entry.filename[:80])

    @property
    def names(self) -> list[str]:
        """Return the names, in lower case: they are the same in any case."""
        return list(self._entries)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the content of a part, piece by piece. Raises `Refusal` if it is missing, damaged or too large."""
        if name not in self:
            raise refuse("part_missing", part=name[:80])
        entry, begin = self._entries[name.lower()]
        check, size = 0, 0
        try:
            for piece in self._unpacked(entry, begin):
                check, size = zlib.crc32(piece, check), size + len(piece)
                self._left -= len(piece)
                if self._left < 0 or size > max(_RATIO_FROM, entry.compress_size * self._limits.ratio):
                    raise refuse("unpacks_too_large")
                yield piece
        except zlib.error as error:
            raise refuse("part_damaged", part=entry.filename[:80]) from error
        if check != entry.CRC or size != entry.file_size:
            raise refuse("part_damaged", part=entry.filename[:80])

    def _unpacked(self, entry: zipfile.ZipInfo, begin: int) -> Iterator[bytes]:
        packed = self._content[begin : begin + entry.compress_size]
        slices = (packed[at : at + _SLICE] for at in range(0, len(packed), _SLICE))
        if entry.compress_type == zipfile.ZIP_STORED:
            yield from map(bytes, slices)
            return
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        for piece in slices:
            rest: bytes | memoryview = piece
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, _PIECE)
                rest = unpacker.unconsumed_tail
        yield unpacker.flush()
        if not unpacker.eof:
            raise zlib.error

    def _starts_as_zip(self, entry: zipfile.ZipInfo, begin: int) -> bool:
        start = self._content[begin : begin + min(entry.compress_size, _SLICE)]
        if entry.compress_type == zipfile.ZIP_STORED:
            return bytes(start[:4]) == b"PK\x03\x04"
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(start, 4) == b"PK\x03\x04"
        except zlib.error:
            return False  # It is damaged, which matters if it is needed.

    def _begin(self, entry: zipfile.ZipInfo) -> int:
        """Return where the packed content begins. Raises `Refusal` unless it says there what the directory says."""
        at = entry.header_offset
        name = entry.orig_filename.encode("utf-8" if entry.flag_bits & _NAME_IS_UTF8 else "cp437", "replace")
        try:
            mark, _v, flags, method, _t, _d, _crc, _packed, _size, length, extra = _LOCAL.unpack_from(self._content, at)
        except struct.error as error:
            raise refuse("zip_damaged") from error
        begin: int = at + _LOCAL.size + length + extra
        if mark != b"PK\x03\x04" or begin + entry.compress_size > len(self._content):
            raise refuse("zip_damaged")
        if entry.flag_bits & _IS_ENCRYPTED or flags & _IS_ENCRYPTED:
            raise refuse("encrypted")
        is_same = bytes(self._content[at + _LOCAL.size :][:length]) == name and method == entry.compress_type
        if not is_same or entry.compress_type not in _METHODS or not _is_plain(entry):
            raise refuse("zip_odd", part=entry.orig_filename[:80])
        return begin


def _directory(content: bytes, limits: Limits) -> list[zipfile.ZipInfo]:
    at = content.rfind(_END, max(0, len(content) - _LONGEST_COMMENT - 22))
    if at < 0 or len(content) < at + 22:
        raise refuse("zip_damaged")
    count, size = struct.unpack_from("<HI", content, at + 10)
    if count > limits.members or size > limits.members * _BYTES_OF_AN_ENTRY:
        raise refuse("too_many_parts", most=limits.members)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    # What the standard library raises for archives that are damaged is not written down; these were met.
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError, LookupError) as error:
        raise refuse("zip_damaged") from error
    if len(entries) > limits.members:
        raise refuse("too_many_parts", most=limits.members)
    return entries


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    """Tell whether the name is a relative path without tricks."""
    name = entry.orig_filename
    return (
        name == entry.filename
        and name.isprintable()
        and not name.startswith("/")
        and not {"..", "."} & set(name.split("/"))
        and not set("\\:\"<>|?*'") & set(name)
    )
