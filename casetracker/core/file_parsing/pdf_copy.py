"""A copy of a PDF that has its pages and nothing else.

It is a new file: what is taken over is named (`pdf_keys`), all else stays behind. That is more than taking away what is
known to betray: names and dates, XMP, attachments, scripts, links, remarks and their authors, form data, structure,
layers, thumbnails, earlier versions, and whatever programs have hidden in keys of their own.
"""

import io
import zlib
from collections.abc import Iterable
from typing import Any

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from casetracker.core.file_parsing import pdf_keys
from casetracker.core.file_parsing.embedded import clean_jpeg
from casetracker.core.file_parsing.findings import Refusal
from casetracker.core.file_parsing.limits import Limits
from casetracker.core.file_parsing.pdf_content import without_remarks
from casetracker.core.file_parsing.pdf_reading import items, name_of, opened, pages_of, part, resolved
from casetracker.core.file_parsing.pdf_streams import Stream

# What a dictionary is for decides which of its entries are taken over.
_DRAWING, _CONTENT, _RESOURCES, _APPEARANCE = "drawing", "content", "resources", "appearance"
# The entries of these have names that somebody has chosen: of any sort, content streams, or pictures and forms.
_NAMES, _CONTENTS, _PICTURES, _PICTURE = "names", "contents", "pictures", "picture"
_WITH_NAMES = {_NAMES: _DRAWING, _CONTENTS: _CONTENT, _PICTURES: _PICTURE}
_ALLOWED = {
    _DRAWING: pdf_keys.DRAWING,
    _RESOURCES: pdf_keys.RESOURCES,
    _APPEARANCE: frozenset({"/N"}),
    _CONTENT: pdf_keys.DRAWING,
    _PICTURE: pdf_keys.DRAWING,
}
_DEEPEST = 100
_HIDDEN = 0b10_0010  # the flags Hidden and NoView of an annotation
_JPEG = b"\xff\xd8\xff"
_INDEXED = ("/Indexed", "/I")
_LENGTH_OF_INDEXED = 4
_DEVICES = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}


def copied(content: bytes, limits: Limits) -> bytes:
    """Return the copy. Raises `Refusal`, also where hidden layers would show in it."""
    reader = opened(content, limits)
    layers = part(part(reader.trailer.get("/Root"), "/OCProperties"), "/D")
    if part(layers, "/BaseState") == "/OFF" or items(part(layers, "/OFF")):
        raise Refusal("hidden_layers")
    copy = _Copy(limits)
    return copy.written(copy.page(page) for page in pages_of(reader, limits))


class _Copy:
    """A new PDF. Objects are taken over when something that is taken over points to them."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.unpacked
        self._objects: list[bytes] = [b"", b""]  # the first two are the catalogue and the tree of pages
        self._numbers: dict[tuple[int, int, str], int] = {}
        self._waiting: list[tuple[int, Any, str]] = []

    def page(self, page: dict[str, Any]) -> int:
        """Take over a page and return its number."""
        new = DictionaryObject({NameObject("/Type"): NameObject("/Page"), NameObject("/Parent"): _reference(2)})
        for key in sorted(pdf_keys.PAGE & set(page) - {"/Contents"}):
            new[NameObject(key)] = self._value(page[key], _RESOURCES if key == "/Resources" else _DRAWING)
        drawn = [resolved(one) for one in items(page.get("/Contents")) or [page.get("/Contents")]]
        # The parts of a page's content are one text that may be cut anywhere.
        content = b"\n".join(self._unpacked(one).content for one in drawn if isinstance(one, StreamObject))
        new[NameObject("/Contents")] = self._added(_stream({}, without_remarks(content)))
        annotations = [self._annotation(resolved(one)) for one in items(page.get("/Annots"))]
        if any(annotations):
            new[NameObject("/Annots")] = ArrayObject([one for one in annotations if one])
        number = self._added(_bytes_of(new)).idnum
        self._take_over_what_waits()
        return number

    def _annotation(self, annotation: Any) -> IndirectObject | None:
        """Take over how a stamp or a filled-in field looks; not who made it, when, and what it does."""
        flags = part(annotation, "/F")
        is_hidden = isinstance(flags, int) and flags & _HIDDEN
        if name_of(annotation, "/Subtype") not in pdf_keys.SHOWN or part(annotation, "/AP") is None or is_hidden:
            return None
        new = DictionaryObject({NameObject("/Type"): NameObject("/Annot")})
        for key in sorted(pdf_keys.ANNOTATION & set(annotation)):
            new[NameObject(key)] = self._value(annotation.get(key), _APPEARANCE if key == "/AP" else _DRAWING)
        return self._added(_bytes_of(new))

    def _added(self, written: bytes) -> IndirectObject:
        self._objects.append(written)
        if len(self._objects) > self._limits.objects:
            raise Refusal("too_many_objects")
        return _reference(len(self._objects))

    def _take_over_what_waits(self) -> None:
        while self._waiting:
            number, source, role = self._waiting.pop()
            new = self._value(resolved(source), role)
            self._objects[number - 1] = new if isinstance(new, bytes) else _bytes_of(new)

    def _value(self, value: Any, role: str, depth: int = 0) -> Any:
        """Return what is taken over of a value; streams, which always stand alone, as they are written."""
        if depth > _DEEPEST:
            raise Refusal("damaged")
        if isinstance(value, IndirectObject):
            return self._pointed_to(value, role)
        if isinstance(value, StreamObject):
            return self._stream(value, role, depth)
        if isinstance(value, DictionaryObject):
            return self._dictionary(value, role, depth)
        if isinstance(value, ArrayObject):
            return self._array(value, role, depth)
        return value if isinstance(value, NameObject | NumberObject | FloatObject | BooleanObject) else NullObject()

    def _pointed_to(self, value: IndirectObject, role: str) -> Any:
        key = (value.idnum, value.generation, role)
        if key not in self._numbers:
            target = resolved(value)
            if not isinstance(target, DictionaryObject | ArrayObject):
                return self._value(target, role, _DEEPEST)
            if isinstance(target, ArrayObject) and _is_profile(target):
                return self._value(target, role)
            self._numbers[key] = self._added(b"null").idnum
            self._waiting.append((self._numbers[key], target, role))
        return _reference(self._numbers[key])

    def _array(self, value: ArrayObject, role: str, depth: int) -> Any:
        if _is_profile(value):
            # A profile names the camera or the screen; without it the colours are those of any screen.
            components = part(value[1], "/N")
            return NameObject(_DEVICES.get(components if isinstance(components, int) else 3, "/DeviceRGB"))
        values = [self._value(one, role, depth + 1) for one in value]
        if len(value) == _LENGTH_OF_INDEXED and value[0] in _INDEXED:
            values[-1] = _string(value[-1]) or values[-1]  # the colours of a palette
        return ArrayObject(values)

    def _dictionary(self, value: DictionaryObject, role: str, depth: int) -> DictionaryObject:
        allowed = set(value) if role in _WITH_NAMES else _ALLOWED[role] & set(value)
        new = DictionaryObject()
        for key in sorted(allowed):
            text = _string(value.get(key)) if key in pdf_keys.WITH_TEXT else None
            new[NameObject(key)] = text or self._value(value.get(key), _role_within(role, key), depth + 1)
        return new

    def _stream(self, value: StreamObject, role: str, depth: int) -> bytes:
        subtype = name_of(value, "/Subtype")
        if role == _PICTURE and subtype not in {"/Image", "/Form"}:
            return b"null"  # Nobody draws it.
        is_content = role in {_CONTENT, _CONTENTS} or subtype == "/Form"
        role = _CONTENT if is_content else _DRAWING
        stream = self._unpacked(value)
        if stream.is_plain and stream.content.startswith(_JPEG):
            stream.content = clean_jpeg(stream.content)  # Nobody can show it like this, but it is there.
        if is_content and stream.is_plain:
            stream.content = without_remarks(stream.content)
        content, packing = stream.packed()
        entries = dict(self._dictionary(value, role, depth))
        entries[NameObject("/Filter")] = NameObject(packing)
        if stream.parameters is not None:
            entries[NameObject("/DecodeParms")] = self._dictionary(stream.parameters, _DRAWING, depth)
        return _stream(entries, content, is_packed=True)

    def _unpacked(self, value: StreamObject) -> Stream:
        stream = Stream(value, self._limits)
        self._left -= len(stream.content)
        if self._left < 0:
            raise Refusal("unpacks_too_large")
        return stream

    def written(self, pages: Iterable[int]) -> bytes:
        """Return the file."""
        kids = ArrayObject([_reference(number) for number in pages])
        self._objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
        self._objects[1] = b"<< /Type /Pages /Count %d /Kids %b >>" % (len(kids), _bytes_of(kids))
        file = io.BytesIO()
        file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, content in enumerate(self._objects, 1):
            places.append(file.tell())
            file.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
        start = file.tell()
        file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
        file.writelines(b"%010d 00000 n \n" % place for place in places)
        file.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start))
        return file.getvalue()


def _role_within(role: str, key: str) -> str:
    """Return what the value of an entry is for, in a dictionary of this role."""
    if role in _WITH_NAMES:
        return _WITH_NAMES[role]
    if role == _RESOURCES:
        return {"/XObject": _PICTURES, "/Pattern": _CONTENTS}.get(key, _NAMES)
    if key == "/CharProcs" or role == _APPEARANCE:
        return _CONTENTS
    return {"/Resources": _RESOURCES, "/Colorants": _NAMES}.get(key, _DRAWING)


def _string(value: Any) -> ByteStringObject | None:
    value = resolved(value)
    if isinstance(value, TextStringObject):
        return ByteStringObject(value.original_bytes)
    return value if isinstance(value, ByteStringObject) else None


def _is_profile(value: ArrayObject) -> bool:
    return len(value) > 1 and value[0] == "/ICCBased"


def _reference(number: int) -> IndirectObject:
    return IndirectObject(number, 0, None)


def _bytes_of(value: Any) -> bytes:
    file = io.BytesIO()
    value.write_to_stream(file)
    return file.getvalue()


def _stream(entries: dict[Any, Any], content: bytes, *, is_packed: bool = False) -> bytes:
    if not is_packed:
        content = zlib.compress(content, 6)
        entries = {NameObject("/Filter"): NameObject("/FlateDecode")}
    whole = DictionaryObject({**entries, NameObject("/Length"): NumberObject(len(content))})
    return _bytes_of(whole) + b"\nstream\n" + content + b"\nendstream"
