"""The streams of a PDF: taking off what packs them, and cleaning what is in them."""

import zlib
from collections.abc import Callable
from typing import Any

from pypdf.filters import ASCII85Decode, ASCIIHexDecode, LZWDecode, RunLengthDecode
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from casetracker.core.file_parsing.embedded import clean_jp2, clean_jpeg
from casetracker.core.file_parsing.findings import Refusal
from casetracker.core.file_parsing.limits import Limits

_LONG_NAMES = {
    "/Fl": "/FlateDecode",
    "/AHx": "/ASCIIHexDecode",
    "/A85": "/ASCII85Decode",
    "/LZW": "/LZWDecode",
    "/RL": "/RunLengthDecode",
    "/CCF": "/CCITTFaxDecode",
    "/DCT": "/DCTDecode",
}
_SIMPLE: dict[str, Callable[[bytes], bytes]] = {
    "/ASCIIHexDecode": ASCIIHexDecode.decode,
    "/ASCII85Decode": ASCII85Decode.decode,
    "/RunLengthDecode": RunLengthDecode.decode,
    "/LZWDecode": LZWDecode.decode,
}
_PICTURES = {"/DCTDecode": clean_jpeg, "/JPXDecode": clean_jp2}
_LEFT_AS_THEY_ARE = {"/CCITTFaxDecode", "/JBIG2Decode"}
_MOST_FILTERS = 5
_PIECE = 2**18


class Stream:
    """A stream without what packs it: `content`, and the filter and parameters that it still needs, if any."""

    def __init__(self, source: StreamObject, limits: Limits, *, is_cleaned: bool = True) -> None:
        """Unpack the stream, and clean a picture. Raises `Refusal` for filters that nobody knows, and for bombs."""
        self._is_cleaned = is_cleaned
        names = [_LONG_NAMES.get(str(name), str(name)) for name in _listed(source.get("/Filter"))]
        parameters = _listed(source.get("/DecodeParms", source.get("/DP")))
        parameters += [None] * (len(names) - len(parameters))
        if len(names) > _MOST_FILTERS:
            raise Refusal("damaged")
        self.content: bytes = source._data
        self.filter = ""
        self.parameters: DictionaryObject | None = None
        for position, (name, one) in enumerate(zip(names, parameters, strict=False)):
            is_last = position == len(names) - 1
            self._take_off(name, one if isinstance(one, DictionaryObject) else None, is_last, limits)

    def _take_off(self, name: str, parameters: DictionaryObject | None, is_last: bool, limits: Limits) -> None:
        has_predictor = parameters is not None and parameters.get("/Predictor", 1) != 1
        if name == "/FlateDecode":
            self.content = inflated(self.content, limits)
        elif name in _SIMPLE and not (name == "/LZWDecode" and parameters):
            self.content = _SIMPLE[name](self.content)
        elif is_last and name in _PICTURES:
            self.content = _PICTURES[name](self.content) if self._is_cleaned else self.content
        elif not (is_last and name in _LEFT_AS_THEY_ARE | {"/LZWDecode"}):
            raise Refusal("damaged")
        if len(self.content) > limits.unpacked:
            raise Refusal("unpacks_too_large")
        if name in {*_PICTURES, *_LEFT_AS_THEY_ARE} or has_predictor or (name == "/LZWDecode" and parameters):
            if not is_last:
                raise Refusal("damaged")
            self.filter, self.parameters = name, parameters

    @property
    def is_plain(self) -> bool:
        """Tell whether nothing is left to be unpacked."""
        return not self.filter

    def packed(self) -> tuple[bytes, str]:
        """Return what to write, and its filter."""
        if self.filter in {"", "/FlateDecode"}:
            return zlib.compress(self.content, 6), "/FlateDecode"
        return self.content, self.filter


def unpacked(source: StreamObject, limits: Limits) -> bytes:
    """Return what a stream of text holds. Raises `Refusal`."""
    return Stream(source, limits).content


def packed_photograph(source: StreamObject, limits: Limits) -> bytes:
    """Return a photograph as it is in the document, with its metadata. Raises `Refusal`."""
    return Stream(source, limits, is_cleaned=False).content


def inflated(packed: bytes, limits: Limits) -> bytes:
    """Return what was packed, as far as it is whole, and nothing that hangs on behind. Raises `Refusal`."""
    unpacker = zlib.decompressobj()
    pieces, size, rest = [], 0, packed
    try:
        while rest and not unpacker.eof:
            piece = unpacker.decompress(rest, _PIECE)
            rest = unpacker.unconsumed_tail
            pieces.append(piece)
            size += len(piece)
            if size > limits.unpacked:
                raise Refusal("unpacks_too_large")
    except zlib.error:
        # Some programs write a wrong sum at the end; readers show what comes before.
        if not size:
            raise Refusal("damaged") from None
    return b"".join(pieces)


def _listed(value: Any) -> list[Any]:
    value = value.get_object() if value is not None else None
    if value is None:
        return []
    return [one.get_object() for one in value] if isinstance(value, ArrayObject) else [value]
