"""Images that say much about themselves."""

import struct
import zlib
from io import BytesIO

from PIL import ExifTags, Image, ImageDraw, PngImagePlugin

from tests.core.files.making.canaries import LATITUDE, LONGITUDE, canary

_TURNED = 6  # the camera was held upright: what is stored as broad is shown as high


def picture(size=(120, 80), mode="RGB"):
    """Return pixels whose left upper corner is red."""
    image = Image.new(mode, size, "white" if mode != "RGBA" else (255, 255, 255, 0))
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 3, size[1] // 3), fill="red")
    return image


def exif(orientation=_TURNED):
    tags = Image.Exif()
    base, details = ExifTags.Base, {}
    tags[base.Make] = canary("make")
    tags[base.Model] = canary("model")
    tags[base.Software] = canary("software")
    tags[base.Artist] = canary("artist")
    tags[base.ImageDescription] = canary("description")
    tags[base.XPAuthor] = canary("xp-author").encode("utf-16-le")
    tags[base.Orientation] = orientation
    tags[base.DateTime] = "2022:10:26 11:22:33"
    details[base.DateTimeOriginal] = "2022:10:25 10:20:30"
    details[base.BodySerialNumber] = canary("serial")
    details[base.UserComment] = b"ASCII\x00\x00\x00" + canary("user-comment").encode()
    details[base.MakerNote] = canary("maker-note").encode()
    tags[ExifTags.IFD.Exif] = details
    gps = ExifTags.GPS
    tags[ExifTags.IFD.GPSInfo] = {
        gps.GPSLatitudeRef: "N",
        gps.GPSLatitude: tuple(top / bottom for top, bottom in LATITUDE),
        gps.GPSLongitudeRef: "E",
        gps.GPSLongitude: tuple(top / bottom for top, bottom in LONGITUDE),
        gps.GPSDateStamp: "2022:10:25",
    }
    return tags.tobytes()


def xmp():
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmp:CreatorTool="{canary("xmp-tool")}"><dc:creator><rdf:Seq><rdf:li>{canary("xmp-author")}</rdf:li></rdf:Seq>'
        "</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def iptc():
    """Return a segment of Photoshop with an author in it."""
    author = canary("iptc-author").encode()
    record = b"\x1c\x02\x50" + struct.pack(">H", len(author)) + author
    resource = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(record)) + record + b"\x00" * (len(record) % 2)
    return b"Photoshop 3.0\x00" + resource


def segment(code, content):
    return bytes([0xFF, code]) + struct.pack(">H", len(content) + 2) + content


def jpeg(size=(120, 80), **options):
    """Return a JPEG with EXIF, XMP, IPTC, a profile, a comment, unknown segments, and something behind its end."""
    file = BytesIO()
    picture(size).save(file, "JPEG", quality=90, **options)
    plain = file.getvalue()
    segments = [
        segment(0xE1, b"Exif\x00\x00" + exif().removeprefix(b"Exif\x00\x00")),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + xmp()),
        segment(0xED, iptc()),
        segment(0xE2, b"ICC_PROFILE\x00\x01\x01" + canary("profile").encode()),
        segment(0xE9, canary("unknown-segment").encode()),
        segment(0xFE, canary("comment").encode()),
    ]
    return plain[:2] + b"".join(segments) + plain[2:] + canary("behind-the-end").encode()


JPEG_PLACES = {
    "make", "model", "software", "artist", "description", "xp-author", "serial", "user-comment", "maker-note",
    "xmp-tool", "xmp-author", "iptc-author", "profile", "unknown-segment", "comment", "behind-the-end",
}  # fmt: skip


def png(size=(120, 80), mode="RGB"):
    """Return a PNG with each kind of text, XMP, EXIF, an unknown chunk, and something behind its end."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", canary("text-author"))
    info.add_text("Software", canary("packed-software"), zip=True)
    info.add_itxt("Comment", canary("international-comment"))
    info.add_itxt("XML:com.adobe.xmp", xmp().decode(), zip=True)
    info.add(b"prVt", canary("private-chunk").encode())
    file = BytesIO()
    picture(size, mode).save(file, "PNG", pnginfo=info, exif=exif())
    return file.getvalue() + canary("behind-the-end").encode()


def webp():
    file = BytesIO()
    picture().save(file, "WEBP", exif=exif(), xmp=xmp(), lossless=True)
    return file.getvalue()


def tiff():
    file = BytesIO()
    picture().save(file, "TIFF", exif=exif(), description=canary("tiff-description"))
    return file.getvalue()


def gif():
    file = BytesIO()
    Image.new("P", (4, 4)).save(file, "GIF", comment=canary("gif-comment").encode())
    return file.getvalue()


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_of(width, height, pixels=b"", *, colour=2):
    """Return a PNG that says it has this size, whatever its pixels are."""
    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
