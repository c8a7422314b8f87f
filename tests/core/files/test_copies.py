"""What the original says is shown to the desk, and is in no byte of a copy."""

import re
import zipfile
from io import BytesIO

import pypdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from PIL import Image

from casetracker.core.files import FileRefused, FileType, Purpose, examine, identify, what_copies_lack, working_copies
from tests.core.files.corpus import CASES
from tests.core.files.making import documents, images, pdfs
from tests.core.files.making.canaries import canary, found_in

pytestmark = pytest.mark.slow

IMAGES = [case for case in CASES if case.file_type.is_image]
every_type = pytest.mark.parametrize("case", CASES, ids=lambda case: case.file_type.value)


def public_copy(content, file_type=FileType.PDF):
    [copy] = working_copies(content, file_type)
    assert (copy.purpose, copy.file_type) == (Purpose.PUBLIC, file_type)
    return copy.content


def words_of(content):
    """Return the text of a Word document."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", archive.read("word/document.xml").decode())).strip()


@every_type
def test_the_original_has_every_canary(case):
    found = found_in(case.content)
    assert case.canaries <= found
    assert case.file_type == FileType.GIF or "GPS" in found


@every_type
def test_the_desk_is_shown_what_it_says(case):
    examined = examine(case.content)
    assert (examined.file_type, examined.media_type) == (case.file_type, case.file_type.media_type)
    for name, place in case.shown.items():
        wanted = canary(place) if place in case.places else place
        assert wanted in examined.metadata[name]


@every_type
def test_no_copy_has_any(case):
    copies = working_copies(case.content, case.file_type)
    assert [copy.purpose for copy in copies] == (["preview", "thumbnail"] if case.file_type.is_image else ["public"])
    for copy in copies:
        assert found_in(copy.content) == set()
        assert b"canary" not in copy.content
        again = examine(copy.content)
        assert again.file_type == copy.file_type
        assert dict(again.metadata) == {}
    assert "copy" in what_copies_lack(case.file_type) or "Preview" in what_copies_lack(case.file_type)


@pytest.mark.parametrize("case", IMAGES, ids=lambda case: case.file_type.value)
def test_a_copy_of_an_image_shows_the_same_picture_upright(case):
    preview, thumbnail = working_copies(case.content, case.file_type)
    for copy in (preview, thumbnail):
        with Image.open(BytesIO(copy.content)) as image:
            assert not image.getexif()
            assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "transparency"}
            if case.file_type == FileType.GIF:
                continue
            # The left upper corner was red, and the camera was turned to the right.
            assert image.size == (80, 120)
            red, green, _blue = image.convert("RGB").getpixel((75, 5))
            assert (red > 200, green < 60) == (True, True)
            assert image.convert("RGB").getpixel((5, 115)) > (240, 240, 240)


def test_the_longer_side_of_a_copy_is_bounded():
    content = images.png((2000, 500))
    examined = examine(content)
    assert (examined.width, examined.height) == (2000, 500)
    sizes = [Image.open(BytesIO(copy.content)).size for copy in working_copies(content, FileType.PNG)]
    assert sizes == [(400, 1600), (80, 320)]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK", "F"])
def test_colours_of_every_kind_are_copied(mode):
    file, kind = BytesIO(), "TIFF" if mode in {"CMYK", "F"} else "PNG"
    Image.new(mode, (9, 9)).save(file, kind)
    preview, _thumbnail = working_copies(file.getvalue(), FileType(kind.lower()))
    assert Image.open(BytesIO(preview.content)).size == (9, 9)


def test_what_can_be_seen_through_stays_so():
    preview, _thumbnail = working_copies(images.png(mode="RGBA"), FileType.PNG)
    assert Image.open(BytesIO(preview.content)).getpixel((5, 115))[3] == 0


def test_a_copy_of_a_pdf_shows_the_same_page():
    original, copy = (pypdf.PdfReader(BytesIO(one)) for one in (pdfs.telling(), public_copy(pdfs.telling())))
    assert copy.pages[0].extract_text() == original.pages[0].extract_text() == "visible words\n"
    assert copy.pages[0].mediabox == original.pages[0].mediabox
    [image] = [one for one in copy.pages[0].images if one.name.startswith("Im1")]
    assert image.image.size == (120, 80)
    [stamp] = [one.get_object() for one in copy.pages[0]["/Annots"]]
    assert set(stamp) == {"/Type", "/Subtype", "/Rect", "/AP", "/F"}
    assert set(copy.pages[0]) == {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents", "/Annots"}
    assert copy.metadata is None
    assert set(copy.trailer["/Root"]) == {"/Type", "/Pages"}
    drawn = copy.pages[0].get_contents().get_data()
    assert b"ID %(<\x00 EI" in drawn, "the pixels of a small picture are no remark"
    assert b"/Span BMC" in drawn.replace(b"  ", b" ")


def test_pages_are_all_there_and_in_order():
    content = pdfs.pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 3 /Kids [3 0 R 6 0 R] /MediaBox [0 0 10 10] >>",
            b"<< /Type /Pages /Parent 2 0 R /Count 2 /Kids [4 0 R 5 0 R] /Rotate 90 >>",
            b"<< /Type /Page /Parent 3 0 R >>",
            b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 20 20] /Rotate 0 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 30 30] >>",
        ]
    )
    assert examine(content).pages == 3
    pages = pypdf.PdfReader(BytesIO(public_copy(content))).pages
    assert [(page.mediabox.width, page.rotation) for page in pages] == [(10, 90), (20, 0), (30, 0)]


def test_a_pdf_that_opens_without_a_password_is_taken():
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdfs.telling()))
    writer.encrypt("", "the owner’s", algorithm="RC4-128")
    file = BytesIO()
    writer.write(file)
    assert examine(file.getvalue()).metadata["Author"].startswith(canary("info-author"))
    copy = public_copy(file.getvalue())
    assert found_in(copy) == set()
    assert pypdf.PdfReader(BytesIO(copy)).pages[0].extract_text() == "visible words\n"


def test_hidden_layers_are_not_made_visible():
    content = pdfs.simple(extra=b"/OCProperties << /D << /OFF [3 0 R] >> >>")
    assert examine(content).pages == 1
    with pytest.raises(FileRefused) as refused:
        working_copies(content, FileType.PDF)
    assert refused.value.code == "hidden_layers"
    assert "layers that are hidden" in str(refused.value)


def test_a_copy_of_a_document_has_its_words():
    copy = public_copy(documents.docx(), FileType.DOCX)
    assert words_of(copy) == (
        "visible words remarked inserted words not hidden link text field result PAGE 7 simple result in a control"
    )
    with zipfile.ZipFile(BytesIO(copy)) as archive:
        names = set(archive.namelist())
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        header = archive.read(next(name for name in names if name.startswith("word/header")))
        main = archive.read("word/document.xml").decode()
        settings = archive.read(next(name for name in names if name.startswith("word/settings"))).decode()
    assert b"words of the header" in header
    assert "rsid" not in main + settings
    assert "evenAndOddHeaders" in settings
    assert 'r:embed="rId' in main
    assert {name.partition("/")[0] for name in names} == {"[Content_Types].xml", "_rels", "word"}


def test_pictures_in_a_document_keep_their_pixels():
    with zipfile.ZipFile(BytesIO(public_copy(documents.docx(), FileType.DOCX))) as archive:
        [name] = [name for name in archive.namelist() if "/media/" in name]
        with Image.open(BytesIO(archive.read(name))) as image, Image.open(BytesIO(images.jpeg())) as original:
            assert image.tobytes() == original.tobytes()


@pytest.mark.parametrize(
    "make", [images.png, images.webp, images.tiff, images.gif, lambda: b"\xd7\xcd\xc6\x9a canary-wmf"]
)
def test_pictures_of_every_kind_in_a_document_are_cleaned(make):
    files = documents.telling_files()
    files[f"word/media/{canary('media-name')}.jpg"] = make()
    copy = public_copy(documents.packed(files), FileType.DOCX)
    assert found_in(copy) == set()
    with zipfile.ZipFile(BytesIO(copy)) as archive:
        [name] = [name for name in archive.namelist() if "/media/" in name]
        Image.open(BytesIO(archive.read(name))).load()


def test_a_strict_document_is_evidence_without_a_copy():
    strict = {
        name: content.replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
            "http://purl.oclc.org/ooxml/officeDocument/relationships/",
        )
        for name, content in documents.simple_files().items()
    }
    content = documents.packed(strict)
    assert identify(content) == FileType.DOCX
    with pytest.raises(FileRefused) as refused:
        working_copies(content, FileType.DOCX)
    assert refused.value.code == "strict_document"


def test_a_file_is_read_from_its_beginning_and_left_there():
    file = BytesIO(images.jpeg())
    file.seek(7)
    assert identify(file) == FileType.JPEG
    assert examine(file).width == 120
    assert file.tell() == 0
    preview, thumbnail = working_copies(file, FileType.JPEG)
    assert (preview.media_type, thumbnail.extension) == ("image/jpeg", ".jpg")


def test_files_as_django_has_them_are_read_too():
    content = documents.docx()
    with TemporaryUploadedFile("letter.jpg", "image/jpeg", len(content), None) as upload:
        upload.write(content)
        for file in (upload, ContentFile(content), SimpleUploadedFile("letter.jpg", content)):
            assert identify(file) == FileType.DOCX
            assert examine(file).metadata["Company"] == canary("app-company")
