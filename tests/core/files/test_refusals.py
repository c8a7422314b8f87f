"""What is not taken, and with which words."""

import gzip
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from django.utils import translation

from casetracker.core import file_parsing
from casetracker.core.errors import DomainError
from casetracker.core.file_parsing.kinds import OFFICE, RECORDINGS
from casetracker.core.files import (
    FileRefused,
    FileType,
    Limits,
    examine,
    identify,
    metadata_label,
    what_copies_lack,
    working_copies,
)
from casetracker.core.files.words import FOREIGN, METADATA, REFUSALS
from tests.core.files.making import documents, images, pdfs
from tests.core.files.making.canaries import canary, found_in

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {two} "{f"&{one};" * 10}">' for one, two in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><l>&j;</l>"
)


def plain_zip():
    return documents.packed({"letter.txt": "words"})


FOREIGN_FILES = {
    "HTML": (b"<!DOCTYPE html><html><script>alert(1)</script>", "html"),
    "HTML behind blanks": (b"\xef\xbb\xbf \n <html><body>x", "html"),
    "SVG": (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "svg"),
    "XML": (b'<?xml version="1.0"?><x/>', "xml"),
    "JavaScript": (b"var x = 1; alert(x)", "text"),
    "text": ("名称".encode(), "text"),
    "shell script": (b"#!/bin/sh\nrm -rf /", "program"),
    "EXE": (b"MZ\x90\x00" + b"\x00" * 60 + b"PE\x00\x00", "program"),
    "ELF": (b"\x7fELF\x02\x01\x01" + b"\x00" * 60, "program"),
    "Mach-O": (b"\xcf\xfa\xed\xfe" + b"\x00" * 60, "program"),
    "shortcut": (b"L\x00\x00\x00\x01\x14\x02\x00" + b"\x00" * 60, "program"),
    "ZIP": (plain_zip(), "archive"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + b"\x00" * 60, "archive"),
    "RAR": (b"Rar!\x1a\x07\x01\x00" + b"\x00" * 60, "archive"),
    "gzip": (gzip.compress(b"words"), "archive"),
    "damaged gzip": (b"\x1f\x8b\x08\xff" + b"\xff" * 60, "archive"),
    "old Word": (OLE, "old_office"),
    "RTF": (b"{\\rtf1 words}", "rtf"),
    "PDF behind a script": (b"alert(1);\n" + pdfs.simple(), "late_pdf"),
    "an image of another kind": (b"8BPS\x00\x01" + b"\x00" * 60, "other_image"),
    "whatever": (b"\x01\x02\x00\x03" * 9, "unknown"),
}


def refusal_of(content, **limits):
    with pytest.raises(FileRefused) as refused:
        examine(content, limits=Limits(**limits))
    return refused.value


@pytest.mark.parametrize("name", FOREIGN_FILES)
def test_what_is_not_on_the_list_is_named(name):
    content, kind = FOREIGN_FILES[name]
    refusal = refusal_of(content)
    assert (refusal.code, refusal.details["kind"]) == ("foreign", kind)
    assert str(FOREIGN[kind]) in str(refusal)
    assert "What is taken: images" in str(refusal)


def test_every_foreign_kind_has_a_case():
    assert {kind for _content, kind in FOREIGN_FILES.values()} == set(FOREIGN)


DAMAGED = {
    "JPEG cut off": images.jpeg()[:1500],
    "PNG cut off": images.png()[:1000],
    "a JPEG of text": b"\xff\xd8\xff\xe0<html><script>alert(1)</script>",
    "a GIF that is a script": b"GIF89a/*" + b" " * 40 + b"*/=1;alert(1)",
    "PNG without pixels": images.png_of(0, 10),
    "GIF without pixels": b"GIF89a" + b"\x00" * 20,
    "PDF of nothing": b"%PDF-1.7\n",
    "PDF without pages": pdfs.pdf([b"<< /Type /Catalog >>"]),
    "PDF cut off": pdfs.telling()[:300],
    "PDF of nested arrays": pdfs.simple(extra=b"/X " + b"[" * 50_000 + b"]" * 50_000),
    "ZIP cut off": documents.docx()[:2000],
    "XML cut off": documents.docx(document=documents.document()[:900]),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_damaged_is_said(name):
    assert refusal_of(DAMAGED[name]).code == "damaged"


def with_part(name, content):
    return documents.packed(documents.simple_files() | {name: content})


def external(kind, target):
    return with_part("word/_rels/document.xml.rels", documents.relations(("rId1", kind, target, True)))


def program_field():
    body = documents.field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe", "result")
    return documents.packed(documents.simple_files(body=f"<w:p>{body}</w:p>"))


def simple_program_field():
    body = '<w:p><w:fldSimple w:instr=" dde x y"><w:r/></w:fldSimple></w:p>'
    return documents.packed(documents.simple_files(body=body))


def encrypted_pdf():
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdfs.simple()))
    writer.encrypt("secret", algorithm="RC4-128")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
OTHER_REFUSALS = {
    "nothing": (lambda: b"", "empty"),
    "zeros": (lambda: b"\x00" * 9000, "empty"),
    "PDF with a password": (encrypted_pdf, "encrypted"),
    "Word document with a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "macros by type": (lambda: documents.packed(documents.simple_files(MACRO_TYPE)), "macros"),
    "macros by part": (lambda: with_part("word/vbaProject.bin", b"x"), "macros"),
    "controls": (lambda: with_part("word/activeX/activeX1.xml", b"<x/>"), "macros"),
    "OpenDocument with macros": (
        lambda: documents.packed({"mimetype": "application/vnd.oasis.opendocument.text", "Basic/x.xml": "<x/>"}),
        "macros",
    ),
    "a program in a field": (program_field, "program_fields"),
    "a program in a simple field": (simple_program_field, "program_fields"),
    "a template on the net": (lambda: external("attachedTemplate", "https://evil.example/x.dotm"), "remote_content"),
    "a picture on the net": (lambda: external("image", "\\\\10.0.0.1\\share\\x.png"), "remote_content"),
    "an object on the net": (lambda: external("oleObject", "file://evil.example/x"), "remote_content"),
    "entities without end": (lambda: documents.docx(document=LAUGHS), "xml_declarations"),
    "entities in the properties": (lambda: with_part("docProps/core.xml", LAUGHS), "xml_declarations"),
    "entities in the relations": (lambda: with_part("_rels/.rels", LAUGHS), "xml_declarations"),
}


@pytest.mark.parametrize("name", OTHER_REFUSALS)
def test_what_does_more_than_a_document_should(name):
    make, code = OTHER_REFUSALS[name]
    refusal = refusal_of(make())
    assert refusal.code == code
    assert "%(" not in str(refusal)


def test_links_and_local_templates_are_no_reason():
    assert examine(external("hyperlink", "https://news.example/")).file_type == FileType.DOCX
    assert examine(external("attachedTemplate", "file:///C:/Users/x/Normal.dotm")).file_type == FileType.DOCX


def test_an_archive_is_a_document_only_with_its_text():
    files = documents.simple_files()
    del files["word/document.xml"]
    assert refusal_of(documents.packed(files)).details["kind"] == "archive"


def test_the_name_of_a_file_is_not_asked():
    file = BytesIO(b"MZ\x90\x00")
    file.name = "photo.jpg"
    assert refusal_of(file).details["kind"] == "program"


BEGINNINGS = {
    "mp4": b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42",
    "mov": b"\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00qt  ",
    "m4a": b"\x00\x00\x00\x18ftypM4A \x00\x00\x02\x00isomM4A ",
    "heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    "webm": b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + b"\x00" * 20,
    "mp3": b"ID3\x03\x00\x00\x00\x00\x00\x00",
    "wav": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "ogg": b"OggS\x00\x02" + b"\x00" * 20,
    "warc": b"WARC/1.0\r\nWARC-Type: warcinfo\r\n",
    "warc.gz": gzip.compress(b"WARC/1.1\r\nWARC-Type: warcinfo\r\n" * 9),
}


@pytest.mark.parametrize("name", BEGINNINGS)
def test_recordings_are_taken_and_not_read(name):
    content = BEGINNINGS[name] + b"\x00" * 100
    file_type = identify(content)
    assert file_type == name.partition(".")[0]
    assert examine(content).metadata == {}
    assert working_copies(content, file_type) == []
    assert "neither shown nor taken away" in what_copies_lack(file_type)


def test_every_recording_has_a_case():
    assert {name.partition(".")[0] for name in BEGINNINGS} == RECORDINGS


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"


def test_other_office_documents_are_shown_and_not_copied():
    core = {"docProps/core.xml": documents.core()}
    made = {
        FileType.XLSX: documents.packed(documents.simple_files(XLSX) | core),
        FileType.PPTX: documents.packed(documents.simple_files(PPTX) | core),
        FileType.ODT: documents.odt(),
    }
    for file_type, content in made.items():
        examined = examine(content)
        assert examined.file_type == file_type
        assert canary("first-author" if file_type == FileType.ODT else "core-author") in examined.metadata["Author"]
        assert working_copies(content, file_type) == []
        assert "still in the original" in what_copies_lack(file_type)


def test_every_type_is_known_to_both_sides():
    assert {*OFFICE, *RECORDINGS, "pdf", "jpeg", "png", "webp", "gif", "tiff"} == set(FileType.values)
    assert all(one.media_type and one.extension.startswith(".") and what_copies_lack(one) for one in FileType)


def test_a_picture_with_an_archive_behind_it_is_evidence_and_its_copies_have_no_archive():
    content = images.jpeg() + plain_zip()
    assert examine(content).file_type == FileType.JPEG
    for copy in working_copies(content, FileType.JPEG):
        assert not zipfile.is_zipfile(BytesIO(copy.content))
    content = pdfs.telling() + documents.docx()
    assert identify(content) == FileType.PDF
    [copy] = working_copies(content, FileType.PDF)
    assert found_in(copy.content) == set()
    assert b"PK\x03\x04" not in copy.content


def test_every_code_has_words_and_every_word_a_code():
    sources = "".join(path.read_text() for path in Path(file_parsing.__file__).parent.glob("*.py"))
    raised = set(re.findall(r'Refusal\(\s*"([a-z_]+)"', sources)) | set(re.findall(r'": "([a-z_]+)",', sources))
    assert set(REFUSALS) - {"not_now", "takes_too_long"} <= raised
    assert set(re.findall(r'Refusal\(\s*"([a-z_]+)"', sources)) <= set(REFUSALS)
    names = set(re.findall(r'[")]: "([A-Z][A-Za-z’ ]*[a-z ][A-Za-z’ ]*)"', sources)) | set(
        re.findall(r'add\("([A-Z][^"]+)"', sources)
    )
    assert names == set(METADATA)


def test_words_are_those_of_the_reader():
    refusal = FileRefused("too_large", {"most": 5})
    assert isinstance(refusal, DomainError)
    assert str(refusal) == refusal.describe()
    assert "larger than 5 MB" in str(refusal)
    with translation.override("nl"):
        assert refusal.describe() == str(REFUSALS["too_large"]) % {"most": 5}
    assert metadata_label("GPS position") == "GPS position"
    assert metadata_label("Text “Own”") == "Text “Own”"


def test_what_a_file_says_is_short_and_can_be_seen():
    info = b"<< " + b" ".join(b"/K%d (v%d)" % (number, number) for number in range(500))
    content = pdfs.pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
            info + b" /Author <FEFF202E0041> /Title (" + b"x" * 5000 + b") >>",
        ],
        info=4,
    )
    metadata = examine(content).metadata
    assert len(metadata) == 80
    assert all(len(name) <= 80 and len(value) <= 400 for name, value in metadata.items())
    assert "\u202e" not in "".join(metadata.values())
