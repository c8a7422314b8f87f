"""What XMP says: a packet of RDF that cameras and programs put into images and documents."""

from collections.abc import Iterator
from contextlib import suppress
from xml.parsers import expat

from casetracker.core.file_parsing.findings import Notes

_LONGEST = 2**20
_MOST = 500
_DEEPEST = 64
# By local names, whatever the namespace: what people should see is what somebody wrote, not what the standard allows.
_KNOWN = {
    "creator": "Author",
    "CreatorTool": "Software",
    "Producer": "PDF made by",
    "softwareAgent": "Software",
    "title": "Title",
    "description": "Description",
    "subject": "Keywords",
    "Keywords": "Keywords",
    "rights": "Copyright",
    "CreateDate": "Created",
    "ModifyDate": "Modified",
    "MetadataDate": "Modified",
    "DateTimeOriginal": "Taken",
    "Make": "Camera",
    "Model": "Camera",
    "SerialNumber": "Camera serial number",
    "BodySerialNumber": "Camera serial number",
    "LensModel": "Lens",
    "OwnerName": "Owner",
    "GPSLatitude": "GPS position",
    "GPSLongitude": "GPS position",
    "City": "Place",
    "State": "Place",
    "Country": "Place",
    "Location": "Place",
    "Company": "Company",
    "Credit": "Credit",
    "Source": "Source",
    "DocumentID": "Document number",
    "OriginalDocumentID": "Document number",
    "filePath": "File path",
    "documentName": "Document name",
}


def note_xmp(packet: bytes | str, notes: Notes) -> None:
    """Note what the packet says, as far as it can be read; it may say anything, and is data for nobody else."""
    if isinstance(packet, str):
        packet = packet.encode("utf-8", "replace")
    notes.add_known(_KNOWN, _values(packet[:_LONGEST].strip(b"\x00 \r\n\t")))


def _values(packet: bytes) -> list[tuple[str, object]]:
    values: list[tuple[str, object]] = []
    path: list[str] = []
    texts: list[str] = []

    def started(name: str, attributes: dict[str, str]) -> None:
        if len(path) > _DEEPEST or len(values) > _MOST:
            raise _Enough
        texts.clear()
        path.append(name.rpartition(" ")[2])
        values.extend((key.rpartition(" ")[2], value) for key, value in attributes.items())

    def ended(_name: str) -> None:
        text = "".join(texts).strip()
        if text:
            values.append((next(_meaningful(path), ""), text))
        texts.clear()
        path.pop()

    def declared(*_arguments: object) -> None:
        raise _Enough

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = started, ended
    parser.CharacterDataHandler = texts.append
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declared
    # What was read before it breaks off is worth showing.
    with suppress(expat.ExpatError, _Enough):
        parser.Parse(packet, True)
    return values


class _Enough(Exception):
    """No XMP that a program writes goes on like this."""


def _meaningful(path: list[str]) -> Iterator[str]:
    """Yield the names of the elements around, from within, without those that make lists."""
    return (name for name in reversed(path) if name not in {"li", "Seq", "Bag", "Alt", "Description", "RDF"})
