"""Telling by its first bytes what a file is. Its name is not asked: people rename files, and adversaries do."""

import re

TEXT, ZIP, ENCRYPTED = "text", "zip", "encrypted"

# Beginnings that belong to no table of ours; the keys are known to the messages.
_BEGINNINGS = (
    ("pdf", b"%PDF"),
    ("rtf", b"{\\rtf"),
    ("gzip", b"\x1f\x8b"),
    ("rar", b"Rar!\x1a\x07"),
    ("seven_zip", b"7z\xbc\xaf\x27\x1c"),
    ("image", b"\x89PNG\r\n"),
    ("image", b"\xff\xd8\xff"),
    ("image", b"GIF8"),
    ("sqlite", b"SQLite format 3\x00"),
    ("xls", b"\x09\x08\x10\x00"),
    ("xls", b"\x09\x08\x08\x00"),
    ("xls", b"\x09\x04\x06\x00"),
    ("xls", b"\x09\x02\x06\x00"),
    ("xls", b"\x09\x00\x04\x00"),
    ("sylk", b"ID;P"),
    ("mail", b"MIME-Version:"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|table|meta|style|!--)", re.IGNORECASE)
_XML = re.compile(rb"<\?xml\b|<[a-z]+:Workbook\b|<Workbook\b", re.IGNORECASE)
_JSON = re.compile(rb'[\[{]\s*(["{\[]|[\]}]\s*$)')
_SOME = 4096


def kind_of(content: bytes) -> str:
    """Return TEXT, ZIP or ENCRYPTED, or what else the content is: a key that the messages know."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return ZIP
    if content.startswith(_OLE):
        return _kind_of_ole(content)
    for kind, beginning in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    return _kind_of_text(content[:_SOME].removeprefix(b"\xef\xbb\xbf").lstrip())


def _kind_of_ole(content: bytes) -> str:
    """Tell what is in a compound file by the names in its directory, which are UTF-16."""
    names = {
        ENCRYPTED: "EncryptedPackage",
        "xls": "Workbook",
        "old_xls": "Book",
        "doc": "WordDocument",
    }
    found = [kind for kind, name in names.items() if name.encode("utf-16-le") in content]
    return {"old_xls": "xls"}.get(found[0], found[0]) if found else "ole"


def _kind_of_text(start: bytes) -> str:
    if _HTML.match(start):
        return "html"
    if _XML.match(start):
        return "html" if re.search(rb"<html\b", start, re.IGNORECASE) else "xml"
    if _JSON.match(start):
        return "json"
    return "pdf" if b"%PDF-" in start[:1024] else TEXT
