"""PDF: opening one within limits, and what it says about itself."""

import io
from collections.abc import Iterator
from typing import Any

import pypdf
import pypdf.filters
from pypdf.errors import DependencyError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, StreamObject

from casetracker.core.file_parsing import images
from casetracker.core.file_parsing.findings import Notes, Refusal
from casetracker.core.file_parsing.limits import Limits
from casetracker.core.file_parsing.pdf_streams import packed_photograph, unpacked
from casetracker.core.file_parsing.xmp import note_xmp

_INFO = {
    "/Author": "Author",
    "/Creator": "Software",
    "/Producer": "PDF made by",
    "/Title": "Title",
    "/Subject": "Subject",
    "/Keywords": "Keywords",
    "/CreationDate": "Created",
    "/ModDate": "Modified",
    "/SourceModified": "Modified",
    "/Company": "Company",
    "/Manager": "Manager",
    "/LastSavedBy": "Last saved by",
}
_NAMED_ELSEWHERE = {"/Trapped"}
_FROM_PARENTS = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_MOST_NODES = 20_000
_MOST_ANNOTATIONS = 2_000
_MOST_PICTURES = 100
_DEEPEST = 64


def opened(content: bytes, limits: Limits) -> pypdf.PdfReader:
    """Open a PDF. Raises `Refusal` if it needs a password, or says that it has too many objects."""
    reader = pypdf.PdfReader(io.BytesIO(content), strict=False, xref_stream_maximum_entries=limits.objects)
    if sum(map(len, reader.xref.values())) + len(reader.xref_objStm) > limits.objects:
        raise Refusal("too_many_objects")
    # Many documents may be read by everybody and printed or changed by nobody: these open without a password.
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refusal("encrypted")
    except DependencyError:
        raise Refusal("encrypted") from None
    return reader


def resolved(value: Any) -> Any:
    """Return the object that is meant, whether it stands here or elsewhere."""
    return value.get_object() if isinstance(value, PdfObject) else value


def part(value: Any, key: str) -> Any:
    """Return an entry of a dictionary, or None; also where there is no dictionary."""
    value = resolved(value)
    return resolved(value.get(key)) if isinstance(value, DictionaryObject) else None


def name_of(value: Any, key: str) -> str:
    """Return an entry that is a name, or ""."""
    name = part(value, key)
    return name if isinstance(name, NameObject) else ""


def items(value: Any) -> list[Any]:
    """Return the elements of an array, unresolved; of anything else none."""
    value = resolved(value)
    return list(value) if isinstance(value, ArrayObject) else []


def pages_of(reader: pypdf.PdfReader, limits: Limits) -> Iterator[dict[str, Any]]:
    """Yield each page with what it has from its parents. Raises `Refusal` if there are too many, or none."""
    waiting: list[tuple[Any, dict[str, Any], int]] = [(part(reader.trailer.get("/Root"), "/Pages"), {}, 0)]
    nodes = found = 0
    while waiting:
        node, inherited, depth = waiting.pop()
        node = resolved(node)
        nodes += 1
        if nodes > _MOST_NODES or found > limits.pages or depth > _DEEPEST:
            raise Refusal("too_many_pages", most=limits.pages)
        if not isinstance(node, DictionaryObject):
            continue
        own = inherited | {key: node.get(key) for key in _FROM_PARENTS if key in node}
        if "/Kids" in node:
            waiting += [(kid, own, depth + 1) for kid in reversed(items(node["/Kids"])[:_MOST_NODES])]
        else:
            found += 1
            yield {**node, **own}
    if not found:
        raise Refusal("damaged")


def examined(content: bytes, limits: Limits, notes: Notes) -> dict[str, int]:
    """Return the number of pages, and note what the document says. Raises `Refusal`."""
    reader = opened(content, limits)
    root = resolved(reader.trailer.get("/Root"))
    _note_info(resolved(reader.trailer.get("/Info")), notes)
    packet = part(root, "/Metadata")
    if isinstance(packet, StreamObject):
        note_xmp(unpacked(packet, limits), notes)
    pages = annotations = pictures = 0
    for page in pages_of(reader, limits):
        pages += 1
        pictures += _note_pictures(page, limits, notes, _MOST_PICTURES - pictures)
        for annotation in items(page.get("/Annots"))[: _MOST_ANNOTATIONS - annotations]:
            annotations += 1
            _note_annotation(resolved(annotation), notes)
    _note_active(root, notes)
    return {"pages": pages}


def _note_info(info: Any, notes: Notes) -> None:
    if not isinstance(info, DictionaryObject):
        return
    for key in info:
        value = resolved(info.get(key))
        if isinstance(value, str | bytes) and key not in _NAMED_ELSEWHERE:
            notes.add(_INFO.get(key, f"Text “{key.removeprefix('/')}”"), value)


def _note_pictures(page: dict[str, Any], limits: Limits, notes: Notes, most: int) -> int:
    """Note what photographs on a page say. Return how many were looked at."""
    found = part(resolved(page.get("/Resources")), "/XObject")
    objects = [resolved(one) for one in found.values()] if isinstance(found, DictionaryObject) else []
    photographs = [one for one in objects if isinstance(one, StreamObject) and "DCTDecode" in str(part(one, "/Filter"))]
    for one in photographs[:most]:
        images.note_picture(packed_photograph(one, limits), limits, notes)
    return len(photographs[:most])


def _note_annotation(annotation: Any, notes: Notes) -> None:
    subtype = name_of(annotation, "/Subtype")
    if subtype not in {"/Link", "/Widget"}:
        author = part(annotation, "/T")
        notes.add("Comments by", author if isinstance(author, str) else "")
    if subtype == "/FileAttachment":
        _note_attachment(part(annotation, "/FS"), notes)


def _note_attachment(specification: Any, notes: Notes) -> None:
    names = [part(specification, key) for key in ("/UF", "/F")]
    notes.add("Files inside", next((name for name in names if isinstance(name, str)), "yes"))


def _note_active(root: Any, notes: Notes) -> None:
    names = part(root, "/Names")
    for specification in _named(part(names, "/EmbeddedFiles"), 0):
        if isinstance(resolved(specification), DictionaryObject):
            _note_attachment(specification, notes)
    action = part(root, "/OpenAction")
    if part(names, "/JavaScript") is not None or name_of(action, "/S") in {"/JavaScript", "/Launch"}:
        notes.add("Scripts inside", "yes")


def _named(tree: Any, depth: int) -> Iterator[Any]:
    """Yield what a tree of names holds, names too."""
    yield from items(part(tree, "/Names"))[:100]
    if depth < 4:
        for kid in items(part(tree, "/Kids"))[:20]:
            yield from _named(kid, depth + 1)
