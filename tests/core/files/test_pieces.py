"""Pictures, streams and markup inside documents, piece by piece."""

import base64
import struct
import zipfile
import zlib
from io import BytesIO

import pypdf
import pytest
from PIL import Image

from casetracker.core.file_parsing.embedded import clean_jp2, clean_jpeg, clean_png
from casetracker.core.file_parsing.findings import Refusal
from casetracker.core.file_parsing.pdf_content import without_remarks
from tests.core.files.here import asked_here
from tests.core.files.making import documents, images, pdfs
from tests.core.files.making.canaries import canary, found_in

CANARY = b"canary"


def encoded(mode="RGB", kind="JPEG", **options):
    file = BytesIO()
    image = images.picture() if mode == "RGB" else Image.new(mode, (40, 30), 99)
    image.save(file, kind, **options)
    return file.getvalue()


# --- Pictures -----------------------------------------------------------------


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_rows": 1}, {"subsampling": 0}])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_cleaned_jpeg_has_the_same_pixels(mode, options):
    plain = encoded(mode, quality=80, **options)
    telling = (
        plain[:2] + images.segment(0xE1, b"Exif\x00\x00canary") + images.segment(0xFE, CANARY) + plain[2:] + CANARY
    )
    cleaned = clean_jpeg(b"\r\n" + telling)
    assert CANARY not in cleaned
    with Image.open(BytesIO(cleaned)) as image, Image.open(BytesIO(plain)) as original:
        assert (image.mode, image.tobytes()) == (original.mode, original.tobytes())


@pytest.mark.parametrize("code", [0xDB, 0xC4, 0xDD, 0xC0])
def test_nothing_hides_behind_a_table(code):
    plain = encoded(restart_marker_rows=1)
    at = plain.index(bytes([0xFF, code]))
    length = int.from_bytes(plain[at + 2 : at + 4], "big")
    longer = (
        plain[: at + 2]
        + struct.pack(">H", length + 6)
        + plain[at + 4 : at + 2 + length]
        + CANARY
        + plain[at + 2 + length :]
    )
    with pytest.raises(Refusal):
        clean_jpeg(longer)


@pytest.mark.parametrize("content", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\xff\xff", b"\xff\xd8\xff\xd9", b"PNG"])
def test_what_is_no_jpeg(content):
    with pytest.raises(Refusal):
        clean_jpeg(content)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "1"])
def test_a_cleaned_png_has_the_same_pixels(mode):
    cleaned = clean_png(images.png(mode=mode) if mode in {"RGB", "RGBA"} else encoded(mode, "PNG"))
    assert found_in(cleaned) == set()
    Image.open(BytesIO(cleaned)).verify()
    with Image.open(BytesIO(cleaned)) as image:
        image.load()
        assert image.mode == mode
        assert mode != "RGB" or image.tobytes() == images.picture().tobytes()


def test_nothing_hides_behind_the_pixels_of_a_png():
    content = images.png_of(2, 2, b"\x00" * 14)
    packed = zlib.compress(b"\x00" * 14)
    hiding = content.replace(images.chunk(b"IDAT", packed), images.chunk(b"IDAT", packed + CANARY))
    assert CANARY in hiding
    assert CANARY not in clean_png(hiding)
    hiding = content.replace(
        images.chunk(b"IDAT", packed), images.chunk(b"IDAT", packed) + images.chunk(b"IDAT", CANARY)
    )
    assert CANARY not in clean_png(hiding)


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n\x00\x00\xff\xffIDAT", images.png_of(2, 2)[:-20] + b"x" * 20]
)
def test_what_is_no_png(content):
    with pytest.raises(Refusal):
        clean_png(content)


def box(kind, content):
    return struct.pack(">I", 8 + len(content)) + kind + content


def test_a_cleaned_jpeg_2000_has_its_pixels_alone():
    needed = [box(b"jP  ", b"\r\n\x87\n"), box(b"ftyp", b"jp2 "), box(b"jp2h", b"header")]
    pixels = b"\xff\x4f\xff\x51 pixels"
    long = struct.pack(">I4sQ", 1, b"jp2c", 16 + len(pixels)) + pixels
    telling = [box(b"xml ", CANARY), box(b"uuid", CANARY)]
    assert clean_jp2(b"".join([*needed, *telling, long])) == b"".join([*needed, long])
    to_the_end = struct.pack(">I4s", 0, b"jp2c") + pixels
    assert clean_jp2(b"".join([*needed, *telling, to_the_end])) == b"".join([*needed, to_the_end])
    assert clean_jp2(pixels) == pixels
    for damaged in (b"", b"\x00\x00\xff\xffjp2c", b"\x00\x00\x00\x02jp2c", box(b"xml ", CANARY)):
        with pytest.raises(Refusal):
            clean_jp2(damaged)


# --- Streams ------------------------------------------------------------------

DRAWN = b"0 0 5 5 re f"


def run_length(content):
    return b"".join(bytes([0]) + content[at : at + 1] for at in range(len(content))) + b"\x80"


PACKINGS = {
    b"/ASCIIHexDecode": DRAWN.hex().encode() + b">",
    b"/AHx": DRAWN.hex().encode() + b">",
    b"/ASCII85Decode": base64.a85encode(DRAWN) + b"~>",
    b"/RunLengthDecode": run_length(DRAWN),
    b"/FlateDecode": zlib.compress(DRAWN),
    b"[/A85 /Fl]": base64.a85encode(zlib.compress(DRAWN)) + b"~>",
    b"[]": DRAWN,
}


def page_of(content, entries=b"", resources=b"", *others):
    return pdfs.pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents [4 0 R] /Resources << %b >> >>" % resources,
            pdfs.stream(content, entries, is_packed=False),
            *others,
        ]
    )


def copy_of(content):
    found = asked_here(content)
    assert found.codes == []
    [copy] = found.copies
    return pypdf.PdfReader(BytesIO(copy))


@pytest.mark.parametrize("packing", PACKINGS, ids=lambda packing: packing.decode())
def test_streams_are_unpacked_whatever_packs_them(packing):
    page = copy_of(page_of(PACKINGS[packing], b"/Filter " + packing)).pages[0]
    assert page.get_contents().get_data().strip() == DRAWN


@pytest.mark.parametrize("packing", [b"/Unknown", b"/Crypt", b"[/DCTDecode /FlateDecode]", b"/JPXDecode"])
def test_streams_that_nobody_can_unpack_are_refused(packing):
    assert asked_here(page_of(DRAWN, b"/Filter " + packing)).codes == ["damaged"]


def picture_of(reader):
    return reader.pages[0]["/Resources"]["/XObject"]["/A"]


IMAGE = b"/Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 "


def test_pixels_with_a_predictor_and_a_palette_stay_the_same():
    packed = zlib.compress(b"\x02\x00\x01\x02\x01\x00")
    image = pdfs.stream(
        packed + CANARY,
        IMAGE + b"/ColorSpace [/Indexed [/ICCBased 6 0 R] 1 <000000ffffff>] /Filter /FlateDecode "
        b"/DecodeParms << /Predictor 15 /Columns 2 /Own (canary-own.) >>",
        is_packed=False,
    )
    profile = pdfs.stream(CANARY, b"/N 3")
    reader = copy_of(page_of(DRAWN, b"", b"/XObject << /A 5 0 R >>", image, profile))
    assert picture_of(reader).get_data() == b"\x00\x01\x01\x01"
    assert picture_of(reader)["/ColorSpace"][:3] == ["/Indexed", "/DeviceRGB", 1]
    assert picture_of(reader)["/ColorSpace"][3].original_bytes == b"\x00\x00\x00\xff\xff\xff"


def test_fonts_keep_their_texts_and_glyphs_lose_their_remarks():
    font = (
        b"<< /Type /Font /Subtype /Type3 /CharProcs << /a 6 0 R >> /Encoding << /Differences [97 /a] >> "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering 7 0 R /Own (canary) >> >>"
    )
    glyph = pdfs.stream(b"0 0 5 5 re f % canary")
    reader = copy_of(page_of(DRAWN, b"", b"/Font << /F 5 0 R >>", font, glyph, b"(Identity)"))
    font = reader.pages[0]["/Resources"]["/Font"]["/F"]
    assert font["/CIDSystemInfo"] == {"/Registry": "Adobe", "/Ordering": "Identity"}
    assert font["/CharProcs"]["/a"].get_data().strip() == DRAWN
    assert font["/Encoding"]["/Differences"] == [97, "/a"]


def test_what_no_page_draws_stays_behind():
    other = pdfs.stream(CANARY, b"/Subtype /PS", is_packed=False)
    jpeg = pdfs.stream(images.jpeg(), IMAGE, is_packed=False)
    found = asked_here(page_of(DRAWN, b"", b"/XObject << /A 5 0 R /B 6 0 R >>", other, jpeg))
    assert found.codes == []
    assert [found_in(copy) for copy in found.copies] == [set()]


ANNOTATION = b"<< /Subtype /%b /Rect [0 0 9 9] /F %d /T (canary) /V (canary) %b >>"


@pytest.mark.parametrize(
    ("kind", "flags", "appearance", "is_shown"),
    [
        (b"Widget", 4, b"/AP << /N << /On 5 0 R /Off 5 0 R >> /D 5 0 R >> /AS /On", True),
        (b"FreeText", 0, b"/AP << /N 5 0 R >>", True),
        (b"Widget", 2, b"/AP << /N 5 0 R >>", False),
        (b"Widget", 32, b"/AP << /N 5 0 R >>", False),
        (b"Widget", 4, b"", False),
        (b"Popup", 4, b"/AP << /N 5 0 R >>", False),
    ],
)
def test_of_annotations_the_look_stays(kind, flags, appearance, is_shown):
    form = pdfs.stream(DRAWN, b"/Subtype /Form /BBox [0 0 9 9]")
    content = page_of(DRAWN, b"", b"", form, ANNOTATION % (kind, flags, appearance))
    copy = copy_of(content.replace(b"/Contents [4 0 R]", b"/Contents [4 0 R] /Annots [6 0 R]"))
    assert ("/Annots" in copy.pages[0]) == is_shown
    if is_shown:
        look = copy.pages[0]["/Annots"][0].get_object()["/AP"]
        assert set(look) == {"/N"}
        assert (look["/N"].get("/On") or look["/N"].get_object()).get_object().get_data().strip() == DRAWN


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (b"q % canary\nQ", b"q \n\nQ"),
        (b"(100% (of) \\) it) Tj", b"(100% (of) \\) it) Tj"),
        (b"<31> Tj [(a) -3 (b)] TJ", b"<31> Tj [(a) -3 (b)] TJ"),
        (b"/P << /ActualText (canary) /X true >> BDC", b" /P BMC"),
        (b"/P /M0 BDC q", b" /P BMC q"),
        (b"f* /P /M0 DP", b"f* /P MP"),
        (b"BI /W 1 ID %%\xff EI \x80 EI Q", b"BI /W 1 ID %%\xff EI \x80 EI Q"),
        (b"(never closed % x", b"(never closed % x"),
        (b"BI ID never ended", b"BI ID never ended"),
    ],
)
def test_what_a_page_draws_stays_and_remarks_go(content, kept):
    assert without_remarks(content).replace(b"  ", b" ") == kept


# --- Markup -------------------------------------------------------------------


def part_of_copy(files, start):
    found = asked_here(documents.packed(files))
    assert found.codes == []
    [copy] = found.copies
    assert found_in(copy) == set()
    with zipfile.ZipFile(BytesIO(copy)) as archive:
        [name] = [name for name in archive.namelist() if name.startswith(start)]
        return archive.read(name).decode()


def choice(requires):
    first, second = f'<mc:Choice Requires="{requires}"><w:p/></mc:Choice>', "<mc:Fallback><w:p/></mc:Fallback>"
    return f"<mc:AlternateContent>{first}{second}</mc:AlternateContent>"


def body_of_copy(body):
    return part_of_copy(documents.simple_files(body=body), "word/document").partition("<w:body>")[2]


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ('<w:p><w:fldSimple w:instr=" NUMPAGES canary"/></w:p>', '<w:fldSimple w:instr="NUMPAGES">'),
        ('<w:p w:own="&amp;&lt;&quot;"><w:r><w:t>&lt;&amp;</w:t></w:r></w:p>', "<w:t>&lt;&amp;</w:t>"),
        ('<w:p><w:r><w:t xml:space="preserve"> a</w:t></w:r></w:p>', '<w:t xml:space="preserve"> a</w:t>'),
        ('<w:p><w:r><w:pict><a:thing r:id="rId99"/></w:pict></w:r></w:p>', "<w:pict></w:pict>"),
        (choice("own"), "<mc:AlternateContent><mc:Fallback>"),
        (choice("w14"), '<mc:AlternateContent><mc:Choice Requires="w14"><w:p>'),
        (f'<x:p xmlns:x="{documents.W}"><x:r><x:t>a</x:t></x:r></x:p>', "<w:p><w:r><w:t>a</w:t></w:r></w:p>"),
    ],
)
def test_markup_is_written_anew(body, kept):
    assert kept in body_of_copy(body)


def test_a_field_within_deleted_text_does_not_confuse_the_others():
    deleted = documents.change("del", documents.field("AUTHOR", canary("deleted")))
    kept = body_of_copy(f"<w:p>{deleted}{documents.field('PAGE', '3')}{documents.field('AUTHOR', 'somebody')}</w:p>")
    assert kept.count("fldChar ") == 3
    assert kept.count(" PAGE ") == 1
    assert "somebody" in kept


def test_charts_and_drawings_come_without_what_is_behind_them():
    files = documents.simple_files()
    drawing = documents.PICTURE.replace("rId3", "rId1")
    chart = (
        f'<c:chartSpace xmlns:c="{documents.OFFICE}/drawingml/2006/chart" xmlns:r="{documents.R}"><c:chart/>'
        f'<c:externalData r:id="rId1"/></c:chartSpace>'
    )
    files |= {
        "word/document.xml": documents.document(f"<w:p>{drawing}</w:p>"),
        "word/_rels/document.xml.rels": documents.relations(
            ("rId1", "image", "media/old.emf", False), ("rId2", "chart", "/word/charts/chart1.xml", False)
        ),
        "word/media/old.emf": b"\x01\x00\x00\x00" + CANARY,
        "word/charts/chart1.xml": chart,
        "word/charts/_rels/chart1.xml.rels": documents.relations(("rId1", "package", "../embeddings/x.xlsx", False)),
        "word/embeddings/x.xlsx": documents.packed({"x": canary("workbook")}),
    }
    assert part_of_copy(files, "word/chart").endswith("<c:chart></c:chart></c:chartSpace>")
