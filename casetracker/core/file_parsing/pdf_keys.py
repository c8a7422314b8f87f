"""Which entries of a PDF a copy needs to look the same. All others stay behind, also those that nobody has heard of."""

_FONTS = """
    Type Subtype BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts CIDSystemInfo DW
    W DW2 W2 CIDToGIDMap FontBBox FontMatrix CharProcs Resources FontName FontFamily FontStretch FontWeight Flags
    ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2
    FontFile3 CharSet CIDSet Registry Ordering Supplement BaseEncoding Differences CMapName WMode UseCMap Length1
    Length2 Length3
"""
_PICTURES = """
    Width Height ColorSpace BitsPerComponent Intent ImageMask Mask Decode Interpolate SMask SMaskInData Matte BBox
    Matrix FormType Group
"""
_COLOURS = "S CS I K N Alternate Range WhitePoint BlackPoint Gamma Colorants Process Components"
_PATTERNS = """
    PatternType PaintType TilingType XStep YStep Shading ExtGState ShadingType Background AntiAlias Coords Domain Extend
    Function BitsPerCoordinate BitsPerFlag VerticesPerRow FunctionType Size BitsPerSample Order Encode C0 C1 Functions
    Bounds
"""
_STATES = "LW LC LJ ML D RI OP op OPM Font BG BG2 UCR UCR2 TR TR2 FL SM SA BM CA ca AIS TK G BC"
_PACKING = """
    Predictor Colors Columns EarlyChange EndOfLine EncodedByteAlign Rows EndOfBlock BlackIs1 DamagedRowsBeforeError
    ColorTransform JBIG2Globals
"""


def _keys(*lists: str) -> frozenset[str]:
    return frozenset(f"/{key}" for one in lists for key in one.split())


DRAWING = _keys(_FONTS, _PICTURES, _COLOURS, _PATTERNS, _STATES, _PACKING)
PAGE = _keys("MediaBox CropBox BleedBox TrimBox ArtBox Rotate UserUnit Group Resources Contents")
RESOURCES = _keys("Font XObject ColorSpace Pattern Shading ExtGState")
ANNOTATION = _keys("Subtype Rect AP AS F")
# Text stands in pages, not beside them; but these have it.
WITH_TEXT = _keys("Registry Ordering CharSet")
# What has an appearance of its own that belongs to the page. Remarks (Text, Popup) and links do not.
SHOWN = _keys(
    "Widget FreeText Stamp Ink Highlight Underline StrikeOut Squiggly Line Square Circle Polygon PolyLine Watermark",
    "Redact",
)
