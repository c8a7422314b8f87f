"""PDFs that say much about themselves, written object by object."""

import zlib
from io import BytesIO

from tests.core.files.making import images
from tests.core.files.making.canaries import canary


def pdf(objects, root=1, info=None, version=b"1.7", extra=b""):
    """Return a file of the objects, which are numbered from 1."""
    file = BytesIO()
    file.write(b"%PDF-" + version + b"\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(file.tell())
        file.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
    start = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    file.writelines(b"%010d 00000 n \n" % place for place in places)
    trailer = b"/Size %d /Root %d 0 R" % (len(places) + 1, root)
    if info:
        trailer += b" /Info %d 0 R" % info
    file.write(b"trailer\n<< %b %b >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, extra, start))
    return file.getvalue()


def stream(content, entries=b"", *, is_packed=True):
    if is_packed:
        content, entries = zlib.compress(content), entries + b" /Filter /FlateDecode"
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (entries, len(content), content)


def text(place):
    return f"({canary(place)})".encode()


CONTENT = b"""% %b
/Span << /ActualText (%b) /Lang (en) >> BDC
BT /F1 24 Tf 40 700 Td (visible words) Tj ET
EMC
q 100 0 0 80 40 500 cm /Im1 Do Q
q 50 0 0 50 40 400 cm /Fm1 Do Q
BI /W 2 /H 2 /BPC 8 /CS /G ID %(<\x00 EI
q 1 0 0 1 0 0 cm Q
"""

PLACES = {
    "info-author", "info-creator", "info-producer", "info-title", "info-own", "xmp-tool", "xmp-author", "attachment",
    "attachment-name", "script", "note-author", "note-text", "stamp-author", "stamp-name", "link", "piece-info",
    "content-comment", "actual-text", "id", "page-own", "image-xmp-own", "form-own", "form-comment", "outline", "mark",
    "layer", "profile", "font-own", "behind-a-stream", "stamp-own",
    "make", "model", "software", "artist", "description", "xp-author", "serial", "user-comment", "maker-note",
    "iptc-author", "unknown-segment", "comment", "behind-the-end",
}  # fmt: skip


def telling(image=None):
    """Return a PDF of one page with something in every place that metadata may have."""
    image = images.jpeg() if image is None else image
    content = CONTENT.replace(b"%b", canary("content-comment").encode(), 1)
    content = content.replace(b"%b", canary("actual-text").encode(), 1)
    packed = zlib.compress(b"0 0 5 5 re f % " + canary("form-comment").encode()) + text("behind-a-stream")
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /PieceInfo << /Own %b >> /Metadata 6 0 R" % text("form-own")
    stamp = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Own %b" % text("stamp-own")
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R /Outlines 15 0 R /MarkInfo << /Own %b >> "
            b"/Names << /EmbeddedFiles << /Names [(a) 7 0 R] >> /JavaScript << /Names [(j) 9 0 R] >> >> "
            b"/OpenAction 9 0 R /PieceInfo << /Own << /Private %b >> >> "
            b"/OCProperties << /OCGs [17 0 R] /D << /Order [17 0 R] >> >> >>" % (text("mark"), text("piece-info")),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] /Resources 16 0 R >>",
            b"<< /Type /Page /Parent 2 0 R /Contents [4 0 R] /Annots [10 0 R 11 0 R 13 0 R] /LastModified (D:2022) "
            b"/Own %b /AA << /O 9 0 R >> >>" % text("page-own"),
            stream(content),
            b"<< /Author %b /Creator %b /Producer %b /Title %b /Own %b /CreationDate (D:20221026112233+08'00') >>"
            % tuple(text(f"info-{one}") for one in ("author", "creator", "producer", "title", "own")),
            stream(images.xmp(), b"/Type /Metadata /Subtype /XML"),
            b"<< /Type /Filespec /F %b /UF %b /EF << /F 8 0 R >> >>"
            % (text("attachment-name"), text("attachment-name")),
            stream(canary("attachment").encode(), b"/Type /EmbeddedFile"),
            b"<< /S /JavaScript /JS %b >>" % text("script"),
            b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /T %b /Contents %b /M (D:2022) /AP << /N 12 0 R >> >>"
            % (text("note-author"), text("note-text")),
            b"<< /Type /Annot /Subtype /Stamp /Rect [300 700 400 750] /T %b /NM %b /AP << /N 12 0 R >> /F 4 >>"
            % (text("stamp-author"), text("stamp-name")),
            stream(b"1 0 0 rg 0 0 9 9 re f", stamp),
            b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI %b >> >>" % text("link"),
            stream(
                image,
                b"/Type /XObject /Subtype /Image /Width 120 /Height 80 /BitsPerComponent 8 "
                b"/ColorSpace [/ICCBased 18 0 R] /Filter /DCTDecode /Metadata 6 0 R /Own %b" % text("image-xmp-own"),
                is_packed=False,
            ),
            b"<< /Type /Outlines /Own %b >>" % text("outline"),
            b"<< /Font << /F1 19 0 R >> /XObject << /Im1 14 0 R /Fm1 20 0 R >> /Properties << /M 17 0 R >> >>",
            b"<< /Type /OCG /Name %b >>" % text("layer"),
            stream(canary("profile").encode(), b"/N 3"),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Own %b >>" % text("font-own"),
            stream(packed, form + b" /Filter /FlateDecode", is_packed=False),
        ],
        info=5,
        extra=b"/ID [%b %b]" % (text("id"), text("id")),
    )


def simple(pages=1, extra=b""):
    """Return a PDF with blank pages."""
    kids = b" ".join(b"3 0 R" for _page in range(pages))
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R %b >>" % extra,
            b"<< /Type /Pages /Count %d /Kids [%b] >>" % (pages, kids),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        ]
    )
