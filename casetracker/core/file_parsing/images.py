"""Images: what they say, and copies that are made of nothing but their pixels."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageColor,
    ImageFile,
    ImageOps,
    ImagePalette,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from casetracker.core.file_parsing.exif import note_image
from casetracker.core.file_parsing.findings import Notes, Refusal
from casetracker.core.file_parsing.kinds import HEAD, IMAGES, kind_of
from casetracker.core.file_parsing.limits import Limits

# Once the process is confined it can load no more modules, so all that reads is named here. A telephone's JPEG may
# have several images in it (MPO).
READERS = (
    BmpImagePlugin,
    GifImagePlugin,
    ImageColor,
    ImagePalette,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
Image.preinit()
_FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "tiff": "TIFF", "bmp": "BMP"}
# Drawings and screenshots stay sharp in PNG; photographs are small in JPEG.
_SHARP = {"png", "gif"}
_QUALITY = 85
_SIZES = {"preview": 1600, "thumbnail": 320}
_SMALLER_BY = 256
_ONE_BYTE_A_COLOUR = {"1", "L", "P", "LA", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "HSV", "LAB", "La", "RGBa"}


@contextmanager
def _opened(content: bytes, kind: str, limits: Limits) -> Iterator[ImageFile.ImageFile]:
    """Open an image without decoding it. Raises `Refusal` if it is none, or has too many pixels."""
    Image.MAX_IMAGE_PIXELS = limits.pixels
    try:
        image = Image.open(io.BytesIO(content), formats=[_FORMATS[kind]])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refusal("too_many_pixels", most=limits.pixels // 10**6) from None
    with image:
        width, height = image.size
        if width * height > limits.pixels:
            raise Refusal("too_many_pixels", most=limits.pixels // 10**6)
        if width * height == 0:
            raise Refusal("damaged")
        yield image


def examined(content: bytes, kind: str, limits: Limits, notes: Notes) -> dict[str, int]:
    """Return width and height, and note what the image says. Raises `Refusal` if its pixels cannot be read."""
    with _opened(content, kind, limits) as image:
        width, height = image.size
        _load_small(image, _SIZES["thumbnail"])
        note_image(image, notes)
    return {"width": width, "height": height}


def copies(content: bytes, kind: str, limits: Limits) -> Iterator[tuple[str, str, bytes]]:
    """Yield purpose, kind and content of each copy. The longer side of a copy has at most so many pixels."""
    with _opened(content, kind, limits) as image:
        _load_small(image, _SIZES["preview"])
        pixels = _upright(image)
    for purpose, most in _SIZES.items():
        pixels.thumbnail((most, most))
        is_sharp = kind in _SHARP or pixels.mode == "RGBA"
        yield purpose, "png" if is_sharp else "jpeg", _encoded(pixels, is_sharp)


def note_picture(content: bytes, limits: Limits, notes: Notes) -> None:
    """Note what a picture inside a document says, if it is of a kind that is known here."""
    try:
        kind = kind_of(content[:HEAD])
    except Refusal:
        return
    try:
        if kind in IMAGES:
            with _opened(content, kind, limits) as image:
                note_image(image, notes)
    # It is the document that is examined. Whether its pictures are sound shows when it is copied.
    except Exception:  # noqa: BLE001
        notes.add("Metadata", "damaged in part")


def as_png(content: bytes, kind: str, limits: Limits) -> bytes:
    """Return the pixels of a picture as they are, in a PNG."""
    with _opened(content, kind, limits) as image:
        image.load()
        return _encoded(_bare(image), True)


def _load_small(image: Image.Image, most: int) -> None:
    """Decode the image, as small as its format allows, and bring it to the size; finer colours come later."""
    if image.mode in _ONE_BYTE_A_COLOUR:
        image.thumbnail((most, most), reducing_gap=2.0)
    else:
        image.load()


def _upright(image: Image.Image) -> Image.Image:
    """Return the pixels alone, turned as the camera was held."""
    return _bare(ImageOps.exif_transpose(image))


def _bare(image: Image.Image) -> Image.Image:
    """Return the pixels on a new image: what a program would write beside them is not there."""
    if image.mode.startswith(("I", "F")):
        image = image.convert("I").point(lambda value: value * (1 / _SMALLER_BY)).convert("L")
    mode = "RGBA" if image.has_transparency_data else "L" if image.mode in {"1", "L"} else "RGB"
    bare = Image.new(mode, image.size)
    bare.paste(image.convert(mode))
    return bare


def _encoded(image: Image.Image, is_sharp: bool) -> bytes:
    file = io.BytesIO()
    if is_sharp:
        image.save(file, "PNG", optimize=False)
    else:
        image.save(file, "JPEG", quality=_QUALITY, progressive=False)
    return file.getvalue()


def placeholder() -> bytes:
    """Return a grey square, for a picture that cannot be cleaned."""
    return _encoded(Image.new("L", (16, 16), 208), True)
