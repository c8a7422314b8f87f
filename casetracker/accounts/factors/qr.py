"""A QR code as the path of an SVG, drawn in the page itself: no style, no data address, nothing to fetch."""

from dataclasses import dataclass

import qrcode

_BORDER = 4  # modules; readers want that much quiet around it


@dataclass(frozen=True)
class QrPath:
    """What stands in the attribute `d` of a path, and how many modules the picture is wide and high."""

    d: str
    size: int


def qr_path(text: str) -> QrPath:
    """Draw a text."""
    code = qrcode.QRCode(border=_BORDER)
    code.add_data(text)
    code.make()
    rows = code.get_matrix()
    dark = (f"M{x},{y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return QrPath("".join(dark), len(rows))
