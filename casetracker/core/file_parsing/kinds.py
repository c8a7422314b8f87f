"""Telling by its content what a file is. Its name is not asked: people rename files, and adversaries do."""

import re
import zlib

import filetype

from casetracker.core.file_parsing.findings import Refusal
from casetracker.core.file_parsing.limits import Limits

IMAGES = {"jpeg", "png", "webp", "gif", "tiff"}
OFFICE = {"docx", "xlsx", "pptx", "odt", "ods"}
RECORDINGS = {"heic", "mp4", "mov", "webm", "mp3", "m4a", "wav", "ogg", "warc"}
PDF = "pdf"
ZIP = "zip"
# So much of its beginning tells what a file is.
HEAD = 8192

_BEGINNINGS = {
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
    b"II*\x00": "tiff",
    b"MM\x00*": "tiff",
    b"%PDF-": PDF,
    b"PK\x03\x04": ZIP,
    b"PK\x05\x06": ZIP,
    b"PK\x07\x08": ZIP,
    b"WARC/1.": "warc",
}
_GZIP = b"\x1f\x8b\x08"
_RECORDINGS = {
    "video/mp4": "mp4",
    "video/x-m4v": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/x-wav": "wav",
    "audio/ogg": "ogg",
    "image/heic": "heic",
    "image/webp": "webp",
}
# What is refused by name; the keys are known to the messages.
_FOREIGN = {
    "application/x-msdownload": "program",
    "application/x-executable": "program",
    "application/x-dosexec": "program",
    "application/x-google-chrome-extension": "program",
    "application/x-shockwave-flash": "program",
    "application/x-deb": "program",
    "application/java-archive": "program",
    "application/wasm": "program",
    "application/x-7z-compressed": "archive",
    "application/x-rar-compressed": "archive",
    "application/x-tar": "archive",
    "application/x-bzip2": "archive",
    "application/x-xz": "archive",
    "application/zstd": "archive",
    "application/x-lzip": "archive",
    "application/vnd.ms-cab-compressed": "archive",
    "application/x-unix-archive": "archive",
    "application/rtf": "rtf",
}
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
    b"L\x00\x00\x00\x01\x14\x02",
)
_ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", _GZIP, b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SVG = re.compile(rb"<svg\b", re.IGNORECASE)
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|script|iframe|table|meta|style|div|p|!--)", re.IGNORECASE)
_SOME = 1024


def kind_of(head: bytes) -> str:
    """Return the kind that the beginning of a file tells; ZIP where its parts must tell.

    Raises `Refusal` for all that is not on the list, and names it where it can.
    """
    if not head.strip(b"\x00 \t\r\n"):
        raise Refusal("empty")
    for beginning, kind in _BEGINNINGS.items():
        if head.startswith(beginning):
            return kind
    if head.startswith(_GZIP) and _unpacked_start(head).startswith(b"WARC/1."):
        return "warc"
    guessed = filetype.guess(head)
    media_type = guessed.mime if guessed else ""
    if media_type in _RECORDINGS:
        return _RECORDINGS[media_type]
    raise _refusal_of(head, media_type)


def _refusal_of(head: bytes, media_type: str) -> Refusal:
    for foreign, beginnings in {"program": _PROGRAMS, "archive": _ARCHIVES}.items():
        if head.startswith(beginnings):
            return Refusal("foreign", kind=foreign)
    if head.startswith(_OLE):
        return _refusal_of_ole(head)
    if media_type.startswith("image/"):
        return Refusal("foreign", kind="other_image")
    return Refusal("foreign", kind=_FOREIGN.get(media_type) or _kind_of_text(head))


def check_size(kind: str, size: int, limits: Limits) -> None:
    """Raise `Refusal` if a file of the kind may not be so large."""
    most = limits.image if kind in IMAGES else limits.recording if kind in RECORDINGS else limits.document
    if size > most:
        raise Refusal("too_large", most=most // 2**20)


def _unpacked_start(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 16)
    except zlib.error:
        return b""


def _refusal_of_ole(head: bytes) -> Refusal:
    """Tell a document with a password from one of an old program: Office keeps both in the same container."""
    if "EncryptedPackage".encode("utf-16-le") in head:
        return Refusal("encrypted")
    return Refusal("foreign", kind="old_office")


def _kind_of_text(head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:_SOME]
    if _SVG.search(start):
        return "svg"
    if _HTML.search(start):
        return "html"
    if b"%PDF-" in start:
        return "late_pdf"
    if start.startswith(b"<?xml"):
        return "xml"
    if start.startswith(b"{\\rtf"):
        return "rtf"
    return "unknown" if b"\x00" in head else "text"
