"""What an image says about itself: EXIF, IPTC, XMP, comments and text chunks."""

from collections.abc import Iterator, Mapping
from typing import Any

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin, PngImagePlugin

from casetracker.core.file_parsing.findings import Notes, plain
from casetracker.core.file_parsing.xmp import note_xmp

_EXIF = {
    "Make": "Camera",
    "Model": "Camera",
    "Software": "Software",
    "ProcessingSoftware": "Software",
    "HostComputer": "Computer",
    "Artist": "Author",
    "Copyright": "Copyright",
    "ImageDescription": "Description",
    "DocumentName": "Document name",
    "PageName": "Document name",
    "DateTime": "Modified",
    "DateTimeOriginal": "Taken",
    "DateTimeDigitized": "Created",
    "OffsetTimeOriginal": "Time zone",
    "UserComment": "Comment",
    "CameraOwnerName": "Owner",
    "BodySerialNumber": "Camera serial number",
    "LensMake": "Lens",
    "LensModel": "Lens",
    "LensSerialNumber": "Lens serial number",
    "ImageUniqueID": "Image number",
    "XPTitle": "Title",
    "XPComment": "Comment",
    "XPAuthor": "Author",
    "XPKeywords": "Keywords",
    "XPSubject": "Subject",
}
_IPTC = {
    (2, 5): "Title",
    (2, 25): "Keywords",
    (2, 55): "Created",
    (2, 65): "Software",
    (2, 80): "Author",
    (2, 85): "Author",
    (2, 90): "Place",
    (2, 92): "Place",
    (2, 95): "Place",
    (2, 101): "Place",
    (2, 110): "Credit",
    (2, 115): "Source",
    (2, 116): "Copyright",
    (2, 118): "Contact",
    (2, 120): "Description",
    (2, 122): "Author",
}
_TEXT_CHUNKS = {
    "Author": "Author",
    "Software": "Software",
    "Creation Time": "Created",
    "Copyright": "Copyright",
    "Comment": "Comment",
    "Title": "Title",
    "Description": "Description",
    "Source": "Source",
}
_MAKER_NOTE = 0x927C
_IN_UTF_16 = "XP"
# A comment begins with the name of its encoding.
_COMMENT_ENCODINGS = {b"ASCII\x00\x00\x00": "ascii", b"UNICODE\x00": "utf-16-le", b"\x00" * 8: "latin-1"}
_XMP_TAG = 700


def note_image(image: ImageFile.ImageFile, notes: Notes) -> None:
    """Note what the image says about itself; what is damaged is passed over."""
    for part in (_note_exif, _note_iptc, _note_texts):
        try:
            part(image, notes)
        # Damaged metadata is no reason to turn evidence away, and Pillow does not say what it raises for it.
        except Exception:  # noqa: BLE001
            notes.add("Metadata", "damaged in part")


def _note_exif(image: Image.Image, notes: Notes) -> None:
    exif = image.getexif()
    tags = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
    notes.add_known(_EXIF, _named(tags))
    if _MAKER_NOTE in tags:
        notes.add("Maker’s notes", "yes")
    if exif.get_ifd(ExifTags.IFD.IFD1):
        notes.add("Small picture inside", "yes")
    _note_position(exif.get_ifd(ExifTags.IFD.GPSInfo), notes)
    if isinstance(tags.get(_XMP_TAG), bytes):
        note_xmp(tags[_XMP_TAG], notes)


def _named(tags: Mapping[int, Any]) -> Iterator[tuple[str, object]]:
    for tag, value in tags.items():
        name = ExifTags.TAGS.get(tag, "")
        if isinstance(value, tuple) and all(isinstance(one, int) and 0 <= one < 256 for one in value):
            value = bytes(value)
        if isinstance(value, bytes):
            value = _decoded(name, value)
        yield name, value


def _decoded(name: str, value: bytes) -> str | bytes:
    if name.startswith(_IN_UTF_16):
        return value.decode("utf-16-le", "replace").strip("\x00")
    if name == "UserComment" and value[:8] in _COMMENT_ENCODINGS:
        return value[8:].decode(_COMMENT_ENCODINGS[value[:8]], "replace").strip("\x00")
    return value


def _note_position(gps: Mapping[int, Any], notes: Notes) -> None:
    tags = ExifTags.GPS
    latitude = _degrees(gps.get(tags.GPSLatitude), gps.get(tags.GPSLatitudeRef), b"S")
    longitude = _degrees(gps.get(tags.GPSLongitude), gps.get(tags.GPSLongitudeRef), b"W")
    if latitude is not None and longitude is not None:
        notes.add("GPS position", f"{latitude:.6f}, {longitude:.6f}")
    elif gps:
        notes.add("GPS position", "not readable")
    notes.add("GPS date", gps.get(tags.GPSDateStamp, ""))
    notes.add("GPS area", gps.get(tags.GPSAreaInformation, ""))
    if tags.GPSAltitude in gps:
        notes.add("GPS height", f"{float(gps[tags.GPSAltitude]):.0f} m")


def _degrees(value: Any, reference: Any, negative: bytes) -> float | None:
    try:
        degrees, minutes, seconds = (float(one) for one in value)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    sign = -1 if plain(reference or "").upper().encode() == negative else 1
    return sign * (degrees + minutes / 60 + seconds / 3600)


def _note_iptc(image: ImageFile.ImageFile, notes: Notes) -> None:
    found = IptcImagePlugin.getiptcinfo(image) or {}
    for key, value in found.items():
        if key in _IPTC:
            notes.add(_IPTC[key], *(value if isinstance(value, list) else [value]))


def _note_texts(image: Image.Image, notes: Notes) -> None:
    notes.add("Comment", image.info.get("comment", ""))
    for key in ("xmp", "XML:com.adobe.xmp"):
        if isinstance(image.info.get(key), bytes | str):
            note_xmp(image.info[key], notes)
    if isinstance(image, PngImagePlugin.PngImageFile):
        for name, value in image.text.items():
            if name != "XML:com.adobe.xmp":
                notes.add(_TEXT_CHUNKS.get(name, f"Text “{name}”"), value)
