"""Finding out in which charset a page is."""

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What pages call their charset, and what they mean by it: as browsers do, the largest charset of the family.
_CODECS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "gb18030", "cp936", "chinese"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "cp1252"), "cp1252"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "windows-949"), "cp949"),
    **dict.fromkeys(("utf-16", "utf-16le"), "utf-16-le"),
    **{f"windows-{number}": f"cp{number}" for number in (1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258)},
    **{f"iso-8859-{number}": f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    "iso-8859-9": "cp1254",
    "windows-874": "cp874",
    "euc-jp": "euc-jp",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "utf-16be": "utf-16-be",
}
NAMES = frozenset(_CODECS.values()) | {"utf-8-sig", "utf-16", "idna"}
_TOLD = re.compile(rb"<meta\b[^>]{0,200}\bcharset\s*=\s*[\"']?\s*([a-z0-9_-]{1,40})", re.IGNORECASE)
_LOOKED_AT = 4_096


def decoded(content: bytes, charset: str) -> str:
    """Return the text of a page. What its server says counts more than what it says itself, a byte order mark most."""
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return content.decode(codec, "replace")
    told = _CODECS.get(charset.lower()) or _told_by_page(content)
    if told:
        return content.decode(told, "replace")
    for codec in ("utf-8", "gb18030"):
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", "replace")


def _told_by_page(content: bytes) -> str:
    match = _TOLD.search(content, 0, _LOOKED_AT)
    codec = _CODECS.get(match[1].decode().lower(), "") if match else ""
    # Where ASCII could be read so far, it is not UTF-16, whatever it says.
    return "utf-8" if codec.startswith("utf-16") else codec
